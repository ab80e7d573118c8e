import * as z from 'zod/mini';
import type { Remembered } from './repeats.ts';

/**
 * What is saved of the memory of repeats: a column in a text, with a line for each key. A list of 33,000 takes a hundred ms to
 * read and check, this takes fifteen.
 */
export const SavedRepeats = z.object({
  /** All that was remembered of a block's records up to this sequence number is in it. */
  upTo: z.int(),
  keys: z.string(),
  versions: z.string(),
  seqs: z.string(),
  receivedAt: z.string(),
  /** Empty where there is no limit. */
  withinMs: z.string(),
});
export type SavedRepeats = z.infer<typeof SavedRepeats>;

export const savedRepeats = (rows: readonly Remembered[], upTo: number): SavedRepeats => {
  const column = (cell: (row: Remembered) => string | number) => rows.map(cell).join('\n');
  return {
    upTo,
    keys: column(([key]) => key),
    versions: column(([, { version }]) => version),
    seqs: column(([, { seq }]) => seq),
    receivedAt: column(([, { receivedAt }]) => receivedAt),
    withinMs: column(([, { withinMs }]) => withinMs ?? ''),
  };
};

/** Null when the columns do not belong together. */
export const rowsIn = (saved: SavedRepeats): Remembered[] | null => {
  if (saved.keys === '') return [];
  const keys = saved.keys.split('\n');
  const versions = saved.versions.split('\n');
  const seqs = saved.seqs.split('\n').map(Number);
  const times = saved.receivedAt.split('\n').map(Number);
  const limits = saved.withinMs.split('\n');
  const fits = [versions, seqs, times, limits].every(({ length }) => length === keys.length);
  if (!fits || ![...seqs, ...times].every(Number.isSafeInteger)) return null;
  return keys.map((key, at) => {
    const limit = limits[at] ?? '';
    return [
      key,
      {
        seq: seqs[at] ?? 0,
        receivedAt: times[at] ?? 0,
        withinMs: limit === '' ? null : Number(limit),
        version: versions[at] ?? '',
      },
    ];
  });
};
