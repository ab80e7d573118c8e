import { expect, test } from 'vitest';
import {
  kryptosDelivery,
  kryptosSource,
  simplehashSource,
  vezgoSource,
} from '../../bench/harness/deliveries.ts';
import { openApp, timelineOf } from '../support/app.ts';
import { bodyOf, recorded } from '../support/fixtures.ts';

const kryptos = kryptosSource();
const vezgo = vezgoSource();
const provision = { sources: [kryptos, vezgo] };

type App = Awaited<ReturnType<typeof openApp>>;
const titles = async (app: App) => (await app.notifications()).map(({ title }) => title);
const shown = async (app: App) =>
  (await timelineOf(app)).reverse().map(({ notification }) => notification?.shown);

const integration = (event: string, status: string, more: { id: string; timestamp?: string }) =>
  kryptosDelivery(
    { ...more, event, data: { providerPublicName: 'Binance', walletId: 'wallet_1', status } },
    kryptos,
  );

test('one recalculation that two grants report is kept twice and told once, also across a restart', async () => {
  await using app = await openApp({ provision });
  const third = bodyOf('kryptos/costbasis.completed.second-grant.json')
    .replace('0a70', '0a80')
    .replace('cgrant_b2', 'cgrant_c3');

  await app.deliver(recorded('kryptos/costbasis.completed.first-grant.json', kryptos));
  await app.deliver(recorded('kryptos/costbasis.completed.second-grant.json', kryptos));
  await expect.poll(() => shown(app)).toEqual([true, false]);
  await expect
    .poll(async () => (await timelineOf(app)).map(({ notes }) => notes))
    .toEqual([
      ['Seen by 2 connections', 'Another delivery reported the same thing before'],
      ['Seen by 2 connections'],
    ]);

  await app.restart();
  await app.deliver(kryptosDelivery(third, kryptos));
  await expect.poll(() => shown(app)).toEqual([true, false, false]);
  await expect
    .poll(async () => (await timelineOf(app)).map(({ notes }) => notes[0] ?? ''))
    .toEqual(['Seen by 3 connections', expect.anything(), 'Seen by 3 connections']);
  expect(await titles(app)).toEqual(['Gains and losses are up to date']);
});

test('one id under three times of its envelope is kept three times and told once', async () => {
  await using app = await openApp({ provision });
  const completed = (second: number) =>
    integration('integration.failed', 'FAILED', {
      id: 'whd_1',
      timestamp: `2026-02-20T18:10:2${second}.000Z`,
    });

  for (const second of [1, 2, 3])
    expect(await app.deliver(completed(second))).toMatchObject({ status: 200, said: 'recorded' });

  await expect.poll(() => shown(app)).toEqual([true, false, false]);
  expect((await timelineOf(app)).map(({ conflicts }) => conflicts)).toEqual([true, true, false]);
  expect(await titles(app)).toEqual(['Binance could not sync']);
});

test('neither a success nor a failure that is dated ahead hides what comes after it', async () => {
  await using app = await openApp({ provision });
  const dated = (ms: number) => new Date(app.now() + ms).toISOString();
  const ahead = 120_000;

  await app.deliver(
    integration('integration.updated', 'COMPLETED', { id: 'whd_1', timestamp: dated(ahead) }),
  );
  await app.deliver(
    integration('integration.failed', 'FAILED', { id: 'whd_2', timestamp: dated(0) }),
  );
  await expect.poll(() => titles(app)).toEqual(['Binance could not sync']);

  await app.deliver(
    integration('integration.failed', 'FAILED', { id: 'whd_3', timestamp: dated(ahead) }),
  );
  await app.deliver(
    integration('integration.updated', 'COMPLETED', { id: 'whd_4', timestamp: dated(0) }),
  );
  await expect.poll(() => titles(app)).toEqual(['Binance could not sync', 'Binance works again']);
  const silent = (await timelineOf(app)).find(({ seq }) => seq === 3)?.notification;
  expect(silent?.why).toContain('this one was failing already, for less than a minute');
});

test('a failure whose content cannot be read is announced as a failure', async () => {
  await using app = await openApp({ provision });

  await app.deliver(kryptosDelivery({ id: 'whd_1', event: 'integration.failed' }, kryptos));

  await expect
    .poll(() => titles(app))
    .toEqual(['An account could not sync, content not understood']);
  expect(await timelineOf(app)).toMatchObject([
    { status: 'event', event: { kind: 'sync.failed' } },
  ]);
});

test('a signed body that is not JSON is kept and said to be that (R6, A7)', async () => {
  await using app = await openApp({ provision });

  const answer = await app.deliver(kryptosDelivery('this is not JSON', kryptos));

  expect(answer).toMatchObject({ status: 200, said: 'unrecognized' });
  await expect
    .poll(() => timelineOf(app))
    .toMatchObject([{ status: 'unrecognized', type: null, unreadable: 'not-json' }]);
});

test('a number that JSON has no word for is read as missing, and the body is kept as it came', async () => {
  const unsigned = simplehashSource('simplehash-main', { secrets: [] });
  await using app = await openApp({ provision: { sources: [kryptos, vezgo, unsigned] } });
  const sync = '{"hook":"SyncAccount","account":{"id":"a1","provider":"coinbase","balance":NaN}}';
  const signed =
    '{"id":"whd_1","event":"integration.updated","data":{"providerPublicName":"Binance","walletId":"w","status":"COMPLETED","totalTransactions":-Infinity}}';
  const transfer = bodyOf('simplehash/wallet.inbound_transfer.unsigned.json').replace(
    /"unit_price":\d+/,
    '"unit_price":NaN',
  );
  const sent = [
    { ...recorded('vezgo/SyncAccount.json', vezgo), body: sync },
    kryptosDelivery(signed, kryptos),
    { ...recorded('simplehash/wallet.inbound_transfer.unsigned.json', unsigned), body: transfer },
  ];

  for (const delivery of sent)
    expect(await app.deliver(delivery)).toMatchObject({ status: 200, said: 'recorded' });

  const bodies = await Promise.all(
    [1, 2, 3].map(async (seq) => (await app.ask('entry', { seq }))?.body.text),
  );
  expect(bodies).toEqual([sync, signed, transfer]);
  const rows = (await timelineOf(app)).reverse();
  expect(rows.map((entry) => entry.status === 'event' && entry.event.title)).toEqual([
    'Coinbase synced',
    'Binance synced',
    'NFT bought for 0.0299 ETH',
  ]);
});

test('a Vezgo test is not said to have the check of addresses off when it is on', async () => {
  await using app = await openApp({
    provision: { sources: [vezgoSource('vezgo-main', { allowedAddresses: ['52.60.234.183'] })] },
  });

  await app.ask('simulate', {
    what: 'delivery',
    sourceId: 'vezgo-main',
    simulation: 'SyncAccount',
  });

  await expect.poll(async () => (await timelineOf(app)).length).toBe(1);
  const unproven = (await app.ask('entry', { seq: 1 }))?.verification.unproven.join(' ');
  expect(unproven).toContain("Hookbell's own simulator sent it");
  expect(unproven).not.toContain('check was off');
});
