import type { ConditionReason } from '../../shared/condition.ts';
import type { Retention } from '../../shared/settings.ts';
import type { Draft } from '../history/record.ts';
import { isUnsigned } from '../history/tally.ts';
import { recordedBytes, type TallyStore } from '../history/tally-store.ts';
import type { SettingsStore, StoredSource } from '../setup/settings.ts';

const quartersAtFirst = 1;
const allQuarters = 4;

export type ShareOptions = {
  readonly tally: Pick<TallyStore, 'unsignedOf'>;
  readonly settings: Pick<SettingsStore, 'current' | 'change'>;
  /** The current limits of the history. */
  readonly limits: () => Retention;
  readonly onChange: () => void;
};

/** Ends a reservation: the delivery is counted by now, or was not written. */
export type Reserved = () => void;

export type Shares = {
  /** Reserves space in the source's share while a delivery is being written; null where the share is used up. */
  readonly reserve: (source: StoredSource, draft: Draft) => Reserved | null;
  /** Gives a source another quarter. Throws, changing nothing, where the settings cannot be written. */
  readonly raise: (id: string) => void;
  /** Sources that have used up their share. */
  readonly problems: () => ConditionReason[];
};

/**
 * Each source's share of the history for unsigned deliveries (H15): a sender that knows only a URL cannot push out the deliveries of other
 * sources. A single source has no limit, nor has one with all four quarters.
 */
export const createShares = ({ tally, settings, limits, onChange }: ShareOptions): Shares => {
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
    reserve: (source, draft) => {
      if (!isUnsigned(draft)) return () => {};
      if (isUsedUp(source)) return null;
      const bytes = recordedBytes(draft);
      const waiting = pending.get(source.id) ?? { entries: 0, bytes: 0 };
      pending.set(source.id, waiting);
      waiting.entries += 1;
      waiting.bytes += bytes;
      return () => {
        waiting.entries -= 1;
        waiting.bytes -= bytes;
      };
    },
    raise: (id) => {
      const sources = settings.current.sources.map((source) =>
        source.id === id
          ? { ...source, quarters: Math.min((source.quarters ?? quartersAtFirst) + 1, allQuarters) }
          : source,
      );
      settings.change({ sources });
      onChange();
    },
    problems: () =>
      settings.current.sources.filter(isUsedUp).map((source) => {
        const { entries, lastAt } = tally.unsignedOf(source.id);
        return { code: 'share-used-up', sourceId: source.id, entries, since: lastAt };
      }),
  };
};
