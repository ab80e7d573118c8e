import { expect, test } from 'vitest';
import { createSignals, type Effects } from '../electron/signals.ts';

const nothing = (): void => {};

/** Effects that do nothing but for those given. */
const effects = (own: Partial<Effects>): Effects => ({
  listening: nothing,
  refused: nothing,
  received: nothing,
  readmitted: nothing,
  rechecked: nothing,
  added: nothing,
  quarantineChanged: nothing,
  decided: nothing,
  marked: nothing,
  given: nothing,
  removed: nothing,
  imported: nothing,
  saved: nothing,
  damaged: nothing,
  newerFound: nothing,
  written: nothing,
  diskProblem: nothing,
  eventsRefused: nothing,
  eventsKept: nothing,
  gap: nothing,
  publicUrlDown: nothing,
  publicUrlUp: nothing,
  notificationPressed: nothing,
  secretOpened: nothing,
  notifications: nothing,
  problem: nothing,
  conditions: nothing,
  changed: nothing,
  ...own,
});

test('a signal before the subscription has its effect then, in order, and later ones at once', () => {
  const removed: number[] = [];
  const { emit, subscribe } = createSignals();
  emit('removed', 1);
  emit('removed', 2);
  expect(removed).toEqual([]);
  subscribe(effects({ removed: (upTo) => removed.push(upTo) }), () => {});
  expect(removed).toEqual([1, 2]);
  emit('removed', 3);
  expect(removed).toEqual([1, 2, 3]);
});

test('an effect that throws is reported, and costs its emitter nothing', () => {
  const failed: unknown[] = [];
  const { emit, subscribe } = createSignals();
  const bug = new Error('a bug');
  subscribe(
    effects({
      saved: () => {
        throw bug;
      },
    }),
    (signal, error) => failed.push([signal, error]),
  );
  expect(() => emit('saved')).not.toThrow();
  expect(failed).toEqual([['saved', bug]]);
});
