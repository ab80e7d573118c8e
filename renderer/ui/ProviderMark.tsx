import type { ProviderInfo } from '../../shared/source.ts';
import styles from './ProviderMark.module.css';

// One outline for each place in the list of providers: told apart without colour, which is for severity alone.
const outlines = [
  'M8.2 2.4h7.6a3 3 0 0 1 2.6 1.5l3.3 6.6a3 3 0 0 1 0 3l-3.3 6.6a3 3 0 0 1-2.6 1.5H8.2a3 3 0 0 1-2.6-1.5l-3.3-6.6a3 3 0 0 1 0-3l3.3-6.6a3 3 0 0 1 2.6-1.5Z',
  'M12 1.5a10.5 10.5 0 1 1 0 21 10.5 10.5 0 0 1 0-21Z',
  'M7 2h10a5 5 0 0 1 5 5v10a5 5 0 0 1-5 5H7a5 5 0 0 1-5-5V7a5 5 0 0 1 5-5Z',
  'M10 2.2a2.8 2.8 0 0 1 4 0L21.8 10a2.8 2.8 0 0 1 0 4L14 21.8a2.8 2.8 0 0 1-4 0L2.2 14a2.8 2.8 0 0 1 0-4Z',
] as const;

type Props = { provider: string; providers: ProviderInfo[]; size?: number };

/** A letter in a shape, drawn here: nothing is fetched from the provider. */
export function ProviderMark({ provider, providers, size = 24 }: Props) {
  const place = providers.findIndex(({ id }) => id === provider);
  const letter = providers[place]?.letter ?? (provider.charAt(0).toUpperCase() || '?');

  return (
    <svg
      className={styles.mark}
      viewBox="0 0 24 24"
      width={size}
      height={size}
      aria-hidden="true"
      focusable="false"
    >
      <path d={outlines[Math.max(0, place) % outlines.length]} />
      <text x="12" y="16.3" textAnchor="middle">
        {letter}
      </text>
    </svg>
  );
}
