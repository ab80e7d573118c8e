import { expect, test } from 'vitest';
import {
  dayAt,
  type Item,
  itemsBetween,
  type Layout,
  layOut,
  placeOfRow,
} from '../../renderer/timeline/layout.ts';
import { append, insert, type Row, toRow } from '../../renderer/timeline/rows.ts';
import { day, entryOf, hour, noon } from './entries.ts';

const heights = { day: 28, row: 52, missing: 20 };
const none: never[] = [];
const at = (seq: number, receivedAt = noon) => entryOf({}, { seq, receivedAt });
const timesOf = (rows: Row[]) => rows.map(({ receivedAt }) => receivedAt);
const lay = (rows: Row[]) => layOut(timesOf(rows), none, heights, false);
const dayOf = (start: number) => new Date(start).getDate();
const everything = (layout: Layout) => itemsBetween(layout, 0, layout.height);
const named = (rows: Row[]) => (item: Item) =>
  item.what === 'row' ? rows[item.index]?.seq : item.what;

/** So many rows, one every half hour, the newest first. */
const many = (count: number) =>
  Array.from({ length: count }, (_, index) => at(count - index, noon - index * (hour / 2)));

test('each day begins with its header', () => {
  const rows = [at(4), at(3, noon - hour), at(2, noon - day), at(1, noon - 3 * day)].map(toRow);
  expect(everything(lay(rows)).map(named(rows))).toEqual(['day', 4, 3, 'day', 2, 'day', 1]);
});

test('every row stands under its own day, also after a clock was set back or an older entry was admitted later', () => {
  const rows = [at(3, noon - day), at(2, noon), at(1, noon - day)].map(toRow);
  const layout = lay(rows);
  expect(everything(layout).map(named(rows))).toEqual(['day', 3, 'day', 2, 'day', 1]);
});

test('a gap lies between the rows of its time', () => {
  const rows = [at(3), at(2, noon - 2 * hour), at(1, noon - 5 * hour)].map(toRow);
  const missing = [
    { from: noon - hour, to: noon - hour / 2, words: '', damaged: false },
    { from: noon - 4 * hour, to: noon - 3 * hour, words: '', damaged: false },
    { from: noon - 9 * hour, to: noon - 8 * hour, words: '', damaged: false },
  ];
  const layout = layOut(timesOf(rows), missing, heights, false);
  expect(everything(layout).map(named(rows))).toEqual(['day', 3, 'missing', 2, 'missing', 1]);
});

test('a gap stands under the day it ended on, also where nothing else came that day', () => {
  const rows = [at(2), at(1, noon - 3 * day)].map(toRow);
  const gap = (from: number, to: number) => ({ from, to, words: '', damaged: false });
  const names = (missing: ReturnType<typeof gap>[]) =>
    everything(layOut(timesOf(rows), missing, heights, false)).map((item) =>
      item.what === 'day' ? dayOf(item.start) : named(rows)(item),
    );
  expect(names([gap(noon - day - hour, noon - day)])).toEqual([...[21, 2, 20, 'missing', 18, 1]]);
  expect(names([gap(noon - 3 * day + hour, noon - 3 * day + 2 * hour)])).toEqual([
    ...[21, 2, 18, 'missing', 1],
  ]);
  expect(names([gap(noon + hour, noon + day)])).toEqual([22, 'missing', 21, 2, 18, 1]);
  expect(names([gap(noon - day, noon - hour)])).toEqual([21, 2, 'missing', 18, 1]);
});

test('below the oldest row of all only damage is placed', () => {
  const rows = [at(2), at(1, noon - hour)].map(toRow);
  const spans = [
    { from: noon - 4 * hour, to: noon - 3 * hour, words: 'a gap', damaged: false },
    { from: noon - 6 * hour, to: noon - 5 * hour, words: 'damage', damaged: true },
  ];
  const names = (whole: boolean) =>
    everything(layOut(timesOf(rows), spans, heights, whole)).map(named(rows));
  expect(names(false)).toEqual(['day', 2, 1]);
  expect(names(true)).toEqual(['day', 2, 1, 'missing']);
  const [, , , tail] = everything(layOut(timesOf(rows), spans, heights, true));
  expect(tail).toMatchObject({ top: 28 + 2 * 52, missing: { words: 'damage' } });
});

test('items follow each other without a hole', () => {
  const layout = lay(many(1000).map(toRow));
  let bottom = 0;
  for (const { top, height } of everything(layout)) {
    expect(top).toBe(bottom);
    bottom += height;
  }
  expect(bottom).toBe(layout.height);
});

test('only items in view are listed', () => {
  const layout = lay(many(1000).map(toRow));
  const all = everything(layout);
  for (const from of [0, 13_300, 26_610, layout.height - 720]) {
    const inView = all.filter(({ top, height }) => top < from + 720 && top + height > from);
    expect(itemsBetween(layout, from, from + 720)).toEqual(inView);
  }
  expect(itemsBetween(layout, layout.height + 1, layout.height + 720)).toEqual([]);
});

test('the sticky header is that of the day in view', () => {
  const layout = lay(many(1000).map(toRow));
  for (const item of everything(layout).filter(({ what }) => what === 'row')) {
    const before = everything(layout).filter(({ what, top }) => what === 'day' && top < item.top);
    expect(dayAt(layout, item.top)).toBe(before.at(-1));
  }
});

test('the place of a row is where it is drawn', () => {
  const layout = lay(many(1000).map(toRow));
  const drawn = everything(layout).filter((item) => item.what === 'row' && item.index === 700);
  expect(placeOfRow(layout, 700)).toEqual(drawn[0]);
  expect(placeOfRow(layout, 1000)).toBeUndefined();
  expect(placeOfRow(layout, -1)).toBeUndefined();
});

test('pages and new rows, put together, are laid out like all rows at once', () => {
  const entries = many(1000);
  const some = entries.slice(1, 500).map(toRow);
  const all = insert(append(some, entries.slice(500)), entries.slice(0, 1), null);
  expect(everything(lay(all))).toEqual(everything(lay(entries.map(toRow))));
});

test('the rows below a removed row move up', () => {
  const rows = many(1000).map(toRow);
  const fewer = lay(rows.filter(({ seq }) => seq !== 400));
  expect(fewer.height).toBe(lay(rows).height - heights.row);
  expect(placeOfRow(fewer, 700)?.top).toBe((placeOfRow(lay(rows), 701)?.top ?? 0) - heights.row);
});
