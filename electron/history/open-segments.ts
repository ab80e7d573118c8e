import { describeDamaged, type Examined, examineSegments } from './examine-segments.ts';
import { type Journal, readJournal, readyToAppend } from './journals.ts';
import {
  type Context,
  emptySegment,
  type FullSegment,
  type LogState,
  type OpenSegment,
  type Sequenced,
} from './log-state.ts';
import { goneJournals, isRotten, rottenJournal, unreadJournal, withLost } from './lost-journals.ts';
import { repair, saveIndex, setAsideJournals } from './repair.ts';
import {
  describeSegment,
  inOrder,
  journalFile,
  journalNumber,
  type SegmentInfo,
} from './segments.ts';

/**
 * Finds what a folder holds, and repairs it where needed. What is damaged is set aside under another name and reported;
 * nothing is deleted but files of killed writes. A disk that refuses costs the repair, not the start.
 */
export async function openSegments<R extends Sequenced>(context: Context<R>): Promise<LogState<R>> {
  const { folder, at, looksLater, report } = context;
  const files = await folder.list();
  await at('open:listed');
  const numbers = files.flatMap((file) => journalNumber(file) ?? []).sort((a, b) => a - b);
  const newest = numbers.at(-1) ?? 0;
  // What is changed here may stand beside what only a newer Hookbell can read (H17).
  const changesNothing = numbers.length === 1 && !files.some(isLeftover);
  const [examination, { journals, unread }] = await Promise.all([
    examineSegments(context, files, numbers, !(looksLater && changesNothing)),
    readJournals(context, numbers),
  ]);
  const readOnly = examination.newer;
  await at('open:looked');

  const rotten = journals.filter((journal) => isRotten(journal, newest));
  const empty = journals.filter((journal) => journal.count === 0 && !rotten.includes(journal));
  if (!readOnly) await tidy(context, files, empty, newest);
  const neighbours = inOrder([...examination.segments.flatMap(infoOf), ...ends(journals)]);
  const examined = [...examination.segments];
  for (const journal of rotten) examined.push(rottenJournal(context, journal, examination));
  for (const number of unread)
    examined.push(...(await unreadJournal(context, number, examination, neighbours)));
  const gone = goneJournals(neighbours, examined);
  for (const { number } of gone) report(`${journalFile(number)} is missing`);
  const sealed = listed(context, [...examined, ...gone], neighbours);
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
    .map((journal) => fullSegment(journal, inOrder([...neighbours, ...sealed])));
  if (!readOnly) await readyToAppend(context, open).catch(() => {});
  return {
    ...{ sealed, full, leaving: [], open, unread: new Set(unread), readOnly },
    nextSeq: nextSeq(context, sealed, full, journals, unread),
  };
}

const numbersOf = (some: readonly { readonly number: number }[]): number[] =>
  some.map(({ number }) => number);

const infoOf = (one: Examined): SegmentInfo[] =>
  one.status === 'fine' ? [one.info] : one.known ? [one.known] : [];

/** What journals say to their neighbours, without being parsed. */
const ends = <R extends Sequenced>(journals: readonly Journal<R>[]): SegmentInfo[] =>
  journals.flatMap(({ number, first, last }) =>
    first && last ? describeSegment(number, [first, last], 0) : [],
  );

const fullSegment = <R extends Sequenced>(
  journal: Journal<R>,
  neighbours: readonly SegmentInfo[],
): FullSegment<R> => {
  const { number, records, goodBytes, damaged, mayHaveMore } = journal;
  const info = withLost(describeSegment(number, records, goodBytes), journal, neighbours);
  return { info, salvaged: damaged ? records : null, mayHaveMore };
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

/** The journals that can be read, and the numbers of those that cannot: they stay where they are, for another start. */
async function readJournals<R extends Sequenced>(
  context: Context<R>,
  numbers: readonly number[],
): Promise<{ journals: Journal<R>[]; unread: number[] }> {
  const journals: Journal<R>[] = [];
  const unread: number[] = [];
  for (const number of numbers) {
    try {
      journals.push(await readJournal(context, number));
    } catch {
      unread.push(number);
    }
  }
  return { journals, unread };
}

/** Removes what killed writes left behind (H12), and journals nothing was written to, but for the newest. */
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

/** What to list, by number: segments, and journals nobody can read. What is damaged lies between its neighbours. */
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
    sealed.push(describeDamaged(one, before, after, segmentRecords));
  }
  return sealed;
};

/** Numbers of lost entries are not given again: marks and notifications still speak of them. */
const nextSeq = <R extends Sequenced>(
  { segmentRecords }: Context<R>,
  sealed: readonly SegmentInfo[],
  full: readonly FullSegment<R>[],
  journals: readonly Journal<R>[],
  unread: readonly number[],
): number => {
  const infos = inOrder([...sealed, ...full.map(({ info }) => info), ...ends(journals)]);
  const newest = infos.at(-1);
  // How much a journal holds is only guessed while it cannot be read.
  const mayHoldMore =
    newest && unread.includes(newest.number) && (newest.damaged || newest.missing !== undefined);
  const most = mayHoldMore ? newest.firstSeq + segmentRecords - 1 : 0;
  return 1 + Math.max(most, ...infos.map(({ lastSeq }) => lastSeq));
};
