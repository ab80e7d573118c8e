import { type Line, linesOf } from './lines.ts';
import { indexOf } from './rows.ts';
import type { TimelineView } from './view.ts';

type Change = Partial<TimelineView>;

/** The line of the selection, or -1. */
export const selectedLine = (view: TimelineView): number =>
  view.selected === null
    ? -1
    : linesOf(view).lineOf(indexOf(view.rows, view.selected), view.onHead);

type Head = Extract<Line, { what: 'head' }>;

/** The group whose head is selected; undefined for an entry, or nothing. */
export function selectedHead(view: TimelineView): Head | undefined {
  const line = linesOf(view).at(selectedLine(view));
  return line?.what === 'head' ? line : undefined;
}

const seqsOf = (view: TimelineView, { group }: Head): number[] =>
  group.members.flatMap((index) => view.rows[index]?.seq ?? []);

/** Opens or closes the group of an entry in place, and selects its head. Changes nothing for an entry alone. */
export function withFolded(view: TimelineView, seq: number, isOpen: boolean): Change {
  const lines = linesOf(view);
  const line = lines.at(lines.lineOf(indexOf(view.rows, seq), true));
  if (line?.what !== 'head') return {};
  const unfolded = new Set(view.unfolded);
  const seqs = seqsOf(view, line);
  for (const member of seqs) unfolded.delete(member);
  const [lead] = seqs;
  if (isOpen && lead !== undefined) unfolded.add(lead);
  return { unfolded, selected: lead ?? seq, onHead: true };
}

/** Selects an entry itself. Where it is folded, its group opens. */
export function withEntry(view: TimelineView, seq: number): Change {
  const lines = linesOf(view);
  const line = lines.at(lines.lineOf(indexOf(view.rows, seq), false));
  const unfolded = line?.what === 'head' ? new Set([...view.unfolded, seq]) : view.unfolded;
  return { unfolded, selected: seq, onHead: false };
}

/** After rows came: where the selected entry is folded now, its group opens, so that it is still what is selected. */
export const withSelectionShown = (view: TimelineView): Change =>
  view.selected === null || view.onHead ? {} : withEntry(view, view.selected);

/** Selects the line `steps` below the selected one; where none is selected, the first in view. */
export function withMove(view: TimelineView, steps: number, firstInView: number): Change {
  const lines = linesOf(view);
  const last = lines.times.length - 1;
  if (last < 0) return { selected: null };
  const from = selectedLine(view);
  const begin = view.selected === null ? firstInView : 0;
  const to = from < 0 && Number.isFinite(steps) ? begin : Math.min(last, Math.max(0, from + steps));
  const line = lines.at(to) ?? lines.at(0);
  return line ? { selected: view.rows[line.index]?.seq ?? null, onHead: line.what === 'head' } : {};
}

/** One step into a closed or an open group, or out of it; null where there is none. */
export function withStepInto(view: TimelineView, into: boolean): Change | null {
  const head = selectedHead(view);
  const { selected } = view;
  if (selected === null) return null;
  if (into) {
    if (!head) return null;
    return head.open ? withMove(view, 1, 0) : withFolded(view, selected, true);
  }
  if (head) return head.open ? withFolded(view, selected, false) : null;
  const lines = linesOf(view);
  const outer = lines.at(lines.lineOf(indexOf(view.rows, selected), true));
  if (outer?.what !== 'head') return null;
  return { selected: view.rows[outer.index]?.seq ?? selected, onHead: true };
}
