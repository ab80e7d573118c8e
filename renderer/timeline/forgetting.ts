import type { TimelineView } from './timeline-state.ts';

type Part = Pick<TimelineView, 'rows' | 'waiting' | 'selected' | 'opened'>;

/**
 * The list without the rows up to a number, which are not kept any more. What is chosen goes with its row, but what is open
 * stays open, to say that it is gone.
 */
export function withoutForgotten(view: Part, upTo: number): Partial<TimelineView> {
  const { rows, waiting, selected, opened } = view;
  const isKept = ({ seq }: { seq: number }): boolean => seq > upTo;
  const isChosenGone = selected !== null && !isKept({ seq: selected });
  return {
    rows: rows.every(isKept) ? rows : rows.filter(isKept),
    waiting: waiting.every(isKept) ? waiting : waiting.filter(isKept),
    selected: isChosenGone && !opened ? null : selected,
  };
}
