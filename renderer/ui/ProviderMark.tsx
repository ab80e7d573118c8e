import type { ProviderInfo } from '../../shared/source.ts';
import styles from './ProviderMark.module.css';

const outlines = ['hexagon', 'circle', 'square', 'diamond'] as const;

type Props = { provider: string; providers: ProviderInfo[]; size?: number };

/** A letter in a shape; nothing is fetched from the provider. Without a `size` the row's style decides. */
export function ProviderMark({ provider, providers, size }: Props) {
  const place = providers.findIndex(({ id }) => id === provider);
  const letter = providers[place]?.letter ?? (provider.charAt(0).toUpperCase() || '?');

  return (
    <span
      className={styles.mark}
      data-outline={outlines[Math.max(0, place) % outlines.length]}
      style={size === undefined ? undefined : { '--size': `${size}px` }}
      aria-hidden="true"
    >
      {letter}
    </span>
  );
}
