import * as z from 'zod/mini';
import type { RepeatKey } from '../providers/provider.ts';
import type { HistoryRecord } from './record.ts';

const Seen = z.tuple([z.string(), z.int(), z.int(), z.nullable(z.int()), z.string()]);
/** What is saved of it. */
export const SavedRepeats = z.object({ upTo: z.int(), keys: z.array(Seen) });
export type SavedRepeats = z.infer<typeof SavedRepeats>;

/** Whether a delivery came before, and as which entry. */
export type Recognition =
  | { readonly status: 'new' }
  | { readonly status: 'conflict' }
  | { readonly status: 'repeat'; readonly seq: number; readonly note: string | null };

const day = 24 * 60 * 60 * 1000;
const memoryKeys = 20_000;
const memoryMs = 30 * day;
const mostKeys = 200_000;

type Earlier = {
  readonly seq: number;
  readonly receivedAt: number;
  readonly withinMs: number | null;
  readonly version: string;
};

/**
 * The memory of what was seen (R10): the newest 20,000 keys and everything younger than 30 days, up to 200,000 keys.
 * It is a summary of the records up to `upTo` and can be rebuilt from them.
 */
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
    const forgotten =
      earlier.withinMs !== null && receivedAt - earlier.receivedAt > earlier.withinMs;
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

  const remember = (key: string, earlier: Earlier) => {
    memory.delete(key);
    memory.set(key, earlier);
  };

  const forgetOld = (now: number) => {
    for (const [key, { receivedAt }] of memory) {
      const young = now - receivedAt < memoryMs;
      if (memory.size <= memoryKeys || (young && memory.size <= mostKeys)) return;
      memory.delete(key);
    }
  };

  const apply = ({ seq, sourceId, receivedAt, keys }: HistoryRecord) => {
    if (seq <= upTo) return;
    upTo = seq;
    for (const { id, version, withinMs } of keys) {
      const key = keyOf(sourceId, id);
      const earlier = { seq, receivedAt, withinMs, version };
      const first = find(key, receivedAt);
      remember(first && first.version !== version ? conflictKey(key, version) : key, earlier);
    }
    forgetOld(receivedAt);
  };

  return {
    /** The newest sequence number it knows of. */
    get upTo() {
      return upTo;
    },
    /** What a delivery is in the light of all that was applied. */
    recognize,
    /** Records are applied once each, in order. */
    apply,
    save: (): SavedRepeats => ({
      upTo,
      keys: [...memory].map(([key, { seq, receivedAt, withinMs, version }]) => [
        key,
        seq,
        receivedAt,
        withinMs,
        version,
      ]),
    }),
    /** Forgets everything, to be told anew. */
    clear: () => {
      memory.clear();
      upTo = 0;
    },
    /** Begins from what was saved. */
    load: (saved: SavedRepeats): void => {
      upTo = saved.upTo;
      for (const [key, seq, receivedAt, withinMs, version] of saved.keys) {
        memory.set(key, { seq, receivedAt, withinMs, version });
      }
    },
  };
};
