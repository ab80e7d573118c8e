import { type RefObject, useEffect } from 'react';
import { type Layout, placeOfRow } from './layout.ts';
import type { ListPosition } from './view.ts';

const underLast = 4;

/** Scrolls a newly selected row into view. A row that arrives above it never scrolls. `index`: of the selected row, or -1. */
export function useSelectionInView(
  scroller: RefObject<HTMLElement | null>,
  layout: Layout,
  selected: number | null,
  index: number,
  position: ListPosition,
): void {
  useEffect(() => {
    if (selected === null) position.shown = null;
    const place = placeOfRow(layout, index);
    const list = scroller.current;
    if (!place || !list || position.shown === selected) return;
    position.shown = selected;
    const highest = place.top - layout.heights.day;
    const lowest = place.top + place.height + underLast - list.clientHeight;
    if (list.scrollTop > highest) list.scrollTop = highest;
    else if (list.scrollTop < lowest) list.scrollTop = lowest;
  }, [scroller, layout, selected, index, position]);
}
