import { expect, test } from 'vitest';
import { createTimeline } from '../../renderer/timeline/create-timeline.ts';
import { bareRows, searchUpTo } from '../../renderer/timeline/whole.ts';
import { parseQuery } from '../../shared/query.ts';
import { virtualClock } from '../support/clock.ts';
import { entryOf, hour, minute, noon } from './entries.ts';
import { fakeMain } from './fake-main.ts';

const entry = (seq: number) => entryOf({}, { seq, receivedAt: noon + seq * minute });

test('rows without entries are newest first, with times between the first and the last of their span', () => {
  const rows = bareRows({
    spans: [
      {
        ranges: [
          [1, 2],
          [4, 4],
        ],
        firstAt: noon,
        lastAt: noon + 2 * hour,
      },
      { ranges: [[5, 5]], firstAt: noon + 9 * hour, lastAt: noon + 9 * hour },
    ],
    late: [],
  });
  expect(rows.map(({ seq, receivedAt }) => [seq, (receivedAt - noon) / hour])).toEqual([
    [5, 9],
    [4, 2],
    [2, 1],
    [1, 0],
  ]);
  expect(rows.every((row) => row.entry === null)).toBe(true);
});

test('an entry that was admitted later has its row where it came', () => {
  const rows = bareRows({
    spans: [{ ranges: [[1, 3]], firstAt: noon, lastAt: noon + 2 * hour }],
    late: [{ seq: 4, cameAfter: [2, 1] }],
  });
  expect(rows.map(({ seq }) => seq)).toEqual([3, 4, 2, 1]);
});

test('a search goes on with a day in the place of an earlier one', () => {
  const day = new Date(2026, 10, 12).getTime();
  const upTo = (text: string) => searchUpTo(parseQuery(text, noon), day);
  expect(upTo('kraken')).toBe('kraken before:2026-11-13');
  expect(upTo('before:7d kraken')).toBe('kraken before:2026-11-13');
});

const openedWith = async (newest: number, oldest: number) => {
  const [main, time] = [fakeMain(), virtualClock()];
  const timeline = createTimeline(main.ask, time, () => {});
  const settle = () => time.pass(0);
  void timeline.load();
  const entries = Array.from({ length: newest - oldest + 1 }, (_, at) => entry(newest - at));
  main.take('timeline').answer({ entries, before: { seq: oldest } });
  await settle();
  return { main, timeline, settle, rows: () => timeline.view.get().rows };
};
const all = (last: number) => ({
  spans: [{ ranges: [[1, last] as const], firstAt: noon, lastAt: noon + last * minute }],
  late: [],
});

test('the timeline gets all its rows after the first page, and the end of it is one step away', async () => {
  const { main, timeline, settle, rows } = await openedWith(5000, 4801);
  void timeline.extend();
  main.take('extent').answer(all(5000));
  await settle();
  expect(rows()).toHaveLength(5000);
  expect(timeline.view.get().before).toBeNull();
  timeline.move(Number.POSITIVE_INFINITY);
  expect(timeline.view.get().selected).toBe(1);

  void timeline.look(4990, 4999);
  const question = main.take('timeline');
  question.answer({ entries: Array.from({ length: 99 }, (_, at) => entry(99 - at)), before: null });
  await settle();
  expect(rows().at(-1)?.entry?.seq).toBe(1);
});

test('a row without an entry goes where there turns out to be none', async () => {
  const { main, timeline, settle, rows } = await openedWith(300, 101);
  void timeline.extend();
  main.take('extent').answer(all(300));
  await settle();
  void timeline.look(295, 299);
  main.take('timeline').answer({ entries: [entry(9), entry(7)], before: null });
  await settle();
  expect(
    rows()
      .slice(-2)
      .map(({ seq }) => seq),
  ).toEqual([9, 7]);
});

test('the window comes back with the row at its top that was there', async () => {
  const [main, time] = [fakeMain(), virtualClock()];
  const timeline = createTimeline(main.ask, time, () => {});
  void timeline.restore({ query: '', selected: 290, opened: true, top: 42 });
  main.take('timeline').answer({
    entries: Array.from({ length: 200 }, (_, at) => entry(300 - at)),
    before: { seq: 101 },
  });
  await time.pass(0);
  main.take('extent').answer(all(300));
  await time.pass(0);
  expect(timeline.view.get()).toMatchObject({ selected: 290, opened: true });
  expect(timeline.position.anchor).toBe(42);
  expect(timeline.left()).toEqual({ query: '', selected: 290, opened: true, top: 42 });
});

test('a day without events is told from one with events, and from one before all', async () => {
  const { main, timeline, settle } = await openedWith(300, 101);
  const dayStart = new Date(2026, 10, 21).getTime();
  const jump = async (found: ReturnType<typeof entry> | null) => {
    const jumped = timeline.jumpTo(dayStart);
    main.take('entryBefore').answer(found);
    await settle();
    if (main.waiting().includes('extent')) main.take('extent').answer(all(300));
    return jumped;
  };
  expect(await jump(entryOf({}, { seq: 120, receivedAt: dayStart + hour }))).toBe('there');
  expect(timeline.view.get().selected).toBe(120);
  expect(await jump(entryOf({}, { seq: 110, receivedAt: dayStart - 1 }))).toBe('nothing-that-day');
  expect(await jump(null)).toBe('nothing-before');
});
