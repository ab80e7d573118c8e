import { expect, test } from 'vitest';
import { kryptosDelivery, kryptosSource, vezgoSource } from '../../bench/harness/deliveries.ts';
import { openApp } from '../support/app.ts';
import { recorded } from '../support/fixtures.ts';
import type { TestApp } from '../support/test-app.ts';

const kryptos = kryptosSource();
const vezgo = vezgoSource();
const provision = { sources: [kryptos, vezgo] };
const minute = 60_000;

let ids = 0;
const nextId = () => {
  ids += 1;
  return `whd_${ids}`;
};

const sync = (walletId: string, status: 'FAILED' | 'COMPLETED', at: number) =>
  kryptosDelivery(
    {
      id: nextId(),
      event: status === 'FAILED' ? 'integration.failed' : 'integration.updated',
      timestamp: new Date(at).toISOString(),
      data: { uid: 'anna', providerPublicName: 'Binance', walletId, status },
    },
    kryptos,
  );

const step = (event: string, at: number) =>
  kryptosDelivery(
    {
      id: nextId(),
      event,
      timestamp: new Date(at).toISOString(),
      data: { uid: 'anna', status: event.split('.')[1], reason: null, timestamp: at },
    },
    kryptos,
  );

const accountsOf = async (app: TestApp) => (await app.ask('accounts', undefined)).accounts;
const runsOf = async (app: TestApp) => (await app.ask('runs', undefined)).runs;

test('accounts are listed worst first, with what to do and the entry that opened the outage', async () => {
  await using app = await openApp({ provision });
  const now = Date.now();
  await app.deliver(sync('well', 'COMPLETED', now - 3 * minute));
  await app.deliver(sync('ill', 'FAILED', now - minute));
  await app.deliver(sync('ill', 'FAILED', now - 2 * minute));
  await app.deliver(recorded('vezgo/SyncError.LoginFailedError.json', vezgo));

  await expect.poll(async () => (await accountsOf(app)).length).toBe(3);
  const seen = await accountsOf(app);
  expect(seen.map(({ health }) => health)).toEqual(['failing', 'failing', 'working']);
  expect(seen[0]).toMatchObject({
    ...{ sourceId: kryptos.id, id: 'ill', name: 'Binance', owner: { id: 'anna' }, failures: 2 },
    ...{ failingSince: now - 2 * minute, seq: 3, title: 'Binance could not sync' },
  });
  expect(seen[1]).toMatchObject({
    summary: 'Reconnect the account: the saved details were refused',
  });

  await app.restart();
  await expect.poll(() => accountsOf(app)).toEqual(seen);
});

test('runs are derived from what came, also after a restart', async () => {
  await using app = await openApp({ provision });
  const now = Date.now();
  await app.deliver(step('costbasis.completed', now - minute));
  await app.deliver(step('transfer_detection.completed', now - 4 * minute));
  await app.deliver(step('costbasis.started', now - 3 * minute));
  await app.deliver(step('transfer_detection.started', now - 5 * minute));

  await expect
    .poll(() => runsOf(app))
    .toMatchObject([
      {
        ...{ userId: 'anna', outcome: 'completed', stuck: false, overdue: false },
        stages: [
          { stage: 'transfers', elapsedMs: minute },
          { stage: 'gains', elapsedMs: 2 * minute },
        ],
      },
    ]);
  const [run] = await runsOf(app);
  await app.restart();
  await expect.poll(() => runsOf(app)).toEqual([run]);
  expect((await app.ask('runs', undefined)).durations).toMatchObject([
    { stage: 'transfers', usualMs: minute },
    { stage: 'gains', usualMs: 2 * minute },
  ]);
});

test('gains and losses older than the last sync are said so', async () => {
  await using app = await openApp({ provision });
  const now = Date.now();
  await app.deliver(sync('wallet_1', 'COMPLETED', now - 3 * minute));
  await app.deliver(step('costbasis.completed', now - 2 * minute));
  await expect.poll(async () => (await runsOf(app)).length).toBe(1);
  expect(await accountsOf(app)).toMatchObject([{ gainsStale: false }]);

  await app.deliver(sync('wallet_1', 'COMPLETED', now - minute));
  await expect.poll(() => accountsOf(app)).toMatchObject([{ gainsStale: true }]);
});

test("the person's own name for an account stands in its notifications and conditions, also after a restart", async () => {
  await using app = await openApp({ provision });
  const now = Date.now();
  const given = { sourceId: kryptos.id, accountId: 'wallet_1', name: ' Client A\u202e ' };
  expect(await app.ask('nameAccount', given)).toEqual({ status: 'done' });
  await app.deliver(sync('wallet_1', 'FAILED', now - 2 * minute));
  await expect
    .poll(async () => (await app.notifications()).map(({ title }) => title))
    .toEqual(['Client A: Binance could not sync']);
  expect((await app.ask('state', undefined)).conditions.map(({ reason }) => reason)).toContainEqual(
    expect.objectContaining({ code: 'account-failing', account: 'Client A' }),
  );
  expect(await accountsOf(app)).toMatchObject([{ name: 'Binance', ownName: 'Client A' }]);

  await app.restart();
  await app.deliver(sync('wallet_1', 'COMPLETED', now - minute));
  await expect
    .poll(async () => (await app.notifications()).at(-1)?.title)
    .toBe('Client A works again, after 1 min');

  const found = await app.ask('timeline', { before: null, query: 'account:"client a"' });
  expect(found.entries.map(({ seq }) => seq)).toEqual([2, 1]);
  expect(await app.ask('ownNames', undefined)).toEqual([
    { sourceId: kryptos.id, accountId: 'wallet_1', name: 'Client A' },
  ]);

  await app.ask('nameAccount', { ...given, name: null });
  expect(await accountsOf(app)).toMatchObject([{ ownName: null }]);
});

test('a named owner groups accounts and runs under that name', async () => {
  await using app = await openApp({ provision });
  const now = Date.now();
  await app.deliver(sync('wallet_1', 'COMPLETED', now - minute));
  await app.deliver(step('costbasis.started', now - minute));
  await app.ask('nameOwner', { sourceId: kryptos.id, ownerId: 'anna', name: 'Client B' });
  await expect.poll(() => runsOf(app)).toMatchObject([{ userId: 'anna', user: 'Client B' }]);
  expect(await accountsOf(app)).toMatchObject([{ owner: { ownName: 'Client B' } }]);
});

test('the window is told when accounts or runs may have changed', async () => {
  await using app = await openApp({ provision });
  const version = async () => (await app.ask('state', undefined)).insight;
  const before = await version();
  await app.deliver(sync('wallet_1', 'COMPLETED', Date.now()));
  await expect.poll(version).toBeGreaterThan(before);
});
