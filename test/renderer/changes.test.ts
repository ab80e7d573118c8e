import { expect, test } from 'vitest';
import { withoutForgotten } from '../../renderer/timeline/changes.ts';
import { toRow } from '../../renderer/timeline/rows.ts';
import type { TimelineView } from '../../renderer/timeline/view.ts';
import { entryOf } from './entries.ts';

const rows = (...seqs: number[]) => seqs.map((seq) => toRow(entryOf({}, { seq })));
const seqs = (of: readonly { seq: number }[] | undefined) => of?.map(({ seq }) => seq);
const view = (more: Partial<TimelineView> = {}) => ({
  rows: rows(5, 4, 3, 2, 1),
  waiting: [],
  selected: null,
  opened: false,
  ...more,
});

test('removed entries leave by their number, and the others stay in order', () => {
  expect(seqs(withoutForgotten(view(), 2).rows)).toEqual([5, 4, 3]);
  const admittedLate = view({ rows: rows(5, 2, 4, 1, 3) });
  expect(seqs(withoutForgotten(admittedLate, 3).rows)).toEqual([5, 4]);
  const waiting = [3, 4].map((seq) => entryOf({}, { seq }));
  expect(seqs(withoutForgotten(view({ waiting }), 3).waiting)).toEqual([4]);
});

test('a list without removed entries stays the same', () => {
  const shown = view();
  expect(withoutForgotten(shown, 0).rows).toBe(shown.rows);
});

test('a selection goes with its row, and an open event stays open', () => {
  expect(withoutForgotten(view({ selected: 2 }), 2).selected).toBeNull();
  expect(withoutForgotten(view({ selected: 3 }), 2).selected).toBe(3);
  expect(withoutForgotten(view({ selected: 2, opened: true }), 2).selected).toBe(2);
});
