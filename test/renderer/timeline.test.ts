import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { TimelineQuestion } from '../../renderer/timeline/core.ts';
import { createTimeline, type Timeline } from '../../renderer/timeline/create-timeline.ts';
import { linesOf } from '../../renderer/timeline/lines.ts';
import { waitingAtMost } from '../../renderer/timeline/view.ts';
import type { Answer } from '../../shared/ipc.ts';
import type { TimelineEntry, TimelinePage } from '../../shared/timeline.ts';
import { virtualClock } from '../support/clock.ts';
import { entryOf, minute, noon } from './entries.ts';
import { fakeMain } from './fake-main.ts';

const entry = (seq: number, more: Parameters<typeof entryOf>[1] = {}) =>
  entryOf({}, { seq, receivedAt: noon + seq * minute, ...more });
/** Newest first, both included. */
const entries = (newest: number, oldest: number) =>
  Array.from({ length: newest - oldest + 1 }, (_, index) => entry(newest - index));
const page = (newest: number, oldest: number, isLast = oldest === 1) => ({
  entries: entries(newest, oldest),
  before: isLast ? null : { seq: oldest },
});
const empty = { entries: [], before: null };

let main: ReturnType<typeof fakeMain>;
let time: ReturnType<typeof virtualClock>;
let spoken: string[];
let timeline: Timeline;

beforeEach(() => {
  main = fakeMain();
  time = virtualClock();
  spoken = [];
  timeline = createTimeline(main.ask, time, (words) => spoken.push(words));
  vi.spyOn(console, 'error').mockImplementation(() => {});
});

afterEach(() => {
  vi.restoreAllMocks();
});

const view = () => timeline.view.get();
const rows = () => view().rows.map(({ seq }) => seq);
const waiting = () => view().waiting.map(({ seq }) => seq);
const answer = async <N extends TimelineQuestion>(name: N, value: Answer<N>) => {
  main.take(name).answer(value);
  await time.pass(0);
};
const opened = async (first: TimelinePage = page(3, 1)) => {
  void timeline.load();
  await answer('timeline', first);
};
const arrive = async (...added: TimelineEntry[]) => {
  timeline.hear({ what: 'added', entries: added });
  await time.pass(0);
};
const searched = async (text: string, first: TimelinePage) => {
  timeline.search(text);
  await time.pass(0);
  await answer('timeline', first);
};

describe('pages', () => {
  test('the first page is asked for from the top, and its rows are ready', async () => {
    void timeline.load();
    expect(view()).toMatchObject({ status: 'loading', reading: true });
    const question = main.take('timeline');
    expect(question.input).toEqual({ before: null, query: '' });
    question.answer(page(3, 1));
    await time.pass(0);
    expect(rows()).toEqual([3, 2, 1]);
    expect(view()).toMatchObject({ status: 'ready', reading: false, before: null });
  });

  test('short pages are followed by others until 200 rows are there', async () => {
    await opened(page(500, 401, false));
    expect(view().reading).toBe(true);
    await answer('timeline', { entries: [], before: { seq: 350 } });
    await answer('timeline', page(349, 250, false));
    expect(rows()).toHaveLength(200);
    expect(view()).toMatchObject({ reading: false, before: { seq: 250 } });
    expect(main.waiting()).toEqual([]);
  });

  test('one more page is read below the last row, and only one at a time', async () => {
    await opened(page(400, 201, false));
    void timeline.loadMore();
    void timeline.loadMore();
    expect(main.waiting()).toEqual(['timeline']);
    const question = main.take('timeline');
    expect(question.input).toMatchObject({ before: { seq: 201 } });
    question.answer(page(200, 1));
    await time.pass(0);
    expect(rows()).toHaveLength(400);
    void timeline.loadMore();
    expect(main.waiting()).toEqual([]);
  });

  test('far rows lose their entries, and get them back when they come into view', async () => {
    await opened(page(1_600, 1_401, false));
    for (const newest of [1_400, 1_200, 1_000, 800, 600, 400, 200]) {
      void timeline.loadMore();
      await answer('timeline', page(newest, newest - 199));
    }
    await timeline.look(1_500, 1_510);
    expect(view().rows[0]?.entry).toBeNull();
    expect(rows()).toHaveLength(1_600);
    void timeline.look(0, 10);
    await answer('timeline', page(1_600, 1_401, false));
    expect(view().rows[0]?.entry?.seq).toBe(1_600);
    expect(main.waiting()).toEqual([]);
  });

  test('a row that main no longer has goes when its entry is asked for again', async () => {
    await opened(page(1_000, 1));
    await timeline.look(990, 999);
    void timeline.look(0, 10);
    await answer('timeline', {
      entries: entries(1_000, 801).filter(({ seq }) => seq !== 998),
      before: { seq: 801 },
    });
    expect(rows().slice(0, 3)).toEqual([1_000, 999, 997]);
  });
});

describe('new entries', () => {
  test('they are inserted on top while nothing is scrolled or selected', async () => {
    await opened();
    await arrive(entry(4), entry(5));
    expect(rows()).toEqual([5, 4, 3, 2, 1]);
    expect(waiting()).toEqual([]);
  });

  test.each<[string, (timeline: Timeline) => void]>([
    ['is scrolled', (one) => one.scrolled(120)],
    ['has a selection', (one) => one.move(1)],
  ])('they wait while the list %s, and none moves a row', async (_what, act) => {
    await opened();
    act(timeline);
    await arrive(entry(4));
    await arrive(entry(5));
    expect(rows()).toEqual([3, 2, 1]);
    expect(waiting()).toEqual([4, 5]);
    timeline.showWaiting();
    expect(rows()).toEqual([5, 4, 3, 2, 1]);
    expect(view()).toMatchObject({ waiting: [], atTop: true });
  });

  test('scrolling back to the top leaves the waiting entries waiting', async () => {
    await opened();
    timeline.scrolled(120);
    await arrive(entry(4));
    timeline.scrolled(0);
    await arrive(entry(5));
    expect(waiting()).toEqual([4, 5]);
  });

  test('beyond the limit of waiting entries the list is read again', async () => {
    await opened();
    timeline.scrolled(120);
    await arrive(...entries(3 + waitingAtMost + 20, 4).reverse());
    expect(waiting()).toHaveLength(waitingAtMost);
    expect(waiting()[0]).toBe(24);
    timeline.showWaiting();
    await answer('timeline', page(523, 324, false));
    expect(rows()[0]).toBe(523);
    expect(waiting()).toEqual([]);
  });

  test('arrivals during a reading are held until its answer, and inserted once', async () => {
    void timeline.load();
    await arrive(entry(3), entry(4));
    expect(rows()).toEqual([]);
    await answer('timeline', page(3, 1));
    expect(rows()).toEqual([4, 3, 2, 1]);
  });

  test('a search inserts only matching entries, in the order of arrival', async () => {
    await opened();
    await searched('binance', page(3, 1));
    timeline.hear({ what: 'added', entries: [entry(4), entry(5)] });
    timeline.hear({ what: 'added', entries: [entry(6)] });
    await time.pass(0);
    expect(main.waiting()).toEqual(['matching']);
    const question = main.take('matching');
    expect(question.input).toEqual({ seqs: [4, 5], query: 'binance' });
    question.answer([entry(5)]);
    await time.pass(0);
    await answer('matching', [entry(6)]);
    expect(rows()).toEqual([6, 5, 3, 2, 1]);
  });

  test('a failed match changes nothing, and the next arrival is inserted', async () => {
    await opened();
    await searched('binance', page(3, 1));
    await arrive(entry(4));
    main.take('matching').fail();
    await time.pass(0);
    await arrive(entry(5));
    await answer('matching', [entry(5)]);
    expect(rows()).toEqual([5, 3, 2, 1]);
  });

  test('an import makes the list read again', async () => {
    await opened();
    timeline.hear({ what: 'imported' });
    await answer('timeline', page(9, 1));
    expect(rows()).toHaveLength(9);
  });
});

describe('marks', () => {
  test('a changed entry is replaced in its row and among the waiting ones', async () => {
    await opened();
    timeline.scrolled(120);
    await arrive(entry(4));
    timeline.hear({
      what: 'changed',
      entries: [entry(2, { duplicates: 2 }), entry(4, { duplicates: 1 })],
    });
    expect(view().rows.map((row) => row.entry?.duplicates)).toEqual([0, 2, 0]);
    expect(view().waiting.map(({ duplicates }) => duplicates)).toEqual([1]);
  });

  test('a decision that comes after its entry reaches it, in the list, waiting, and held during a reading', async () => {
    await opened();
    const notification = { shown: true, why: 'a failed sync' };
    void timeline.look(2, 2);
    timeline.open(2);
    timeline.hear({ what: 'added', entries: [entry(4)] });
    timeline.hear({ what: 'decided', decided: [3, 4].map((seq) => ({ seq, notification })) });
    expect(view().rows.map((row) => row.entry?.notification)).toEqual([notification, null, null]);
    expect(view().waiting.map((waiting) => waiting.notification)).toEqual([notification]);

    void timeline.load();
    timeline.hear({ what: 'added', entries: [entry(5)] });
    timeline.hear({ what: 'decided', decided: [{ seq: 5, notification }] });
    await answer('timeline', page(4, 1));
    const fifth = [...view().rows.map((row) => row.entry), ...view().waiting].find(
      (one) => one?.seq === 5,
    );
    expect(fifth?.notification).toEqual(notification);
  });

  test('a decision that is made while an answer is under way is not taken back by the answer', async () => {
    const notification = { shown: true, why: 'a failed sync' };
    const decide = (seq: number) =>
      timeline.hear({ what: 'decided', decided: [{ seq, notification }] });
    void timeline.load();
    decide(2);
    await answer('timeline', page(3, 1));
    expect(view().rows.map((row) => row.entry?.notification)).toEqual([null, notification, null]);

    await searched('binance', page(3, 1));
    await arrive(entry(4));
    decide(4);
    await answer('matching', [entry(4)]);
    expect(view().rows[0]?.entry).toMatchObject({ seq: 4, notification });
  });

  test('an entry is unread at once, before main has kept it', async () => {
    await opened();
    void timeline.markSeen(2, false);
    expect(view().rows.map((row) => row.entry?.seen)).toEqual([true, false, true]);
    expect(main.take('markSeen').input).toEqual({ seqs: [2], seen: false });
    void timeline.markAllSeen();
    expect(view().rows.every((row) => row.entry?.seen)).toBe(true);
    expect(main.waiting()).toEqual(['markAllSeen']);
  });
});

describe('removed entries', () => {
  test('they leave rows and waiting, and no late answer brings them back', async () => {
    await opened(page(400, 201, false));
    void timeline.loadMore();
    timeline.hear({ what: 'removed', upTo: 205 });
    expect(rows().at(-1)).toBe(206);
    await answer('timeline', page(200, 1));
    expect(rows().at(-1)).toBe(206);
    expect(view().before).toBeNull();
  });

  test('an open event stays open and is announced as gone; going back clears its selection', async () => {
    await opened();
    timeline.open(2);
    timeline.hear({ what: 'removed', upTo: 2 });
    expect(rows()).toEqual([3]);
    expect(view()).toMatchObject({ selected: 2, opened: true });
    expect(spoken).toEqual(['The open event is not kept any more']);
    expect(timeline.back()).toBe(true);
    expect(view()).toMatchObject({ selected: null, opened: false });
    expect(timeline.back()).toBe(false);
  });
});

describe('search', () => {
  test('typing is followed by a pause, and only the last text is searched', async () => {
    await opened();
    timeline.type('bin');
    await time.pass(50);
    timeline.type('binance');
    await time.pass(80);
    expect(main.waiting()).toEqual([]);
    await time.pass(10);
    expect(main.take('timeline').input).toEqual({ before: null, query: 'binance' });
    expect(main.waiting()).toEqual([]);
    expect(rows()).toEqual([3, 2, 1]);
  });

  test('a filter that is not typed to its end asks nothing', async () => {
    await opened();
    timeline.type('kind:');
    await time.pass(1_000);
    expect(main.waiting()).toEqual([]);
    expect(view().query.text).toBe('kind:');
  });

  test('a search that replaces another drops its late answer', async () => {
    await opened();
    timeline.search('kraken');
    await time.pass(0);
    timeline.search('binance');
    await time.pass(0);
    const [older, newer] = [main.take('timeline'), main.take('timeline')];
    newer.answer({ entries: [entry(2)], before: null });
    await time.pass(0);
    older.answer(page(3, 1));
    await time.pass(0);
    expect(rows()).toEqual([2]);
    expect(view().answered.text).toBe('binance');
    expect(spoken).toEqual(['1 event found']);
  });

  test('a search that is replaced while it reads on adds nothing to the next', async () => {
    await opened();
    await searched('kraken', { entries: [entry(3)], before: { seq: 3 } });
    const older = main.take('timeline');
    await searched('binance', { entries: [entry(2)], before: null });
    older.answer({ entries: [entry(1)], before: null });
    await time.pass(0);
    expect(rows()).toEqual([2]);
    expect(view()).toMatchObject({ reading: false, status: 'ready' });
  });

  test('a search that is replaced while its arrivals are matched does not read on', async () => {
    await opened();
    timeline.search('kraken');
    await time.pass(0);
    await arrive(entry(4));
    await answer('timeline', { entries: [entry(3)], before: { seq: 3 } });
    timeline.search('binance');
    await time.pass(0);
    await answer('matching', [entry(4)]);
    expect(main.waiting()).toEqual(['timeline']);
    await answer('timeline', { entries: [entry(2)], before: null });
    expect(rows()).toEqual([2]);
  });

  test('it keeps selection, open detail and tab, and puts the list at its top', async () => {
    await opened();
    timeline.open(2);
    timeline.chooseTab('raw');
    timeline.scrolled(400);
    await searched('binance', empty);
    expect(view()).toMatchObject({ selected: 2, opened: true, tab: 'raw', atTop: true });
    expect(timeline.position.offset).toBe(0);
  });

  test('one that leads to a list closes the detail, so that a narrow window shows what was found', async () => {
    await opened();
    timeline.open(2);
    timeline.showFound('entries:1');
    await time.pass(0);
    await answer('timeline', { entries: [entry(1)], before: null });
    expect(view()).toMatchObject({ selected: null, opened: false });
    expect(rows()).toEqual([1]);
  });

  test('a toggled filter is searched at once, and again where it is taken out', async () => {
    await opened();
    timeline.toggleFilter('is', 'unread');
    await time.pass(0);
    expect(main.take('timeline').input).toMatchObject({ query: 'is:unread' });
    timeline.toggleFilter('is', 'unread');
    await time.pass(0);
    expect(main.take('timeline').input).toMatchObject({ query: '' });
  });

  test.each([
    ['No event found', empty],
    ['2 events found', { entries: entries(2, 1), before: null }],
  ])('%j is spoken when it is known', async (words, first) => {
    await opened();
    await searched('binance', first);
    expect(spoken).toEqual([words]);
  });
});

describe('failure', () => {
  test('it keeps the rows, and a retry succeeds', async () => {
    await opened();
    void timeline.load();
    main.take('timeline').fail();
    await time.pass(0);
    expect(view()).toMatchObject({ status: 'failed', reading: false });
    expect(rows()).toEqual([3, 2, 1]);
    void timeline.load();
    await answer('timeline', page(4, 1));
    expect(view()).toMatchObject({ status: 'ready' });
    expect(rows()).toEqual([4, 3, 2, 1]);
  });

  test('a first reading that fails has no rows, and arrivals wait', async () => {
    void timeline.load();
    await arrive(entry(1));
    main.take('timeline').fail();
    await time.pass(0);
    expect(view().status).toBe('failed');
    expect(waiting()).toEqual([1]);
  });

  test('an older page that fails is not asked for again by scrolling', async () => {
    await opened(page(400, 201, false));
    void timeline.loadMore();
    main.take('timeline').fail();
    await time.pass(0);
    expect(view().status).toBe('failed');
    void timeline.loadMore();
    expect(main.waiting()).toEqual([]);
  });

  test('the failure of a replaced reading is ignored', async () => {
    void timeline.load();
    void timeline.load();
    main.take('timeline').fail();
    await time.pass(0);
    expect(view().status).toBe('loading');
    await answer('timeline', page(1, 1));
    expect(rows()).toEqual([1]);
  });
});

describe('the selection', () => {
  test('it begins at the first row in view, and moves to both ends', async () => {
    await opened(page(9, 1));
    await timeline.look(4, 6);
    timeline.move(1);
    expect(view().selected).toBe(5);
    timeline.move(-2);
    expect(view().selected).toBe(7);
    timeline.move(Number.POSITIVE_INFINITY);
    expect(view().selected).toBe(1);
    timeline.move(Number.NEGATIVE_INFINITY);
    expect(view().selected).toBe(9);
  });

  test('one step back closes the detail, the next clears the selection', async () => {
    await opened();
    timeline.open(2);
    timeline.back();
    expect(view()).toMatchObject({ selected: 2, opened: false });
    timeline.back();
    expect(view().selected).toBeNull();
  });
});

describe('groups', () => {
  const fails = (seq: number, receivedAt = noon + seq * minute) =>
    entryOf(
      { account: { id: 'binance', name: 'Binance', health: 'failing' } },
      { seq, receivedAt, seen: false },
    );
  /** As a person sees the list: groups with the number of their entries, entries by their number. */
  const list = () => {
    const lines = linesOf(view());
    return Array.from(lines.times, (_, at) => {
      const line = lines.at(at);
      const seq = view().rows[line?.index ?? -1]?.seq;
      return line?.what === 'head' ? `×${line.group.members.length}` : seq;
    });
  };
  const outage = { entries: [entry(4), fails(3), entry(2), fails(1)], before: null };

  test('a step walks over a closed group, and through an open one', async () => {
    await opened(outage);
    expect(list()).toEqual([4, '×2', 2]);
    timeline.move(1);
    timeline.move(1);
    expect(view()).toMatchObject({ selected: 3, onHead: true });
    timeline.move(1);
    expect(view()).toMatchObject({ selected: 2, onHead: false });
    timeline.move(-1);
    expect(timeline.stepInto(true)).toBe(true);
    expect(list()).toEqual([4, '×2', 3, 1, 2]);
    expect(view()).toMatchObject({ selected: 3, onHead: true });
    const walked = [1, 1, 1].map((steps) => {
      timeline.move(steps);
      return [view().selected, view().onHead];
    });
    expect(walked).toEqual([
      [3, false],
      [1, false],
      [2, false],
    ]);
  });

  test('a step out of a group selects its head, and one more closes it', async () => {
    await opened(outage);
    timeline.fold(3, true);
    timeline.move(2);
    expect(view()).toMatchObject({ selected: 1, onHead: false });
    expect(timeline.stepInto(false)).toBe(true);
    expect(view()).toMatchObject({ selected: 3, onHead: true });
    expect(list()).toEqual([4, '×2', 3, 1, 2]);
    expect(timeline.stepInto(false)).toBe(true);
    expect(list()).toEqual([4, '×2', 2]);
    expect(timeline.stepInto(false)).toBe(false);
  });

  test('an entry that is opened from elsewhere is shown itself: its group opens', async () => {
    await opened(outage);
    timeline.open(1);
    expect(list()).toEqual([4, '×2', 3, 1, 2]);
    expect(view()).toMatchObject({ selected: 1, onHead: false, opened: true });
  });

  test('an entry that was opened before the list was read is shown itself', async () => {
    timeline.open(1);
    await opened(outage);
    expect(list()).toEqual([4, '×2', 3, 1, 2]);
  });

  test('what arrives waits while a group is open, and then makes it longer without closing it', async () => {
    await opened(outage);
    timeline.fold(3, true);
    timeline.back();
    await arrive(fails(5));
    expect(list()).toEqual([4, '×2', 3, 1, 2]);
    expect(waiting()).toEqual([5]);
    timeline.showWaiting();
    expect(list()).toEqual(['×3', 5, 3, 1, 4, 2]);
  });

  test('a selected entry stays selected itself when its group comes to be', async () => {
    await opened({ entries: [entry(4), fails(3)], before: null });
    timeline.open(3);
    await arrive(fails(5));
    timeline.showWaiting();
    expect(list()).toEqual(['×2', 5, 3, 4]);
    expect(view()).toMatchObject({ selected: 3, onHead: false });
  });

  test('an older page makes a group longer, in place and without opening it', async () => {
    await opened({ ...outage, entries: outage.entries.slice(0, 3), before: { seq: 2 } });
    expect(list()).toEqual([4, 3, 2]);
    await answer('timeline', { entries: [fails(1)], before: null });
    expect(list()).toEqual([4, '×2', 2]);
  });

  test('a group is marked as a whole, also where its rows have lost their entries', async () => {
    await opened(outage);
    timeline.fold(3, false);
    void timeline.toggleMark('seen');
    expect(main.take('mark').input).toMatchObject({
      mark: 'seen',
      on: true,
      ranges: [
        [1, 1],
        [3, 3],
      ],
    });
    expect(view().rows.every(({ seen }) => seen)).toBe(true);
  });

  test('a filtered list folds nothing, so that no count is of something else', async () => {
    await opened(outage);
    await searched('is:failed', outage);
    expect(list()).toEqual([4, 3, 2, 1]);
  });
});
