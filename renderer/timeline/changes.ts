import type { MarkChange, MarkName } from '../../shared/marking.ts';
import { findsArchived, type Query } from '../../shared/query.ts';
import { isInRanges } from '../../shared/seq-ranges.ts';
import type { TimelineEntry, TimelinePage } from '../../shared/timeline.ts';
import { indexOf, insert, type Row, toRow, update } from './rows.ts';
import { type TimelineView, waitingAtMost } from './view.ts';

type Change = Partial<TimelineView>;
type Lists = Pick<TimelineView, 'rows' | 'waiting'>;

export const withFirstPage = ({ entries, before }: TimelinePage, answered: Query): Change => ({
  rows: entries.map(toRow),
  before,
  status: 'ready',
  reading: false,
  answered,
  waiting: [],
  atTop: true,
});

/** New entries, oldest first, become rows only where they move nothing that the person looks at; else they wait. */
export function withNew(view: TimelineView, entries: TimelineEntry[]): Change {
  const { rows, before, waiting, atTop, selected, status, unfolded } = view;
  if (entries.length === 0) return {};
  const movesNothing =
    status === 'ready' && atTop && selected === null && unfolded.size === 0 && waiting.length === 0;
  return movesNothing
    ? { rows: insert(rows, entries, before) }
    : { waiting: [...waiting, ...entries].slice(-waitingAtMost) };
}

export const withWaiting = ({ rows, waiting, before }: TimelineView): Change => ({
  rows: insert(rows, waiting, before),
  waiting: [],
  atTop: true,
});

/** `changed` gives an entry as it is now, where it changed. */
export function withChanged(
  { rows, waiting }: Lists,
  changed: (entry: TimelineEntry) => TimelineEntry | undefined,
): Change {
  const newer = rows.flatMap(({ entry }) => (entry && changed(entry)) ?? []);
  return {
    rows: newer.length > 0 ? update(rows, newer) : rows,
    waiting: waiting.map((entry) => changed(entry) ?? entry),
  };
}

export function withSeen(
  { rows, waiting }: Lists,
  seqs: ReadonlySet<number> | null,
  seen: boolean,
): Change {
  const isMarked = (seq: number): boolean => seqs === null || seqs.has(seq);
  const isChanged = (row: Row): boolean => row.seen !== seen && isMarked(row.seq);
  return {
    rows: rows.some(isChanged)
      ? rows.map((row) =>
          isChanged(row) ? { ...row, seen, entry: row.entry && { ...row.entry, seen } } : row,
        )
      : rows,
    waiting: waiting.map((entry) => (isMarked(entry.seq) ? { ...entry, seen } : entry)),
  };
}

/** As marks are now. What is archived leaves the list, unless its search finds that; the selection goes to the next row. */
export function withMarks(view: TimelineView, { mark, on, ranges }: MarkChange): Change {
  const { waiting, answered, selected } = view;
  const marks = { [mark]: on, ...(mark === 'archived' && on ? { seen: true } : {}) };
  const isOne = ({ seq }: { seq: number }): boolean => isInRanges(ranges, seq);
  const rows = view.rows.some(isOne)
    ? view.rows.map((row) => (isOne(row) ? withRowMarks(row, marks) : row))
    : view.rows;
  const waits = waiting.map((entry) => (isOne(entry) ? { ...entry, ...marks } : entry));
  if (mark !== 'archived' || !on || findsArchived(answered) || !rows.some(isOne))
    return { rows, waiting: waits };
  const left = rows.filter((row) => !isOne(row));
  const isLeaving = selected !== null && isInRanges(ranges, selected);
  return {
    rows: left,
    waiting: waits,
    ...(isLeaving ? { selected: seqAfter(rows, left, selected), opened: false } : {}),
  };
}

/** A row far from view has no entry, and still tells whether it was seen. */
const withRowMarks = (row: Row, marks: Partial<Pick<TimelineEntry, MarkName>>): Row => ({
  ...row,
  seen: marks.seen ?? row.seen,
  entry: row.entry && { ...row.entry, ...marks },
});

/** The first row below this one that is left, else the last above it. */
function seqAfter(rows: Row[], left: Row[], seq: number): number | null {
  const isLeft = new Set(left.map((row) => row.seq));
  const below = rows.slice(indexOf(rows, seq)).find((row) => isLeft.has(row.seq));
  return below?.seq ?? left.at(-1)?.seq ?? null;
}

/** Without the entries up to a number. The selection goes with its row; an open detail stays, to say that its event is gone. */
export function withoutForgotten(
  { rows, waiting, selected, opened }: Lists & Pick<TimelineView, 'selected' | 'opened'>,
  upTo: number,
): Change {
  const isKept = ({ seq }: { seq: number }): boolean => seq > upTo;
  const isGone = selected !== null && selected <= upTo;
  return {
    rows: rows.every(isKept) ? rows : rows.filter(isKept),
    waiting: waiting.every(isKept) ? waiting : waiting.filter(isKept),
    selected: isGone && !opened ? null : selected,
  };
}

/** Closes the detail, else clears the selection; null where there is neither. `forgottenUpTo`: entries up to it are gone. */
export function withStepBack(
  { opened, selected }: Pick<TimelineView, 'opened' | 'selected'>,
  forgottenUpTo: number,
): Change | null {
  const isGone = selected !== null && selected <= forgottenUpTo;
  if (opened) return { opened: false, selected: isGone ? null : selected };
  return selected === null ? null : { selected: null };
}
