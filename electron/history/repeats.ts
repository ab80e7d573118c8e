import * as z from 'zod/mini';
import type { RepeatKey } from '../providers/provider.ts';
import type { HistoryRecord } from './record.ts';

/**
 * What is saved of it, a column in a text with a line for each key: a list of 33,000 takes a hundred ms to read and check, this
 * takes fifteen.
 */
export const SavedRepeats = z.object({
  upTo: z.int(),
  keys: z.string(),
  versions: z.string(),
  seqs: z.string(),
  receivedAt: z.string(),
  /** Empty where there is no limit. */
  withinMs: z.string(),
});
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
    save: (): SavedRepeats => {
      const seen = [...memory.values()];
      return {
        upTo,
        keys: [...memory.keys()].join('\n'),
        versions: seen.map(({ version }) => version).join('\n'),
        seqs: seen.map(({ seq }) => seq).join('\n'),
        receivedAt: seen.map(({ receivedAt }) => receivedAt).join('\n'),
        withinMs: seen.map(({ withinMs }) => withinMs ?? '').join('\n'),
      };
    },
    /** Forgets everything, to be told anew. */
    clear: () => {
      memory.clear();
      upTo = 0;
    },
    /** Begins from what was saved. False, changing nothing, when its columns do not belong together. */
    load: (saved: SavedRepeats): boolean => {
      if (saved.keys === '') return true;
      const keys = saved.keys.split('\n');
      const versions = saved.versions.split('\n');
      const seqs = saved.seqs.split('\n').map(Number);
      const times = saved.receivedAt.split('\n').map(Number);
      const limits = saved.withinMs.split('\n');
      const fits = [versions, seqs, times, limits].every(({ length }) => length === keys.length);
      if (!fits || ![...seqs, ...times].every(Number.isSafeInteger)) return false;
      upTo = saved.upTo;
      for (const [at, key] of keys.entries()) {
        const limit = limits[at] ?? '';
        memory.set(key, {
          seq: seqs[at] ?? 0,
          receivedAt: times[at] ?? 0,
          withinMs: limit === '' ? null : Number(limit),
          version: versions[at] ?? '',
        });
      }
      return true;
    },
  };
};
