import { endOfDay, startOfDay } from '../time.ts';
import type { Missing } from './missing.ts';
import type { Row } from './rows.ts';

/** Where something stands in the list, in CSS pixels from its top. */
type Place = { readonly top: number; readonly height: number };
export type Day = Place & { readonly what: 'day'; readonly start: number };
/** `index` is the row's among all rows. */
export type RowPlace = Place & { readonly what: 'row'; readonly index: number };
export type Item =
  | Day
  | RowPlace
  | (Place & { readonly what: 'missing'; readonly missing: Missing });

/** Rows one below the other: a hundred thousand places would fill the memory, and a few of them are looked at. `height` is one row's. */
type Run = Place & { readonly what: 'rows'; readonly index: number; readonly count: number };

/** Everything of a kind is equally high, so nothing has to be measured. In CSS pixels. */
export type Heights = { readonly day: number; readonly row: number; readonly missing: number };

/** Where the next item goes: below which day's header, and after how many of what is missing. */
type Pen = { readonly top: number; readonly day: Day | null; readonly told: number };

type Block = {
  readonly begin: Pen;
  readonly end: Pen;
  readonly items: readonly (Exclude<Item, RowPlace> | Run)[];
  readonly count: number;
  readonly firstSeq: number;
  readonly lastSeq: number;
};

/**
 * Where a hundred thousand rows stand. It is made of blocks, so that another page of rows costs only its own: everything else is
 * taken over from the layout before.
 */
export type Layout = {
  readonly heights: Heights;
  readonly missing: readonly Missing[];
  readonly blocks: readonly Block[];
  readonly height: number;
};

const blockRows = 256;
const start: Pen = { top: 0, day: null, told: 0 };

/**
 * Rows with a header before the first of each day, newest first, and what is missing (newest first) between the rows it lies
 * between. What is missing before the oldest row waits until the rows of its time are there; below the last row of all (`whole`)
 * damage is still told, because there were events.
 */
export function layOut(
  rows: readonly Row[],
  missing: readonly Missing[],
  heights: Heights,
  whole: boolean,
  before: Layout | null,
): Layout {
  const comparable = before?.heights === heights && before.missing === missing;
  const known = comparable ? before.blocks : [];
  const blocks: Block[] = [];
  let pen = start;
  for (let from = 0; from < rows.length; from += blockRows) {
    const to = Math.min(from + blockRows, rows.length);
    const old = known[blocks.length];
    const stays =
      old?.begin === pen &&
      old.count === to - from &&
      old.firstSeq === rows[from]?.seq &&
      old.lastSeq === rows[to - 1]?.seq;
    const block = stays ? old : blockOf(rows, from, to, missing, heights, pen);
    blocks.push(block);
    pen = block.end;
  }
  if (whole) {
    const tail = tailOf(missing, heights, pen);
    blocks.push(tail);
    pen = tail.end;
  }
  return { heights, missing, blocks, height: pen.top };
}

function tailOf(missing: readonly Missing[], heights: Heights, begin: Pen): Block {
  const items: Block['items'] = missing
    .slice(begin.told)
    .filter(({ damaged }) => damaged)
    .map((one, at) => ({
      what: 'missing',
      missing: one,
      top: begin.top + at * heights.missing,
      height: heights.missing,
    }));
  const end = { ...begin, top: begin.top + items.length * heights.missing, told: missing.length };
  return { begin, end, items, count: 0, firstSeq: 0, lastSeq: 0 };
}

function blockOf(
  rows: readonly Row[],
  from: number,
  to: number,
  missing: readonly Missing[],
  heights: Heights,
  begin: Pen,
): Block {
  const items: Block['items'][number][] = [];
  let { top, day, told } = begin;
  let dayEnds = day === null ? 0 : endOfDay(day.start);
  let first = from;
  const endRun = (index: number) => {
    const count = index - first;
    const { row: height } = heights;
    if (count > 0)
      items.push({ what: 'rows', index: first, count, top: top - count * height, height });
    first = index;
  };
  for (let index = from; index < to; index += 1) {
    const { receivedAt = 0 } = rows[index] ?? {};
    for (let next = missing[told]; next && next.to > receivedAt; next = missing[told]) {
      endRun(index);
      items.push({ what: 'missing', missing: next, top, height: heights.missing });
      top += heights.missing;
      told += 1;
    }
    if (day === null || receivedAt < day.start || receivedAt >= dayEnds) {
      endRun(index);
      day = { what: 'day', start: startOfDay(receivedAt), top, height: heights.day };
      dayEnds = endOfDay(day.start);
      items.push(day);
      top += heights.day;
    }
    top += heights.row;
  }
  endRun(to);
  return {
    begin,
    end: { top, day, told },
    items,
    count: to - from,
    firstSeq: rows[from]?.seq ?? 0,
    lastSeq: rows[to - 1]?.seq ?? 0,
  };
}

/** What stands between two heights, from the top. */
export function itemsBetween({ blocks }: Layout, from: number, to: number): Item[] {
  const first = blocks.findIndex(({ end }) => end.top > from);
  if (first < 0) return [];
  const items: Item[] = [];
  for (let at = first; ; at += 1) {
    const block = blocks[at];
    if (!block || block.begin.top >= to) return items;
    for (const item of block.items) {
      if (item.what === 'rows') items.push(...rowsBetween(item, from, to));
      else if (item.top < to && item.top + item.height > from) items.push(item);
    }
  }
}

const rowIn = ({ index: first, top, height }: Run, index: number): RowPlace => ({
  what: 'row',
  index,
  top: top + (index - first) * height,
  height,
});

function rowsBetween(run: Run, from: number, to: number): RowPlace[] {
  const first = Math.max(0, Math.floor((from - run.top) / run.height));
  const end = Math.min(run.count, Math.ceil((to - run.top) / run.height));
  return Array.from({ length: Math.max(0, end - first) }, (_, at) =>
    rowIn(run, run.index + first + at),
  );
}

/** The header that what stands at this height belongs under. */
export function dayAt({ blocks }: Layout, top: number): Day | null {
  const block = blocks.find(({ end }) => end.top > top) ?? blocks.at(-1);
  const within = block?.items.findLast((item) => item.what === 'day' && item.top <= top);
  return within?.what === 'day' ? within : (block?.begin.day ?? null);
}

/** Where the row of this index stands; undefined when there is none. */
export function placeOfRow({ blocks }: Layout, index: number): RowPlace | undefined {
  for (const item of blocks[Math.floor(index / blockRows)]?.items ?? []) {
    const isIn = item.what === 'rows' && index >= item.index && index < item.index + item.count;
    if (isIn) return rowIn(item, index);
  }
  return undefined;
}
