import type { RepeatKey } from '../providers/provider.ts';
import type { HistoryRecord } from './record.ts';

/** Whether a delivery came before, and as which entry. */
export type Recognition =
  | { readonly status: 'new' }
  | { readonly status: 'conflict' }
  | { readonly status: 'repeat'; readonly seq: number; readonly note: string | null };

const day = 24 * 60 * 60 * 1000;
/** The newest `leastKeys` are remembered however old they are, and all that are younger than `youngMs`, up to `mostKeys` (R10). */
export const limits = { leastKeys: 20_000, youngMs: 30 * day, mostKeys: 200_000 } as const;

export type Earlier = {
  readonly seq: number;
  readonly receivedAt: number;
  readonly withinMs: number | null;
  readonly version: string;
};

/** One key, under the name it is looked up by, and the entry it came with. */
export type Remembered = readonly [key: string, earlier: Earlier];

type Applied = Pick<HistoryRecord, 'seq' | 'sourceId' | 'receivedAt' | 'keys'>;

/** The memory of what was seen: a summary of the records up to `upTo`, which can be rebuilt from them. */
export type Repeats = ReturnType<typeof createRepeats>;

export const createRepeats = () => {
  // In order of receipt, so the oldest key is always the first.
  const memory = new Map<string, Earlier>();
  let upTo = 0;

  const keyOf = (sourceId: string, id: string) => `${sourceId} ${id}`;
  const conflictKey = (key: string, version: string) => `${key} ${version}`;

  const find = (key: string, receivedAt: number): Earlier | undefined => {
    const earlier = memory.get(key);
    if (!earlier) return undefined;
    // Either may have come first: what was in quarantine is admitted later, and a clock may have been set back.
    const apart = Math.abs(receivedAt - earlier.receivedAt);
    const forgotten = earlier.withinMs !== null && apart > earlier.withinMs;
    return forgotten ? undefined : earlier;
  };

  const recognize = (
    sourceId: string,
    receivedAt: number,
    keys: readonly RepeatKey[],
  ): Recognition => {
    let conflict = false;
    for (const { id, version, differing } of keys) {
      const key = keyOf(sourceId, id);
      const earlier = find(key, receivedAt);
      if (!earlier) continue;
      if (earlier.version === version) return { status: 'repeat', seq: earlier.seq, note: null };
      if (differing !== 'conflict')
        return { status: 'repeat', seq: earlier.seq, note: differing.note };
      const sameConflict = find(conflictKey(key, version), receivedAt);
      if (sameConflict) return { status: 'repeat', seq: sameConflict.seq, note: null };
      conflict = true;
    }
    return { status: conflict ? 'conflict' : 'new' };
  };

  const remember = (rows: readonly Remembered[]) => {
    for (const [key, earlier] of rows) {
      memory.delete(key);
      memory.set(key, earlier);
    }
  };

  const forgetOld = (now: number) => {
    for (const [key, { receivedAt }] of memory) {
      const young = now - receivedAt < limits.youngMs;
      if (memory.size <= limits.leastKeys || (young && memory.size <= limits.mostKeys)) return;
      memory.delete(key);
    }
  };

  const apply = ({ seq, sourceId, receivedAt, keys }: Applied): readonly Remembered[] => {
    if (seq <= upTo) return [];
    upTo = seq;
    const rows = keys.map(({ id, version, withinMs }): Remembered => {
      const key = keyOf(sourceId, id);
      const first = find(key, receivedAt);
      const differs = first !== undefined && first.version !== version;
      return [differs ? conflictKey(key, version) : key, { seq, receivedAt, withinMs, version }];
    });
    remember(rows);
    forgetOld(receivedAt);
    return rows;
  };

  return {
    /** The newest sequence number it knows of. */
    get upTo() {
      return upTo;
    },
    /** The oldest sequence number that it still knows a key of. */
    get from() {
      for (const { seq } of memory.values()) return seq;
      return upTo + 1;
    },
    /** What a delivery is in the light of all that was applied. */
    recognize,
    /** Records are applied once each, in order. Gives what it remembers of this one. */
    apply,
    /** Goes on with what it once remembered, up to a sequence number. */
    resume: (rows: readonly Remembered[], resumedUpTo: number): void => {
      remember(rows);
      upTo = Math.max(upTo, resumedUpTo);
    },
    /** Forgets everything, to be told anew. */
    clear: () => {
      memory.clear();
      upTo = 0;
    },
  };
};
