import { repair, saveIndex, setAsideJournals } from './check.ts';
import {
  describeDamaged,
  type Examined,
  examineSegments,
  type Index,
  readIndex,
} from './examine-segments.ts';
import { type Journal, readJournal, readyToAppend } from './journals.ts';
import {
  type Context,
  emptySegment,
  type LogState,
  mostOverfull,
  type OpenSegment,
} from './log-state.ts';
import { goneJournals, isRotten, rottenJournal, unreadJournal, withLost } from './lost-journals.ts';
import type { Sequenced } from './segments.ts';
import {
  describeSegment,
  inOrder,
  journalFile,
  journalNumber,
  type SegmentInfo,
  segmentFileName,
} from './segments.ts';

/**
 * Finds what a folder holds, and repairs it. Damaged files are set aside and reported; only files of killed writes are deleted. A disk that
 * refuses costs the repair, not the start.
 */
export async function openSegments<R extends Sequenced>(context: Context<R>): Promise<LogState<R>> {
  const { folder, at } = context;
  const readOnly = folder.writtenByNewer;
  const files = await folder.list();
  await at('open:listed');
  const numbers = files.flatMap((file) => journalNumber(file) ?? []).sort((a, b) => a - b);
  const newest = numbers.at(-1) ?? 0;
  const index = readIndex(context);
  const { journals, unread } = await readJournals(context, numbers, index);
  // A journal without a record is no truth about its segment: the file beside it may hold all of it.
  const replaced = journals.filter(
    ({ number, count }) => count === 0 && files.includes(segmentFileName(number)),
  );
  const withJournal = [...numbersOf(journals.filter((one) => !replaced.includes(one))), ...unread];
  const examination = await examineSegments(context, files, withJournal, index);
  await at('open:looked');

  const rotten = journals.filter((journal) => isRotten(journal, newest));
  const empty = journals.filter((journal) => journal.count === 0 && !rotten.includes(journal));
  if (!readOnly) await tidy(context, files, empty, newest);
  const neighbours = inOrder([...examination.segments.flatMap(infoOf), ...ends(journals)]);
  const lost = [
    ...rotten
      .filter((journal) => !replaced.includes(journal))
      .map((journal) => rottenJournal(context, journal, index)),
    ...unread.flatMap((number) => unreadJournal(context, number, index)),
  ];
  const gone = goneJournals(neighbours, [...examination.segments, ...lost]);
  for (const { number } of gone) context.report(`${journalFile(number)} is missing`);
  const sealed = listed(context, [...examination.segments, ...lost, ...gone], neighbours);
  await repair(context, examination.segments, readOnly);
  const isStale = examination.stale || gone.length + rotten.length + unread.length > 0;
  const isSaved = isStale && !readOnly && saveIndex(context, sealed);
  if (isSaved) await setAsideJournals(context, numbersOf(rotten));
  await at('open:indexed');

  const last = journals.find(({ number }) => number === newest);
  const open =
    last && !readOnly && !last.damaged && last.number > (sealed.at(-1)?.number ?? 0)
      ? takenUp(last)
      : emptySegment<R>(1 + Math.max(newest, sealed.at(-1)?.number ?? 0), null);
  const full = journals
    .filter(({ number, count }) => number !== open.number && count > 0)
    .map((journal) => fullSegment(context, journal, inOrder([...neighbours, ...sealed])));
  if (!readOnly) await readyToAppend(context, open).catch(() => {});
  return {
    sealed,
    full,
    retired: [],
    open,
    unread: new Set(unread),
    readOnly,
    damagedJournals: new Set(
      numbersOf(journals.filter((one) => one.damaged || isCutOff(one, full))),
    ),
    nextSeq: nextSeq(sealed, full, journals),
  };
}

const numbersOf = (some: readonly { readonly number: number }[]): number[] =>
  some.map(({ number }) => number);

const infoOf = (one: Examined): SegmentInfo[] =>
  one.status === 'fine' ? [one.info] : one.known ? [one.known] : [];

/** Journals by their first and last record. */
const ends = <R extends Sequenced>(journals: readonly Journal<R>[]): SegmentInfo[] =>
  journals.flatMap(({ number, first, last }) =>
    first && last ? describeSegment(number, [first, last], 0) : [],
  );

const fullSegment = <R extends Sequenced>(
  { report }: Context<R>,
  journal: Journal<R>,
  neighbours: readonly SegmentInfo[],
): SegmentInfo => {
  const { number, records, goodBytes, lostBefore } = journal;
  const info = describeSegment(number, records, goodBytes);
  const cutOff = cutOffFrom(journal, info, neighbours);
  if (cutOff > 0) report(`${cutOff} entries at the end of ${journalFile(number)} cannot be read`);
  const lostAfter = Math.max(journal.lostAfter, cutOff);
  return withLost(info, { lostBefore, lostAfter }, neighbours);
};

const isCutOff = <R extends Sequenced>(
  { number, last }: Journal<R>,
  full: readonly SegmentInfo[],
): boolean => full.some((info) => info.number === number && info.lastSeq > (last?.seq ?? 0));

/** How many entries a journal lost with its end: it ends within a line, and the next segment does not go on where it ends. */
const cutOffFrom = <R>(
  { bytes, goodBytes, lostAfter }: Journal<R>,
  { number, lastSeq }: SegmentInfo,
  neighbours: readonly SegmentInfo[],
): number => {
  const after = neighbours.find((one) => one.number > number);
  if (goodBytes === bytes || lostAfter > 0 || after?.number !== number + 1) return 0;
  return after.firstSeq - lastSeq - 1;
};

const takenUp = <R>(journal: Journal<R>): OpenSegment<R> => ({
  ...emptySegment<R>(journal.number, null),
  get records() {
    return journal.records;
  },
  bytes: journal.goodBytes,
  torn: journal.goodBytes < journal.bytes,
});

const isLeftover = (file: string): boolean => file.includes('.tmp-');

/** The journals, and the numbers of those that cannot be read. One whose segment the index lists as sealed is not needed. */
async function readJournals<R extends Sequenced>(
  context: Context<R>,
  numbers: readonly number[],
  { known }: Index,
): Promise<{ journals: Journal<R>[]; unread: number[] }> {
  const journals: Journal<R>[] = [];
  const unread: number[] = [];
  for (const number of numbers) {
    try {
      journals.push(await readJournal(context, number));
    } catch {
      const sealed = known.get(number);
      const [size] = context.folder.sizes([segmentFileName(number)]);
      if (!sealed || sealed.damaged || sealed.bytes !== size) unread.push(number);
    }
  }
  return { journals, unread };
}

/** Removes files of killed writes (H12) and empty journals but the newest. */
async function tidy<R>(
  { folder, at }: Context<R>,
  files: readonly string[],
  empty: readonly Journal<R>[],
  newest: number,
): Promise<void> {
  const leftovers = files.filter(isLeftover);
  await Promise.all(leftovers.map((file) => folder.remove(file).catch(() => {})));
  await at('open:tidied');
  for (const { number } of empty)
    if (number !== newest) await folder.remove(journalFile(number)).catch(() => {});
}

/** The segments to list, by number. */
const listed = <R>(
  { segmentRecords }: Context<R>,
  examined: readonly Examined[],
  neighbours: readonly SegmentInfo[],
): SegmentInfo[] => {
  const sealed: SegmentInfo[] = [];
  const certain = inOrder([...neighbours, ...examined.flatMap(infoOf)]);
  for (const one of [...examined].sort((a, b) => a.number - b.number)) {
    if (one.status === 'fine') {
      sealed.push(one.info);
      continue;
    }
    const before = inOrder([...sealed, ...certain]).findLast(({ number }) => number < one.number);
    const after = certain.find(({ number }) => number > one.number);
    // Where they leave no number between them, nothing was lost.
    if (!one.known && before && after && before.lastSeq + 1 >= after.firstSeq) continue;
    sealed.push(describeDamaged(one, before, after, mostOverfull * segmentRecords));
  }
  return sealed;
};

/** Numbers of lost entries are not given again: marks and notifications still speak of them. */
const nextSeq = <R extends Sequenced>(
  sealed: readonly SegmentInfo[],
  full: readonly SegmentInfo[],
  journals: readonly Journal<R>[],
): number =>
  1 + Math.max(0, ...[...sealed, ...full, ...ends(journals)].map(({ lastSeq }) => lastSeq));
