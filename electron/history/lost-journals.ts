import type { Examination, Examined, Lost } from './examine-segments.ts';
import type { Journal } from './journals.ts';
import type { Context, Sequenced } from './log-state.ts';
import { type Mirror, readMirror } from './mirrors.ts';
import { describeSegment, journalFile, type SegmentInfo, withLostEnds } from './segments.ts';

type Ends = { readonly lostBefore: number; readonly lostAfter: number };

/** A segment with what it lost at its ends, as far as its neighbours leave room for that. */
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

/** A journal that gives nothing, although something was written to it: after the first line of the newest nothing is certain. */
export const isRotten = <R>({ number, count, damaged, bytes }: Journal<R>, newest: number) =>
  count === 0 && (damaged || (bytes > 0 && number !== newest));

/** What to list of a journal that gives nothing. */
export const rottenJournal = <R>(
  { report }: Context<R>,
  { number, hint, damaged }: Journal<R>,
  { known }: Examination,
): Lost => {
  // What became of lines was said when they were read.
  if (!damaged) report(`${journalFile(number)} is damaged`);
  return { number, status: 'rotten', known: known.get(number) ?? null, hint };
};

/**
 * What to list of a journal that the system does not let us read: what its mirror holds, and about how much that misses; nothing
 * of one that is empty.
 */
export async function unreadJournal<R extends Sequenced>(
  context: Context<R>,
  number: number,
  examination: Examination,
  neighbours: readonly SegmentInfo[],
): Promise<Examined[]> {
  const known = examination.known.get(number) ?? null;
  const [size = null] = context.folder.sizes([journalFile(number)]);
  const mirror = await readMirror(context, number);
  const shown = mirror ? ': what its copy holds is shown' : '';
  context.report(`${journalFile(number)} cannot be read${shown}`);
  if (mirror) {
    const info = describeSegment(number, mirror.records, mirror.bytes);
    const most = (known?.lastSeq ?? info.firstSeq + context.segmentRecords - 1) - info.lastSeq;
    const lostAfter = size === null ? Math.max(0, most) : beyondMirror(mirror, size);
    return [
      {
        ...{ number, status: 'fine' },
        info: {
          ...withLost(info, { lostBefore: 0, lostAfter }, neighbours),
          ...(lostAfter > 0 ? { guessed: true } : {}),
        },
      },
    ];
  }
  if (size === 0) return [];
  const perEntry = averageBytes(examination.segments);
  const entries = size && perEntry ? entriesIn(size, perEntry) : undefined;
  return [{ ...{ number, status: 'unreadable', known }, hint: { entries } }];
}

const beyondMirror = <R>({ records, journalBytes }: Mirror<R>, size: number): number =>
  size > journalBytes ? entriesIn(size - journalBytes, journalBytes / records.length) : 0;

const entriesIn = (bytes: number, perEntry: number): number =>
  Math.max(1, Math.round(bytes / perEntry));

function averageBytes(examined: readonly Examined[]): number | null {
  const fine = examined.flatMap((one) => (one.status === 'fine' ? one.info : []));
  const count = fine.reduce((sum, info) => sum + info.count, 0);
  return count > 0 ? fine.reduce((sum, { bytes }) => sum + bytes, 0) / count : null;
}

/** Journals that are gone from between others, which their numbers and those of their entries tell; by number. */
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
