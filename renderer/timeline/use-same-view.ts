import { type RefObject, useLayoutEffect, useRef } from 'react';
import { itemsBetween, type Layout, placeOfRow } from './layout.ts';
import type { Lines } from './lines.ts';
import { indexOf, type Row } from './rows.ts';

type Shown = { layout: Layout; lines: Lines; rows: readonly Row[] };

/** Keeps the first line in view where it is when lines above it come or go, as when an older page makes an open group longer. */
export function useSameView(
  scroller: RefObject<HTMLElement | null>,
  layout: Layout,
  lines: Lines,
  rows: readonly Row[],
): void {
  const before = useRef<Shown>({ layout, lines, rows });
  useLayoutEffect(() => {
    const was = before.current;
    before.current = { layout, lines, rows };
    const list = scroller.current;
    // At the top what is new comes into view.
    if (!list || was.layout === layout || list.scrollTop <= atTopWithin) return;
    const moved = movedBy(was, before.current, list.scrollTop);
    if (moved !== 0) list.scrollTop += moved;
  }, [scroller, layout, lines, rows]);
}

/** CSS pixels. */
const atTopWithin = 4;

function movedBy(was: Shown, now: Shown, top: number): number {
  const first = itemsBetween(was.layout, top, top + was.layout.heights.row * 2).find(
    ({ what }) => what === 'row',
  );
  const line = first?.what === 'row' ? was.lines.at(first.index) : undefined;
  const seq = line && was.rows[line.index]?.seq;
  if (!first || !line || seq === undefined) return 0;
  const place = placeOfRow(
    now.layout,
    now.lines.lineOf(indexOf(now.rows, seq), line.what === 'head'),
  );
  const isAsHigh = was.layout.heights === now.layout.heights;
  return place && isAsHigh ? place.top - first.top : 0;
}
