import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { kryptosSource } from '../../bench/harness/deliveries.ts';
import { openApp, timelineOf } from '../support/app.ts';
import { openInMemory } from '../support/memory.ts';
import { oldEvents } from '../support/old-events.ts';
import type { TestApp } from '../support/test-app.ts';

const provision = { sources: [kryptosSource()] };
const day = 86_400_000;

const stateOf = async (app: TestApp) => app.ask('state', undefined);
const limitsOf = async (app: TestApp) => (await stateOf(app)).retention;

/** A history of so many events, one a minute from 60 days ago on. */
const filled = async <App extends TestApp>(app: App, count: number): Promise<App> => {
  const file = join(app.folder, 'old.jsonl');
  writeFileSync(file, oldEvents(count, app.now() - 60 * day));
  await app.choose(file);
  expect(await app.ask('importHistory', undefined)).toMatchObject({ entries: count });
  return app;
};

test('a shorter limit first says what it removes, and removes nothing before the person agrees (H15)', async () => {
  await using app = await openApp({ provision });
  await filled(app, 600);
  const before = await limitsOf(app);
  const retention = { ...before, days: 30 };
  const loss = { events: 512, unreadable: 0, upTo: 512 };
  expect(await app.ask('changeRetention', { retention, agreedUpTo: null })).toMatchObject({
    status: 'failed',
    problem: { code: 'events-would-be-removed', ...loss },
  });
  expect(await limitsOf(app)).toEqual(before);
  expect(await timelineOf(app)).toHaveLength(600);

  expect(await app.ask('changeRetention', { retention, agreedUpTo: 512 })).toEqual({
    status: 'done',
  });
  expect(await stateOf(app)).toMatchObject({ retention, entries: 88, unseen: 88 });
  const kept = await timelineOf(app);
  expect(kept.map(({ seq }) => seq)).toEqual(Array.from({ length: 88 }, (_, at) => 600 - at));
});

test('nothing is asked where nothing would go: for more room, or for less that is enough (H15)', async () => {
  await using app = await openApp({ provision });
  await filled(app, 600);
  const before = await limitsOf(app);
  for (const change of [{ days: 365 }, { days: 61 }, { entries: 1000 }, { bytes: 16_777_216 }]) {
    const retention = { ...before, ...change };
    expect(await app.ask('changeRetention', { retention, agreedUpTo: null })).toEqual({
      status: 'done',
    });
    expect(await stateOf(app)).toMatchObject({ retention, entries: 600 });
  }
});

test('what would go by now is asked again where it is much more than was agreed to (H15)', async () => {
  await using app = await openApp({ provision });
  await filled(app, 2400);
  const retention = { ...(await limitsOf(app)), days: 30 };
  expect(await app.ask('changeRetention', { retention, agreedUpTo: 256 })).toMatchObject({
    problem: { code: 'events-would-be-removed', events: 2304, upTo: 2304 },
  });
  expect((await stateOf(app)).entries).toBe(2400);
  expect(await app.ask('changeRetention', { retention, agreedUpTo: 2048 })).toEqual({
    status: 'done',
  });
  expect((await stateOf(app)).entries).toBe(96);
});

test('while the clock is doubted nothing is too old, so nothing is asked and nothing goes (A7, H15)', async () => {
  await using app = await openInMemory({ provision });
  await filled(app, 600);
  const retention = { ...(await limitsOf(app)), days: 30 };
  app.clock.setClock(3 * day);
  expect(await app.ask('changeRetention', { retention, agreedUpTo: null })).toEqual({
    status: 'done',
  });
  expect(await stateOf(app)).toMatchObject({ retention, entries: 600 });
});
