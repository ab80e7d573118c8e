import { type RefObject, useLayoutEffect, useRef } from 'react';
import { itemsBetween, type Layout, placeOfRow } from './layout.ts';
import { indexOf, type Row } from './rows.ts';
import type { ListPosition } from './view.ts';

/** CSS pixels. At the top, new rows move the others down. */
const atTopWithin = 4;

/**
 * Keeps the first row in view where it is when rows above it come, go, or turn out to be of another day; and brings the row to the
 * top that the list is to begin with.
 */
export function useSteadyPlace(
  scroller: RefObject<HTMLElement | null>,
  layout: Layout,
  rows: Row[],
  position: ListPosition,
): void {
  const drawn = useRef({ layout, rows });
  useLayoutEffect(() => {
    const list = scroller.current;
    const before = drawn.current;
    drawn.current = { layout, rows };
    if (!list) return;
    if (position.anchor !== null) {
      const place = placeOfRow(layout, indexOf(rows, position.anchor));
      if (!place) return;
      list.scrollTop = place.top - layout.heights.day;
      position.anchor = null;
      return;
    }
    if (before.layout === layout || list.scrollTop <= atTopWithin) return;
    const by = shiftBetween(before, { layout, rows }, list.scrollTop + layout.heights.day);
    if (by !== 0) list.scrollTop += by;
  }, [scroller, layout, rows, position]);
}

type Drawn = { readonly layout: Layout; readonly rows: Row[] };

/** By how much the first row below `top` that is still there has moved. */
function shiftBetween(before: Drawn, now: Drawn, top: number): number {
  for (const item of itemsBetween(before.layout, top, top + 600)) {
    const row = item.what === 'row' ? before.rows[item.index] : undefined;
    const place = row && placeOfRow(now.layout, indexOf(now.rows, row.seq));
    if (place) return place.top - item.top;
  }
  return 0;
}
