import { expect, test } from 'vitest';
import { costBasisCompleted, kryptosSource } from '../../bench/harness/deliveries.ts';
import { openApp } from '../support/app.ts';
import type { TestApp } from '../support/test-app.ts';

const kryptos = kryptosSource();
const provision = { sources: [kryptos] };
const id = `deliveries-rejected ${kryptos.id}`;
const hour = 3_600_000;

const reject = async (app: TestApp, times = 1) => {
  for (let sent = 0; sent < times; sent += 1)
    expect((await app.deliver(costBasisCompleted(kryptos, { secret: 'guessed' }))).status).toBe(
      401,
    );
};
const statusOf = async (app: TestApp) =>
  (await app.ask('state', undefined)).conditions.find((one) => one.id === id)?.state.status;

test.each(['restart', 'killAndRestart'] as const)(
  'a condition that was snoozed until it fails again stays so over a start (%s), and is open with the next failure',
  async (how) => {
    await using app = await openApp({ provision });
    await reject(app, 3);
    await expect.poll(() => statusOf(app)).toBe('open');
    await app.ask('snoozeCondition', { id, until: 'fails-again' });
    expect(await statusOf(app)).toBe('snoozed');
    await app[how]();
    await expect.poll(() => statusOf(app)).toBe('snoozed');
    await reject(app);
    await expect.poll(() => statusOf(app)).toBe('open');
  },
);

test('a condition that is known stays so over a start, is taken back, and is open again with other news', async () => {
  await using app = await openApp({ provision });
  await reject(app, 3);
  await expect.poll(() => statusOf(app)).toBe('open');
  await app.ask('acknowledgeCondition', { id });
  await reject(app);
  await app.restart();
  await expect.poll(() => statusOf(app)).toBe('acknowledged');
  await app.ask('reopenCondition', { id });
  expect(await statusOf(app)).toBe('open');

  await app.ask('acknowledgeCondition', { id });
  await app.deliver({ ...costBasisCompleted(kryptos), body: 'no JSON' });
  await reject(app);
  await expect.poll(() => statusOf(app)).toBe('acknowledged');
  await app.deliver({
    ...costBasisCompleted(kryptos),
    headers: { 'content-type': 'application/json' },
  });
  await expect.poll(() => statusOf(app)).toBe('open');
});

test('one that ended and opens again has no mark', async () => {
  await using app = await openApp({ provision });
  await reject(app, 3);
  await expect.poll(() => statusOf(app)).toBe('open');
  await app.ask('snoozeCondition', { id, until: app.now() + hour });
  expect(await statusOf(app)).toBe('snoozed');
  expect((await app.deliver(costBasisCompleted(kryptos))).status).toBe(200);
  await expect.poll(() => statusOf(app)).toBeUndefined();
  await reject(app, 3);
  await expect.poll(() => statusOf(app)).toBe('open');
});

test('what is unknown or lies in the past changes nothing', async () => {
  await using app = await openApp({ provision });
  await reject(app, 3);
  await expect.poll(() => statusOf(app)).toBe('open');
  await app.ask('snoozeCondition', { id, until: app.now() - 1 });
  await app.ask('acknowledgeCondition', { id: 'nonsense' });
  expect(await statusOf(app)).toBe('open');
});
