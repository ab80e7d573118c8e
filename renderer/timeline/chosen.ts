import { indexOf } from './rows.ts';
import type { TimelineView } from './view.ts';

type Change = Partial<TimelineView>;
type Chosen = Pick<TimelineView, 'rows' | 'selected' | 'chosen' | 'chosenFrom'>;

export const nobody: ReadonlySet<number> = new Set();

/** Chooses a row, or leaves it out; a range begins there. */
export function withChoice({ chosen }: Chosen, seq: number | null): Change | null {
  if (seq === null) return null;
  const next = new Set(chosen);
  if (!next.delete(seq)) next.add(seq);
  return { chosen: next, chosenFrom: seq, selected: seq };
}

/** Chooses all rows from the one that was chosen last to this one. */
export function withRangeTo(view: Chosen, seq: number | null): Change | null {
  if (seq === null) return null;
  const { rows, chosen, chosenFrom, selected } = view;
  const from = indexOf(rows, chosenFrom ?? selected ?? seq);
  const to = indexOf(rows, seq);
  if (from < 0 || to < 0) return withChoice(view, seq);
  const range = rows.slice(Math.min(from, to), Math.max(from, to) + 1);
  return {
    chosen: new Set([...chosen, ...range.map((row) => row.seq)]),
    chosenFrom: rows[from]?.seq ?? null,
    selected: seq,
  };
}

/** What a command acts on: the chosen rows, else the selected one. */
export function actedOn({ chosen, selected }: Pick<Chosen, 'chosen' | 'selected'>): number[] {
  if (chosen.size > 0) return [...chosen];
  return selected === null ? [] : [selected];
}
