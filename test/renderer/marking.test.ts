import { beforeEach, describe, expect, test } from 'vitest';
import type { TimelineQuestion } from '../../renderer/timeline/core.ts';
import { createTimeline, type Timeline } from '../../renderer/timeline/create-timeline.ts';
import { doneWords, type UndoStack, undoing, withDone } from '../../renderer/timeline/undo.ts';
import type { Answer } from '../../shared/ipc.ts';
import type { MarkChange, MarkName } from '../../shared/marking.ts';
import { virtualClock } from '../support/clock.ts';
import { entryOf, minute, noon } from './entries.ts';
import { fakeMain } from './fake-main.ts';

const entry = (seq: number, more: Parameters<typeof entryOf>[1] = {}) =>
  entryOf({}, { seq, receivedAt: noon + seq * minute, ...more });
const change = (mark: MarkName, on: boolean, ...ranges: [number, number][]): MarkChange => ({
  mark,
  on,
  ranges,
});

describe('the undo stack', () => {
  test('what is undone is done the other way round, last thing first', () => {
    const archived = [change('archived', true, [1, 2]), change('seen', true, [2, 2])];
    expect(undoing(archived)).toEqual([
      change('seen', false, [2, 2]),
      change('archived', false, [1, 2]),
    ]);
    expect(undoing(undoing(archived))).toEqual(archived);
  });

  test('what changed nothing is not on it, and of a long session it keeps the last fifty', () => {
    let stack: UndoStack = withDone([], []);
    expect(stack).toEqual([]);
    for (let seq = 1; seq <= 60; seq += 1)
      stack = withDone(stack, [change('pinned', true, [seq, seq])]);
    expect(stack).toHaveLength(50);
    expect(stack.at(-1)).toEqual([change('pinned', true, [60, 60])]);
  });

  test('its words say how many, and what the person asked for', () => {
    const words = (mark: MarkName, on: boolean) => doneWords([change(mark, on, [1, 1], [4, 14])]);
    expect(words('seen', true)).toBe('12 marked as read');
    expect(words('seen', false)).toBe('12 marked as unread');
    expect(words('archived', true)).toBe('12 archived');
    expect(words('archived', false)).toBe('12 moved out of the archive');
    expect(words('pinned', true)).toBe('12 pinned');
    expect(words('pinned', false)).toBe('12 unpinned');
  });
});

describe('marking in the timeline', () => {
  let main: ReturnType<typeof fakeMain>;
  let time: ReturnType<typeof virtualClock>;
  let spoken: string[];
  let timeline: Timeline;

  const view = () => timeline.view.get();
  const rows = () => view().rows.map(({ seq }) => seq);
  const answer = async <N extends TimelineQuestion>(name: N, value: Answer<N>) => {
    main.take(name).answer(value);
    await time.pass(0);
  };
  /** Main tells of what changed, and then answers. */
  const marked = async (...changes: MarkChange[]) => {
    timeline.hear({ what: 'marked', changes });
    await answer('mark', changes);
  };

  beforeEach(async () => {
    main = fakeMain();
    time = virtualClock();
    spoken = [];
    timeline = createTimeline(main.ask, time, (words) => spoken.push(words));
    void timeline.load();
    await answer('timeline', {
      entries: [5, 4, 3, 2, 1].map((seq) => entry(seq, { seen: seq === 1 })),
      before: null,
    });
  });

  test('what is archived leaves the list at once, and the next row is selected', async () => {
    timeline.open(4);
    expect(timeline.toggleMark('archived')).toBe(true);
    expect(rows()).toEqual([5, 3, 2, 1]);
    expect(view()).toMatchObject({ selected: 3, opened: false });
    expect(main.take('mark').input).toEqual({ mark: 'archived', on: true, ranges: [[4, 4]] });
  });

  test('undone, it comes back to its place, unread as it was', async () => {
    timeline.open(4);
    timeline.toggleMark('archived');
    await marked(change('archived', true, [4, 4]), change('seen', true, [4, 4]));
    expect(view().done).toBe('1 archived');

    expect(timeline.undo()).toBe(true);
    expect(view().done).toBeNull();
    const first = main.take('mark');
    expect(first.input).toEqual(change('seen', false, [4, 4]));
    timeline.hear({
      what: 'marked',
      changes: [change('seen', false, [4, 4]), change('archived', false, [4, 4])],
    });
    first.answer([]);
    await answer('matching', [entry(4, { seen: false })]);
    expect(rows()).toEqual([5, 4, 3, 2, 1]);
    expect(view().rows[1]?.entry?.seen).toBe(false);
    expect(main.take('mark').input).toEqual(change('archived', false, [4, 4]));
    expect(timeline.undo()).toBe(false);
    expect(spoken).toEqual(['1 archived', 'Undone: 1 archived']);
  });

  test('the line that offers to undo goes by itself, and the key works on', async () => {
    timeline.open(4);
    timeline.toggleMark('pinned');
    await marked(change('pinned', true, [4, 4]));
    expect(view().rows[1]?.entry?.pinned).toBe(true);
    await time.pass(60_000);
    expect(view().done).toBeNull();
    expect(timeline.undo()).toBe(true);
  });

  test('a command acts on all chosen rows, and then none is chosen', async () => {
    timeline.open(4);
    timeline.choose();
    timeline.move(2);
    timeline.chooseTo();
    expect([...view().chosen]).toEqual([4, 3, 2]);
    timeline.toggleMark('seen');
    expect(main.take('mark').input).toEqual(change('seen', true, [2, 4]));
  });

  test('where all of it is read, it is marked as unread', () => {
    timeline.open(1);
    timeline.toggleMark('seen');
    expect(main.take('mark').input).toEqual(change('seen', false, [1, 1]));
  });

  test('back leaves the chosen rows first, and then the open event', () => {
    timeline.open(4);
    timeline.choose();
    expect(timeline.back()).toBe(true);
    expect(view()).toMatchObject({ opened: true, selected: 4 });
    expect(view().chosen.size).toBe(0);
    expect(timeline.back()).toBe(true);
    expect(view().opened).toBe(false);
  });

  test('a search for words shows what is archived, and archiving takes nothing out of it', async () => {
    timeline.search('binance');
    await time.pass(0);
    await answer('timeline', { entries: [entry(4)], before: null });
    timeline.open(4);
    timeline.toggleMark('archived');
    expect(rows()).toEqual([4]);
    expect(view().rows[0]?.entry?.archived).toBe(true);
  });

  test('all as read asks for what the search shows, also what is not loaded', async () => {
    timeline.search('kind:sync.failed');
    await time.pass(0);
    await answer('timeline', { entries: [entry(4, { seen: false })], before: null });
    void timeline.markAllSeen();
    expect(main.take('markAllSeen').input).toEqual({ query: 'kind:sync.failed' });
  });
});
