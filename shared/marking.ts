import * as z from 'zod/mini';

/** The marks that a person gives an entry. What is archived is read: marking it unread takes it out of the archive. */
export const MarkName = z.enum(['seen', 'archived', 'pinned']);
export type MarkName = z.infer<typeof MarkName>;

/** Sequence numbers as sorted, disjoint, inclusive ranges. */
export const SeqRanges = z.readonly(
  z.array(z.readonly(z.tuple([z.int(), z.int()]))).check(z.maxLength(200_000)),
);
export type SeqRanges = z.infer<typeof SeqRanges>;

/** A mark that was given to, or taken from, the entries of these numbers, none of which was so before. */
export const MarkChange = z.object({ mark: MarkName, on: z.boolean(), ranges: SeqRanges });
export type MarkChange = z.infer<typeof MarkChange>;

export const isInRanges = (ranges: SeqRanges, seq: number): boolean => {
  let [low, high] = [0, ranges.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((ranges[middle]?.[1] ?? seq) < seq) low = middle + 1;
    else high = middle;
  }
  return (ranges[low]?.[0] ?? Number.POSITIVE_INFINITY) <= seq;
};

export const countOf = (ranges: SeqRanges): number =>
  ranges.reduce((sum, [from, to]) => sum + to - from + 1, 0);

/** The numbers as ranges. */
export const rangesOf = (seqs: Iterable<number>): [number, number][] => {
  const ranges: [number, number][] = [];
  for (const seq of [...new Set(seqs)].sort((one, other) => one - other)) {
    const last = ranges.at(-1);
    if (last && last[1] === seq - 1) last[1] = seq;
    else ranges.push([seq, seq]);
  }
  return ranges;
};
