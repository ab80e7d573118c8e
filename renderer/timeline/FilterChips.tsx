import { X } from 'lucide-react';
import type { ProviderInfo } from '../../shared/source.ts';
import type { TimelineFilter } from '../../shared/timeline.ts';
import styles from './FilterChips.module.css';
import { kindLabel } from './kind-icons.ts';

type Props = {
  filter: TimelineFilter;
  providers: ProviderInfo[];
  sourceName: string | null;
  onFilter: (change: Partial<TimelineFilter>) => void;
  onClear: () => void;
};

type Active = { key: string; words: string; without: Partial<TimelineFilter> };

function activeParts({ filter, providers, sourceName }: Props): Active[] {
  return [
    ...filter.providers.map((id) => ({
      key: `provider-${id}`,
      words: providers.find((provider) => provider.id === id)?.name ?? id,
      without: { providers: filter.providers.filter((other) => other !== id) },
    })),
    ...filter.kinds.map((kind) => ({
      key: `kind-${kind}`,
      words: kindLabel(kind),
      without: { kinds: filter.kinds.filter((other) => other !== kind) },
    })),
    ...(filter.sourceId === null
      ? []
      : [{ key: 'source', words: sourceName ?? 'One source', without: { sourceId: null } }]),
    ...(filter.unseenOnly
      ? [{ key: 'unread', words: 'Unread', without: { unseenOnly: false } }]
      : []),
  ];
}

/** What hides the other rows, each part with its own way out. */
export function FilterChips(props: Props) {
  return (
    <div className={styles.chips}>
      {activeParts(props).map(({ key, words, without }) => (
        <button
          key={key}
          type="button"
          className={styles.chip}
          aria-label={`Remove the filter ${words}`}
          onClick={() => props.onFilter(without)}
        >
          {words}
          <X size={12} aria-hidden="true" />
        </button>
      ))}
      <button type="button" className={styles.clear} onClick={props.onClear}>
        Clear
      </button>
    </div>
  );
}
