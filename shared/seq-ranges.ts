/** Sequence numbers as sorted, disjoint, inclusive ranges. */
export type SeqRanges = readonly (readonly [from: number, to: number])[];

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
