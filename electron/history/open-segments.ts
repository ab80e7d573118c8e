import { describeDamaged, type Examined, examineSegments } from './examine-segments.ts';
import { type Journal, readJournal, readyToAppend } from './journals.ts';
import {
  type Context,
  emptySegment,
  type LogState,
  type OpenSegment,
  type Sequenced,
} from './log-state.ts';
import { repair, saveIndex } from './repair.ts';
import {
  describeSegment,
  inOrder,
  journalFile,
  journalNumber,
  type SegmentInfo,
} from './segments.ts';
import { setAside } from './set-aside.ts';

/**
 * Finds what a folder holds, and repairs it where needed. What is damaged is set aside under another name and reported;
 * nothing is deleted but files of killed writes. A disk that refuses costs the repair, not the start.
 */
export async function openSegments<R extends Sequenced>(context: Context<R>): Promise<LogState<R>> {
  const { folder, at, looksLater } = context;
  const files = await folder.list();
  await at('open:listed');
  const numbers = files.flatMap((file) => journalNumber(file) ?? []).sort((a, b) => a - b);
  // What is changed here may stand beside what only a newer Hookbell can read (H17).
  const changesNothing = numbers.length === 1 && !files.some(isLeftover);
  const [examination, journals] = await Promise.all([
    examineSegments(context, files, numbers, !(looksLater && changesNothing)),
    readJournals(context, numbers),
  ]);
  const readOnly = examination.newer;
  await at('open:looked');

  if (!readOnly) await tidy(context, files, journals);
  const sealed = listed(context, examination.segments, () => described(journals));
  await repair(context, examination.segments, readOnly);
  if (examination.stale && !readOnly) saveIndex(context, sealed);
  await at('open:indexed');

  const last = journals.find(({ number }) => number === numbers.at(-1));
  const open =
    last && !readOnly && !last.damaged && last.number > (sealed.at(-1)?.number ?? 0)
      ? takenUp(last)
      : emptySegment<R>(1 + Math.max(0, numbers.at(-1) ?? 0, sealed.at(-1)?.number ?? 0), null);
  const full = journals
    .filter(({ number, count }) => number !== open.number && count > 0)
    .map(({ number, records, goodBytes, damaged }) => ({
      info: describeSegment(number, records, goodBytes),
      damaged,
    }));
  if (!readOnly) await readyToAppend(context, open).catch(() => {});
  return {
    ...{ sealed, full, leaving: [], open, readOnly },
    unread: numbers.filter((number) => !journals.some((journal) => journal.number === number)),
    nextSeq: nextSeq(context, sealed, numbers, journals),
  };
}

const takenUp = <R>(journal: Journal<R>): OpenSegment<R> => ({
  ...emptySegment<R>(journal.number, null),
  get records() {
    return journal.records;
  },
  bytes: journal.goodBytes,
  torn: journal.goodBytes < journal.bytes,
});

const isLeftover = (file: string): boolean => file.includes('.tmp-');

/** The journals that can be read; one that cannot stays where it is, for another start. */
async function readJournals<R extends Sequenced>(
  context: Context<R>,
  numbers: readonly number[],
): Promise<Journal<R>[]> {
  const journals: Journal<R>[] = [];
  for (const number of numbers) {
    try {
      journals.push(await readJournal(context, number));
    } catch {
      context.report(`${journalFile(number)} cannot be read`);
    }
  }
  return journals;
}

/** Removes what killed writes left behind (H12), and journals nothing can be read from. */
async function tidy<R>(
  { folder, at }: Context<R>,
  files: readonly string[],
  journals: readonly Journal<R>[],
): Promise<void> {
  const leftovers = files.filter(isLeftover);
  await Promise.all(leftovers.map((file) => folder.remove(file).catch(() => {})));
  await at('open:tidied');
  for (const { number, count, damaged } of journals) {
    if (count > 0) continue;
    if (damaged) await setAside(folder, journalFile(number));
    else if (number !== journals.at(-1)?.number)
      await folder.remove(journalFile(number)).catch(() => {});
  }
}

const described = <R extends Sequenced>(journals: readonly Journal<R>[]): SegmentInfo[] =>
  journals.flatMap(({ number, count, records }) =>
    count > 0 ? describeSegment(number, records, 0) : [],
  );

/** What to list of the segments that were examined; `journals` are neighbours too. */
const listed = <R>(
  { segmentRecords }: Context<R>,
  examined: readonly Examined[],
  journals: () => readonly SegmentInfo[],
): SegmentInfo[] => {
  if (examined.every((one) => one.status === 'fine')) return examined.map(({ info }) => info);
  const sealed: SegmentInfo[] = [];
  const certain = inOrder([
    ...examined.flatMap((one) => (one.status === 'fine' ? one.info : (one.known ?? []))),
    ...journals(),
  ]);
  for (const one of examined) {
    if (one.status === 'fine') {
      sealed.push(one.info);
      continue;
    }
    const before = inOrder([...sealed, ...certain]).findLast(({ number }) => number < one.number);
    const after = certain.find(({ number }) => number > one.number);
    sealed.push(describeDamaged(one, before, after, segmentRecords));
  }
  return sealed;
};

/** Numbers of lost entries are not given again: marks and notifications still speak of them. */
const nextSeq = <R extends Sequenced>(
  { segmentRecords }: Context<R>,
  sealed: readonly SegmentInfo[],
  numbers: readonly number[],
  journals: readonly Journal<R>[],
): number => {
  let next = 1 + Math.max(0, ...sealed.map(({ lastSeq }) => lastSeq));
  for (const number of numbers) {
    const journal = journals.find((one) => one.number === number);
    if (!journal) next += segmentRecords;
    else next = Math.max(next, (journal.lastSeq ?? 0) + 1) + journal.lostAtEnd;
  }
  return next;
};
