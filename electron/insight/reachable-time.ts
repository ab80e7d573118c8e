import type { Gap } from '../../shared/gap.ts';

/** The ms between two instants (epoch ms) in which something could be received. */
export type ReachableTime = (from: number, to: number) => number;

/** Measures time without gaps. Gaps may overlap and come in any order. */
export const reachableTimeOf = (gaps: readonly Pick<Gap, 'from' | 'to'>[]): ReachableTime => {
  const spans = withTotals(merged(gaps));

  /** The ms of all gaps before an instant. */
  const unreachableBefore = (at: number): number => {
    let [low, high] = [0, spans.length];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if ((spans[middle]?.from ?? at) < at) low = middle + 1;
      else high = middle;
    }
    const last = spans[low - 1];
    return last ? last.before + Math.min(at, last.to) - last.from : 0;
  };

  return (from, to) =>
    Math.max(0, to - from - Math.max(0, unreachableBefore(to) - unreachableBefore(from)));
};

type Span = { readonly from: number; readonly to: number };

const merged = (gaps: readonly Span[]): Span[] => {
  const spans: { from: number; to: number }[] = [];
  const sorted = gaps.filter(({ from, to }) => from < to).sort((a, b) => a.from - b.from);
  for (const { from, to } of sorted) {
    const last = spans.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else spans.push({ from, to });
  }
  return spans;
};

/** `before`: the ms of all earlier spans. */
const withTotals = (spans: readonly Span[]): (Span & { readonly before: number })[] => {
  let before = 0;
  return spans.map(({ from, to }) => {
    const span = { from, to, before };
    before += to - from;
    return span;
  });
};
