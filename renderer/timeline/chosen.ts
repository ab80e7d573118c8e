import { type Line, type Lines, linesOf } from './lines.ts';
import { indexOf } from './rows.ts';
import type { ChosenLine, TimelineView } from './view.ts';

type Change = Partial<TimelineView>;

export const nobody: ReadonlySet<number> = new Set();

export const selectedLineOf = ({
  selected,
  onHead,
}: Pick<TimelineView, 'selected' | 'onHead'>): ChosenLine | null =>
  selected === null ? null : { seq: selected, onHead };

const numberOf = (view: TimelineView, lines: Lines, { seq, onHead }: ChosenLine): number =>
  lines.lineOf(indexOf(view.rows, seq), onHead);

/** The sequence numbers that a line stands for. */
function seqsOf({ rows }: TimelineView, line: Line | undefined): number[] {
  if (!line) return [];
  const indexes = line.what === 'head' ? line.group.members : [line.index];
  return indexes.flatMap((index) => rows[index]?.seq ?? []);
}

/** Chooses a line, or leaves it out; a range begins there. */
export function withChoice(view: TimelineView, one: ChosenLine | null): Change | null {
  if (one === null) return null;
  const lines = linesOf(view);
  const found = seqsOf(view, lines.at(numberOf(view, lines, one)));
  const seqs = found.length > 0 ? found : [one.seq];
  const next = new Set(view.chosen);
  const isChosen = seqs.every((seq) => next.has(seq));
  for (const seq of seqs) {
    if (isChosen) next.delete(seq);
    else next.add(seq);
  }
  return { chosen: next, chosenFrom: one, selected: one.seq, onHead: one.onHead };
}

/** Chooses all lines from the one that was chosen last to this one. */
export function withRangeTo(view: TimelineView, one: ChosenLine | null): Change | null {
  if (one === null) return null;
  const lines = linesOf(view);
  const begin = view.chosenFrom ?? selectedLineOf(view) ?? one;
  const from = numberOf(view, lines, begin);
  const to = numberOf(view, lines, one);
  if (from < 0 || to < 0) return withChoice(view, one);
  const [first, last] = [Math.min(from, to), Math.max(from, to)];
  const range = Array.from({ length: last - first + 1 }, (_, at) => lines.at(first + at));
  return {
    chosen: new Set([...view.chosen, ...range.flatMap((line) => seqsOf(view, line))]),
    chosenFrom: begin,
    selected: one.seq,
    onHead: one.onHead,
  };
}

/** What a command acts on: what is chosen, else what the selected line stands for. */
export function actedOn(view: TimelineView): number[] {
  if (view.chosen.size > 0) return [...view.chosen];
  const one = selectedLineOf(view);
  if (one === null) return [];
  const lines = linesOf(view);
  const found = one.onHead ? seqsOf(view, lines.at(numberOf(view, lines, one))) : [];
  return found.length > 0 ? found : [one.seq];
}
