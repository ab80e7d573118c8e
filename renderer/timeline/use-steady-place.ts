import { type RefObject, useLayoutEffect, useRef } from 'react';
import { itemsBetween, type Layout, placeOfRow } from './layout.ts';
import type { Lines } from './lines.ts';
import { indexOf, type Row } from './rows.ts';
import type { ListPosition } from './view.ts';

/** CSS pixels. At the top, new rows move the others down. */
const atTopWithin = 4;

type Drawn = { readonly layout: Layout; readonly lines: Lines; readonly rows: readonly Row[] };

/**
 * Keeps the first line in view where it is when lines above it come, go, fold, or turn out to be of another day; and brings the row to
 * the top that the list is to begin with.
 */
export function useSteadyPlace(
  scroller: RefObject<HTMLElement | null>,
  { layout, lines, rows }: Drawn,
  position: ListPosition,
): void {
  const drawn = useRef<Drawn>({ layout, lines, rows });
  useLayoutEffect(() => {
    const list = scroller.current;
    const before = drawn.current;
    drawn.current = { layout, lines, rows };
    if (!list) return;
    if (position.anchor !== null) {
      const place = placeOfRow(layout, lines.lineOf(indexOf(rows, position.anchor), false));
      if (!place) return;
      list.scrollTop = place.top - layout.heights.day;
      position.anchor = null;
      return;
    }
    if (before.layout === layout || list.scrollTop <= atTopWithin) return;
    const by = shiftBetween(before, drawn.current, list.scrollTop + layout.heights.day);
    if (by !== 0) list.scrollTop += by;
  }, [scroller, layout, lines, rows, position]);
}

/** By how much the first line below `top` that is still there has moved. */
function shiftBetween(before: Drawn, now: Drawn, top: number): number {
  if (before.layout.heights !== now.layout.heights) return 0;
  for (const item of itemsBetween(before.layout, top, top + 600)) {
    const line = item.what === 'row' ? before.lines.at(item.index) : undefined;
    const seq = line && before.rows[line.index]?.seq;
    if (!line || seq === undefined) continue;
    const index = indexOf(now.rows, seq);
    const number = now.lines.lineOf(index, line.what === 'head');
    // A row that is folded now is shown by the head of its group, which may be far above.
    if (line.what !== 'head' && now.lines.at(number)?.index !== index) continue;
    const place = placeOfRow(now.layout, number);
    if (place) return place.top - item.top;
  }
  return 0;
}
