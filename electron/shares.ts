import type { Problem } from '../shared/problem.ts';
import type { Retention } from '../shared/settings.ts';
import type { Draft } from './history/draft.ts';
import { bytesOf, type KeptTally } from './history/kept-tally.ts';
import { isUnsigned } from './history/tally.ts';
import type { SettingsStore, StoredSource } from './setup/settings.ts';

/** A source has so many quarters of each limit of the history, unless the person lets it have more. */
const quartersAtFirst = 1;
const allQuarters = 4;

export type ShareOptions = {
  readonly tally: Pick<KeptTally, 'unsignedOf'>;
  readonly settings: Pick<SettingsStore, 'current' | 'change'>;
  /** The limits of the history as they hold now. */
  readonly limits: () => Retention;
  readonly onChange: () => void;
};

/** Ends a reservation: the delivery is on disk and counted, or was not written. */
export type Reserved = () => void;

export type Shares = ReturnType<typeof createShares>;

/**
 * The share of the history that each source has for what only its token vouches for (H15): who knows a URL, and no secret, cannot
 * push out what others sent. A source that is alone has no share to keep to, nor has one that the person gave all.
 */
export const createShares = ({ tally, settings, limits, onChange }: ShareOptions) => {
  const pending = new Map<string, { entries: number; bytes: number }>();

  const shareOf = (source: StoredSource): Pick<Retention, 'entries' | 'bytes'> => {
    const quarters = source.quarters ?? quartersAtFirst;
    const isBounded = settings.current.sources.length > 1 && quarters < allQuarters;
    const part = isBounded ? quarters / allQuarters : Number.POSITIVE_INFINITY;
    const { entries, bytes } = limits();
    return { entries: Math.floor(entries * part), bytes: Math.floor(bytes * part) };
  };

  const isUsedUp = (source: StoredSource): boolean => {
    const used = tally.unsignedOf(source.id);
    const waiting = pending.get(source.id) ?? { entries: 0, bytes: 0 };
    const share = shareOf(source);
    return (
      used.entries + waiting.entries >= share.entries || used.bytes + waiting.bytes >= share.bytes
    );
  };

  return {
    /** Takes what a delivery needs from the share of its source while it is being written; null where the share is used up. */
    reserve: (source: StoredSource, draft: Draft): Reserved | null => {
      if (!isUnsigned(draft)) return () => {};
      if (isUsedUp(source)) return null;
      const bytes = bytesOf(draft);
      const waiting = pending.get(source.id) ?? { entries: 0, bytes: 0 };
      pending.set(source.id, waiting);
      waiting.entries += 1;
      waiting.bytes += bytes;
      return () => {
        waiting.entries -= 1;
        waiting.bytes -= bytes;
      };
    },
    /** Lets a source have another quarter. Throws, changing nothing, where the settings cannot be written. */
    raise: (id: string): void => {
      const sources = settings.current.sources.map((source) =>
        source.id === id
          ? { ...source, quarters: Math.min((source.quarters ?? quartersAtFirst) + 1, allQuarters) }
          : source,
      );
      settings.change({ sources });
      onChange();
    },
    /** The sources that have used up their share, and since when. */
    problems: (): Problem[] =>
      settings.current.sources.filter(isUsedUp).map((source) => {
        const { entries, lastAt } = tally.unsignedOf(source.id);
        return { code: 'share-used-up', sourceId: source.id, entries, since: lastAt };
      }),
  };
};
