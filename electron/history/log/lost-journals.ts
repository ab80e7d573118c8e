import type { Examined, Index, Lost } from './examine-segments.ts';
import type { Journal } from './journals.ts';
import type { Context } from './log-state.ts';
import { journalFile, type SegmentInfo, withLostEnds } from './segments.ts';

type Ends = { readonly lostBefore: number; readonly lostAfter: number };

/** A segment with the lines it lost at its ends, as far as its neighbours leave numbers for them. */
export const withLost = (
  info: SegmentInfo,
  { lostBefore, lostAfter }: Ends,
  neighbours: readonly SegmentInfo[],
): SegmentInfo => {
  const before = neighbours.findLast(({ number }) => number < info.number);
  const after = neighbours.find(({ number }) => number > info.number);
  return withLostEnds(
    info,
    Math.max(info.firstSeq - lostBefore, 1 + (before?.lastSeq ?? 0)),
    Math.min(info.lastSeq + lostAfter, (after?.firstSeq ?? Number.POSITIVE_INFINITY) - 1),
  );
};

/** A journal without a readable line, although something was written to it. The first line of the newest may be torn. */
export const isRotten = <R>({ number, count, damaged, bytes }: Journal<R>, newest: number) =>
  count === 0 && (damaged || (bytes > 0 && number !== newest));

export const rottenJournal = <R>(
  { report }: Context<R>,
  { number, hint, damaged }: Journal<R>,
  { known }: Index,
): Lost => {
  // What became of lines was said when they were read.
  if (!damaged) report(`${journalFile(number)} is damaged`);
  return { number, status: 'rotten', known: known.get(number) ?? null, hint };
};

/** Lists nothing of a journal that is empty. */
export const unreadJournal = <R>(
  { folder, report }: Context<R>,
  number: number,
  { known }: Index,
): Lost[] => {
  const [size = null] = folder.sizes([journalFile(number)]);
  report(`${journalFile(number)} cannot be read`);
  if (size === 0) return [];
  return [{ number, status: 'unreadable', known: known.get(number) ?? null, hint: {} }];
};

/** Missing journals, which the numbers of the files and of the entries around them show; by number. */
export const goneJournals = (
  neighbours: readonly SegmentInfo[],
  examined: readonly Examined[],
): Lost[] =>
  neighbours.flatMap((after, at): Lost[] => {
    const before = neighbours[at - 1];
    const number = after.number - 1;
    if (!before || before.number >= number || before.lastSeq + 1 >= after.firstSeq) return [];
    const isToldOf = examined.some((one) => one.number > before.number && one.number <= number);
    return isToldOf ? [] : [{ number, status: 'gone', known: null, hint: {} }];
  });
