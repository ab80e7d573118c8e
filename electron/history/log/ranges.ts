import { isInRanges, type SeqRanges } from '../../../shared/seq-ranges.ts';

/** Sequence numbers as sorted, disjoint, inclusive ranges. */
export type Ranges = SeqRanges;

export const contains = isInRanges;

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

/** The numbers that are in one of both. */
export const union = (one: Ranges, other: Ranges): Ranges =>
  joined([...one, ...other].sort(([a], [b]) => a - b));

/** The numbers of `ranges` that are not among `others`. */
export const difference = (ranges: Ranges, others: Ranges): Ranges => {
  const left: (readonly [number, number])[] = [];
  let at = 0;
  for (const [from, to] of ranges) {
    let start = from;
    while ((others[at]?.[1] ?? start) < start) at += 1;
    for (let next = at; ; next += 1) {
      const [first, last] = others[next] ?? [to + 1, to];
      if (first > to) break;
      if (first > start) left.push([start, first - 1]);
      start = last + 1;
    }
    if (start <= to) left.push([start, to]);
  }
  return left;
};

/** The numbers that are in both. */
export const intersection = (one: Ranges, other: Ranges): Ranges =>
  difference(one, difference(one, other));
