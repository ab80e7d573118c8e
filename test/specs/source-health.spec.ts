import { join } from 'node:path';
import { expect, test } from 'vitest';
import { costBasisCompleted, kryptosSource, pathOf } from '../../bench/harness/deliveries.ts';
import { calendarDay } from '../../shared/time-words.ts';
import { openApp } from '../support/app.ts';
import { openInMemory } from '../support/memory.ts';
import type { TestApp } from '../support/test-app.ts';

const kryptos = kryptosSource();
const provision = { sources: [kryptos] };
const dayMs = 86_400_000;
const isReady = async (app: TestApp) => (await app.ask('state', undefined)).ready;
const healthOf = async (app: TestApp) => (await app.ask('state', undefined)).sources[0];
const daysOf = async (app: TestApp) => (await healthOf(app))?.days;
const simulation = {
  what: 'delivery',
  sourceId: kryptos.id,
  simulation: 'costbasis.completed',
} as const;
const notJson = { path: pathOf(kryptos), headers: { 'content-type': 'text/plain' } };

test('what a source sent is known by day, accepted, rejected and tests apart, after a restart and a crash too', async () => {
  await using app = await openInMemory({ provision });
  const first = app.now();
  await app.deliver(costBasisCompleted(kryptos));
  await app.deliver(costBasisCompleted(kryptos, { id: 'forged', secret: 'another' }));
  await expect.poll(async () => (await healthOf(app))?.rejected).toBe(1);
  app.clock.setForward(dayMs);
  const second = app.now();
  await app.deliver(notJson);
  await app.deliver(notJson);
  await app.ask('simulate', simulation);
  const days = [
    {
      ...{ day: calendarDay(first), accepted: 1, tests: 0 },
      rejected: [{ reason: 'signature-wrong', times: 1 }],
    },
    {
      ...{ day: calendarDay(second), accepted: 0, tests: 1 },
      rejected: [{ reason: 'content-type', times: 2 }],
    },
  ];
  await expect.poll(() => daysOf(app)).toEqual(days);
  const { lastAcceptedAt, lastTestAt } = (await healthOf(app)) ?? {};
  expect(calendarDay(lastAcceptedAt ?? 0)).toBe(calendarDay(first));
  expect(calendarDay(lastTestAt ?? 0)).toBe(calendarDay(second));
  for (const how of ['killAndRestart', 'restart'] as const) {
    await app[how]();
    await expect.poll(() => isReady(app)).toBe(true);
    expect(await healthOf(app)).toMatchObject({ days, lastAcceptedAt, lastTestAt });
  }
});

test('an import changes nothing that is said of what reached a source, and a source that is removed takes it along', async () => {
  await using app = await openApp({ provision });
  await app.deliver(costBasisCompleted(kryptos));
  const file = join(app.folder, 'all.jsonl');
  await app.choose(file);
  await app.ask('exportHistory', { format: 'jsonl' });

  await using another = await openApp({ provision });
  await another.choose(file);
  expect(await another.ask('importHistory', undefined)).toMatchObject({ entries: 1 });
  expect(await healthOf(another)).toMatchObject({ accepted: 0, lastAcceptedAt: null, days: [] });
  await another.killAndRestart();
  await expect.poll(() => isReady(another)).toBe(true);
  expect(await daysOf(another)).toEqual([]);

  const settings = join(app.folder, 'settings.json');
  await app.choose(settings);
  await app.ask('saveSettings', undefined);
  await app.ask('removeSource', { id: kryptos.id });
  expect(await app.ask('openSettingsFile', undefined)).toMatchObject({ status: 'offered' });
  await app.ask('restoreSettings', { withoutKeyring: true });
  expect(await healthOf(app)).toMatchObject({ id: kryptos.id, accepted: 0, days: [] });
});
