import type { IdempotencyKey } from '../providers/provider.ts';
import type { HistoryRecord } from './record.ts';

export type Recognition =
  | { readonly status: 'new' }
  | { readonly status: 'conflict' }
  | { readonly status: 'duplicate'; readonly seq: number; readonly note: string | null };

const day = 24 * 60 * 60 * 1000;
/** The newest `leastKeys` are remembered however old they are, and all that are younger than `youngMs`, up to `mostKeys` (R10). */
export const dedupeLimits = { leastKeys: 20_000, youngMs: 30 * day, mostKeys: 200_000 } as const;

export type Earlier = {
  readonly seq: number;
  readonly receivedAt: number;
  readonly withinMs: number | null;
  readonly version: string;
};

export type Remembered = readonly [key: string, earlier: Earlier];

type Applied = Pick<HistoryRecord, 'seq' | 'sourceId' | 'receivedAt' | 'keys'>;

/** The idempotency keys of the records up to `upTo`, which can be rebuilt from them. */
export type Dedupe = {
  /** The newest sequence number it knows of. */
  readonly upTo: number;
  /** The oldest sequence number that it still knows a key of. */
  readonly from: number;
  /** What a delivery is, compared with all records that were applied. */
  recognize(sourceId: string, receivedAt: number, keys: readonly IdempotencyKey[]): Recognition;
  /** Applies a record: each once, in order. Returns its rows. */
  apply(record: Applied): readonly Remembered[];
  /** Goes on with saved rows, up to a sequence number. */
  resume(rows: readonly Remembered[], resumedUpTo: number): void;
  /** Removes everything, to be filled anew. */
  clear(): void;
};

export const createDedupe = (): Dedupe => {
  // In order of receipt, so the oldest key is always the first.
  const memory = new Map<string, Earlier>();
  let upTo = 0;

  const find = (key: string, receivedAt: number): Earlier | undefined => {
    const earlier = memory.get(key);
    return earlier && isWithin(earlier, receivedAt) ? earlier : undefined;
  };

  const remember = (rows: readonly Remembered[]) => {
    for (const [key, earlier] of rows) {
      memory.delete(key);
      memory.set(key, earlier);
    }
  };

  const evictOld = (now: number) => {
    for (const [key, { receivedAt }] of memory) {
      const young = now - receivedAt < dedupeLimits.youngMs;
      if (memory.size <= dedupeLimits.leastKeys || (young && memory.size <= dedupeLimits.mostKeys))
        return;
      memory.delete(key);
    }
  };

  return {
    get upTo() {
      return upTo;
    },
    get from() {
      for (const { seq } of memory.values()) return seq;
      return upTo + 1;
    },
    recognize: (sourceId, receivedAt, keys) =>
      recognized(sourceId, keys, (key) => find(key, receivedAt)),
    apply: ({ seq, sourceId, receivedAt, keys }) => {
      if (seq <= upTo) return [];
      upTo = seq;
      const rows = keys.map(({ id, version, withinMs }): Remembered => {
        const key = keyOf(sourceId, id);
        const first = find(key, receivedAt);
        const differs = first !== undefined && first.version !== version;
        return [differs ? conflictKey(key, version) : key, { seq, receivedAt, withinMs, version }];
      });
      remember(rows);
      evictOld(receivedAt);
      return rows;
    },
    resume: (rows, resumedUpTo) => {
      remember(rows);
      upTo = Math.max(upTo, resumedUpTo);
    },
    clear: () => {
      memory.clear();
      upTo = 0;
    },
  };
};

const keyOf = (sourceId: string, id: string): string => `${sourceId} ${id}`;
const conflictKey = (key: string, version: string): string => `${key} ${version}`;

/** Either may have come first: a delivery in quarantine is admitted later, and a clock may have been set back. */
const isWithin = ({ receivedAt, withinMs }: Earlier, at: number): boolean =>
  withinMs === null || Math.abs(at - receivedAt) <= withinMs;

const recognized = (
  sourceId: string,
  keys: readonly IdempotencyKey[],
  find: (key: string) => Earlier | undefined,
): Recognition => {
  let conflict = false;
  for (const { id, version, differing } of keys) {
    const key = keyOf(sourceId, id);
    const earlier = find(key);
    if (!earlier) continue;
    if (earlier.version === version) return { status: 'duplicate', seq: earlier.seq, note: null };
    if (differing !== 'conflict')
      return { status: 'duplicate', seq: earlier.seq, note: differing.note };
    const sameConflict = find(conflictKey(key, version));
    if (sameConflict) return { status: 'duplicate', seq: sameConflict.seq, note: null };
    conflict = true;
  }
  return { status: conflict ? 'conflict' : 'new' };
};
