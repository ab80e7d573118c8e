import { expect, test } from 'vitest';
import { createTrayPush } from '../../electron/window/tray-push.ts';
import type { TrayMenu } from '../../electron/world.ts';
import type { TimelineEntry } from '../../shared/timeline.ts';
import { entryOf, hour, noon } from '../renderer/entries.ts';
import { virtualClock } from '../support/clock.ts';
import { openInMemory } from '../support/memory.ts';

const { app } = await (async () => {
  await using running = await openInMemory();
  return { app: await running.ask('state', undefined) };
})();

const openTray = (first: TimelineEntry[] = []) => {
  const clock = virtualClock();
  const shown: TrayMenu[] = [];
  let state = app;
  let recent = first;
  const refresh = createTrayPush({
    read: () => ({ state, recent }),
    show: (menu) => shown.push(menu),
    schedule: clock.schedule,
    now: clock.now,
  });
  refresh();
  return {
    clock,
    shown,
    refresh,
    change: (changed: Partial<typeof app>) => {
      state = { ...state, ...changed };
      refresh();
    },
    arrive: (entry: TimelineEntry) => {
      recent = [entry, ...recent].slice(0, 5);
      refresh();
    },
  };
};

test('a state that looks the same pushes nothing, however often it is told', () => {
  const { shown, refresh, change } = openTray();
  for (let n = 0; n < 100; n += 1) refresh();
  change({ entries: 7, lastEventAt: noon });
  expect(shown).toHaveLength(1);
  change({ unseen: 1 });
  expect(shown).toHaveLength(2);
});

test('an event with the same words as the one before leads elsewhere, and is shown', () => {
  const { shown, clock, arrive } = openTray();
  arrive(entryOf({}, { seq: 1, receivedAt: clock.now() }));
  arrive(entryOf({}, { seq: 2, receivedAt: clock.now() }));
  expect(shown).toHaveLength(3);
});

test('ages change at most once a minute, however they are spread, and ever more rarely', async () => {
  const startedAt = virtualClock().now();
  const spread = [5, 17, 29, 41, 53].map((seconds, n) =>
    entryOf({}, { seq: 5 - n, receivedAt: startedAt - seconds * 1000 }),
  );
  const { shown, clock } = openTray(spread);
  await clock.pass(hour);
  const firstHour = shown.length - 1;
  expect(firstHour).toBeGreaterThan(50);
  expect(firstHour).toBeLessThanOrEqual(61);
  await clock.pass(12 * hour);
  // Five ages, each another once an hour, and those within a minute together.
  expect(shown.length - 1 - firstHour).toBeLessThanOrEqual(24);
});

test('without events nothing is looked at again', async () => {
  const { shown, clock } = openTray();
  await clock.pass(24 * hour);
  expect(shown).toHaveLength(1);
});

test('a state that changes within the minute does not make ages change more often', async () => {
  const { shown, clock, refresh, arrive } = openTray();
  arrive(entryOf({}, { seq: 1, receivedAt: clock.now() }));
  const before = shown.length;
  for (let second = 0; second < 600; second += 5) {
    await clock.pass(5000);
    refresh();
  }
  expect(shown.length - before).toBeLessThanOrEqual(10);
  expect(shown.length - before).toBeGreaterThanOrEqual(8);
});
