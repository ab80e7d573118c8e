/** Sequence numbers as sorted, disjoint, inclusive ranges. */
export type Ranges = readonly (readonly [from: number, to: number])[];

export const contains = (ranges: Ranges, seq: number): boolean => {
  let [low, high] = [0, ranges.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((ranges[middle]?.[1] ?? seq) < seq) low = middle + 1;
    else high = middle;
  }
  return (ranges[low]?.[0] ?? Number.POSITIVE_INFINITY) <= seq;
};

export const withRange = (ranges: Ranges, from: number, to: number): Ranges => {
  // What is new comes last.
  const last = ranges.at(-1);
  if (last && from === last[1] + 1) return [...ranges.slice(0, -1), [last[0], to]];
  const touching = ranges.filter(([start, end]) => start <= to + 1 && end >= from - 1);
  const joined = [
    Math.min(from, ...touching.map(([start]) => start)),
    Math.max(to, ...touching.map(([, end]) => end)),
  ] as const;
  return [...ranges.filter((range) => !touching.includes(range)), joined].sort(([a], [b]) => a - b);
};

export const without = (ranges: Ranges, seq: number): Ranges =>
  ranges.flatMap(([from, to]) => {
    if (seq < from || seq > to) return [[from, to] as const];
    const before = from < seq ? [[from, seq - 1] as const] : [];
    const after = seq < to ? [[seq + 1, to] as const] : [];
    return [...before, ...after];
  });

/** The same numbers in as few ranges as possible. The given ones are sorted. */
export const joined = (ranges: Ranges): Ranges => {
  const few: (readonly [number, number])[] = [];
  for (const [from, to] of ranges) {
    const last = few.at(-1);
    if (last && last[1] + 1 >= from) few[few.length - 1] = [last[0], Math.max(last[1], to)];
    else few.push([from, to]);
  }
  return few;
};

/** The numbers of the ranges from `least` on. */
export const rangesFrom = (ranges: Ranges, least: number): Ranges =>
  ranges.flatMap(([from, to]) => (to < least ? [] : [[Math.max(from, least), to] as const]));

/** How many of the numbers `among` are in none of the ranges. */
export const countMissingAmong = (ranges: Ranges, among: Ranges): number =>
  among.reduce((missing, [from, to]) => missing + countMissing(ranges, from, to), 0);

/** How many numbers from `from` to `to` are in none of the ranges. */
export const countMissing = (ranges: Ranges, from: number, to: number): number =>
  ranges.reduce(
    (missing, [start, end]) => missing - Math.max(0, Math.min(end, to) - Math.max(start, from) + 1),
    Math.max(0, to - from + 1),
  );
