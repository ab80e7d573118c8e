import { endOfDay, startOfDay } from '../time.ts';
import type { Missing } from '../words/missing.ts';

/** Where something stands in the list, in CSS pixels from its top. */
type Place = { readonly top: number; readonly height: number };
export type Day = Place & { readonly what: 'day'; readonly start: number };
type MissingPlace = Place & { readonly what: 'missing'; readonly missing: Missing };
/** `index` is the line's among all lines. */
export type RowPlace = Place & { readonly what: 'row'; readonly index: number };
export type Item = Day | RowPlace | MissingPlace;

/** Neighbouring rows as one item, because a hundred thousand places would fill the memory. */
type Run = Place & { readonly what: 'rows'; readonly index: number; readonly count: number };
type Stretch = Day | MissingPlace | Run;

/** CSS pixels. Everything of a kind has the same height, so nothing has to be measured. */
export type Heights = { readonly day: number; readonly row: number; readonly missing: number };

export type Layout = {
  readonly heights: Heights;
  /** From the top, without a hole. */
  readonly stretches: readonly Stretch[];
  readonly height: number;
};

/**
 * Places lines (newest first, `times` in epoch ms), a header before the first line of each day, and what is missing (newest first)
 * between the lines it lies between, under the day it ended on. What is missing before the oldest line is left out until the lines of
 * its time are there; below the last line of all (`whole`) only damage is placed, because there were events.
 */
export function layOut(
  times: ArrayLike<number>,
  missing: readonly Missing[],
  heights: Heights,
  whole: boolean,
): Layout {
  const stretches: Stretch[] = [];
  let top = 0;
  let placed = 0;
  let dayStart = 0;
  let dayEnd = 0;
  let first = 0;

  const endRun = (index: number) => {
    const count = index - first;
    const height = count * heights.row;
    if (count > 0) stretches.push({ what: 'rows', index: first, count, top, height });
    top += height;
    first = index;
  };
  const placeDay = (at: number) => {
    dayStart = startOfDay(at);
    dayEnd = endOfDay(dayStart);
    stretches.push({ what: 'day', start: dayStart, top, height: heights.day });
    top += heights.day;
  };
  const placeMissing = (one: Missing) => {
    // Below a line that a clock dated earlier no header is repeated.
    if (dayEnd === 0 || one.to < dayStart) placeDay(one.to);
    stretches.push({ what: 'missing', missing: one, top, height: heights.missing });
    top += heights.missing;
  };

  for (let index = 0; index < times.length; index += 1) {
    const receivedAt = times[index] ?? 0;
    for (let next = missing[placed]; next && next.to > receivedAt; next = missing[placed]) {
      endRun(index);
      placeMissing(next);
      placed += 1;
    }
    if (receivedAt < dayStart || receivedAt >= dayEnd) {
      endRun(index);
      placeDay(receivedAt);
    }
  }
  endRun(times.length);
  if (whole) for (const one of missing.slice(placed)) if (one.damaged) placeMissing(one);
  return { heights, stretches, height: top };
}

/** The index of the first stretch that ends below `top`. */
function stretchAt(stretches: readonly Stretch[], top: number): number {
  let [low, high] = [0, stretches.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const stretch = stretches[middle];
    if (stretch && stretch.top + stretch.height <= top) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function itemsBetween(layout: Layout, from: number, to: number): Item[] {
  const { stretches, heights } = layout;
  const items: Item[] = [];
  for (let at = stretchAt(stretches, from); ; at += 1) {
    const stretch = stretches[at];
    if (!stretch || stretch.top >= to) return items;
    if (stretch.what === 'rows') items.push(...rowsBetween(stretch, heights.row, from, to));
    else items.push(stretch);
  }
}

const rowIn = (run: Run, height: number, index: number): RowPlace => ({
  what: 'row',
  index,
  top: run.top + (index - run.index) * height,
  height,
});

function rowsBetween(run: Run, height: number, from: number, to: number): RowPlace[] {
  const first = Math.max(0, Math.floor((from - run.top) / height));
  const end = Math.min(run.count, Math.ceil((to - run.top) / height));
  return Array.from({ length: Math.max(0, end - first) }, (_, at) =>
    rowIn(run, height, run.index + first + at),
  );
}

export function dayAt({ stretches }: Layout, top: number): Day | null {
  for (let at = stretchAt(stretches, top); at >= 0; at -= 1) {
    const stretch = stretches[at];
    if (stretch?.what === 'day' && stretch.top <= top) return stretch;
  }
  return null;
}

/** Where the line of this index stands; undefined when there is none. */
export function placeOfRow({ stretches, heights }: Layout, index: number): RowPlace | undefined {
  for (const stretch of stretches) {
    const isIn =
      stretch.what === 'rows' && index >= stretch.index && index < stretch.index + stretch.count;
    if (isIn) return rowIn(stretch, heights.row, index);
  }
  return undefined;
}
