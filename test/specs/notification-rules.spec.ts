import { expect, test } from 'vitest';
import {
  kryptosDelivery,
  kryptosSource,
  simplehashDelivery,
  simplehashSource,
  vezgoSource,
} from '../../bench/harness/deliveries.ts';
import { openApp, timelineOf } from '../support/app.ts';
import { bodyOf, recorded } from '../support/fixtures.ts';
import type { TestApp } from '../support/test-app.ts';

const kryptos = kryptosSource();
const vezgo = vezgoSource();
const simplehash = simplehashSource();
const provision = { sources: [kryptos, vezgo, simplehash] };

const integration = (event: string, status: string, id: string) =>
  kryptosDelivery(
    {
      id,
      event,
      data: {
        uid: 'user_1',
        provider: 'binance',
        providerPublicName: 'Binance',
        walletId: 'wallet_1',
        status,
      },
    },
    kryptos,
  );

/** SimpleHash signs the time. */
const transferred = (app: TestApp, type: string) =>
  simplehashDelivery(bodyOf(`simplehash/${type}.json`), simplehash, app.now());

const binance = {
  what: 'account',
  sourceId: kryptos.id,
  accountId: 'wallet_1',
  name: 'Binance',
} as const;

const titles = async (app: TestApp) => (await app.notifications()).map(({ title }) => title);
const newest = async (app: TestApp) => (await timelineOf(app))[0]?.notification ?? null;
const stateOf = (app: TestApp) => app.ask('state', undefined);

test('a muted account is silent in failure and recovery, after a restart too, and says why', async () => {
  await using app = await openApp({ provision });
  const added = await app.ask('addRule', { about: binance, says: 'mute' });
  expect(added).toMatchObject({ status: 'done', value: { about: binance, says: 'mute' } });
  await app.restart();

  await app.deliver(integration('integration.failed', 'FAILED', 'whd_1'));
  await expect
    .poll(() => newest(app))
    .toEqual({ shown: false, why: 'Muted by your rule for Binance' });
  await app.deliver(integration('integration.updated', 'COMPLETED', 'whd_2'));
  await expect.poll(async () => (await timelineOf(app)).length).toBe(2);
  await expect.poll(async () => (await newest(app))?.why).toMatch(/^Muted/);
  expect(await titles(app)).toEqual([]);

  const [rule] = (await stateOf(app)).rules;
  await app.ask('removeRule', { id: rule?.id ?? '' });
  expect((await stateOf(app)).rules).toEqual([]);
  await app.deliver(integration('integration.failed', 'FAILED', 'whd_3'));
  await expect.poll(() => titles(app)).toEqual(['Binance could not sync']);
});

test('a collection that is silent by default is announced by a rule, and goes before a mute of its source', async () => {
  await using app = await openApp({ provision });
  await app.deliver(transferred(app, 'contract.transfer.mint'));
  await expect.poll(async () => (await newest(app))?.shown).toBe(false);
  const [entry] = await timelineOf(app);
  const collection = entry?.status === 'event' ? entry.event.collection : undefined;
  expect(collection).toMatchObject({ name: expect.stringMatching(/^0x.* on /) });

  const { id: collectionId, name } = collection ?? { id: '', name: '' };
  const about = { what: 'collection', sourceId: simplehash.id, collectionId, name } as const;
  await app.ask('addRule', {
    about: { what: 'source', sourceId: simplehash.id },
    says: 'mute',
  });
  await app.ask('addRule', { about, says: 'announce' });
  const another = bodyOf('simplehash/contract.transfer.mint.json').replace(
    '"log_index":18',
    '"log_index":19',
  );
  await app.deliver(simplehashDelivery(another, simplehash, app.now()));
  await expect.poll(() => titles(app)).toEqual(['Minted in a contract you watch']);
  expect((await newest(app))?.why).toMatch(/^Your rule: also tell me of 0x/);
  await app.deliver(transferred(app, 'wallet.inbound_transfer'));
  await expect.poll(async () => (await newest(app))?.why).toBe('Muted by your rule for SimpleHash');
});

test('a preview counts what the last week would have notified, without the rule and with it', async () => {
  await using app = await openApp({ provision });
  await app.deliver(integration('integration.failed', 'FAILED', 'whd_1'));
  await app.deliver(integration('integration.failed', 'FAILED', 'whd_2'));
  await app.deliver(integration('integration.updated', 'COMPLETED', 'whd_3'));
  await app.deliver(recorded('vezgo/SyncAccount.json', vezgo));
  await expect.poll(async () => (await timelineOf(app)).length).toBe(4);

  expect(
    await app.ask('previewRules', {
      rules: [
        { about: binance, says: 'mute' },
        { about: { what: 'source', sourceId: vezgo.id }, says: 'announce' },
        { about: { what: 'kind', kind: 'nft.sent' }, says: 'mute' },
        { about: { what: 'kind', kind: 'sync.failed' }, says: 'mute' },
      ],
    }),
  ).toEqual([
    { before: 2, after: 0 },
    { before: 2, after: 3 },
    { before: 2, after: 2 },
    { before: 2, after: 0 },
  ]);
});

test('the rules of a source go with it', async () => {
  await using app = await openApp({ provision });
  await app.ask('addRule', { about: binance, says: 'mute' });
  await app.ask('addRule', { about: { what: 'source', sourceId: vezgo.id }, says: 'mute' });
  await app.ask('addRule', { about: { what: 'kind', kind: 'nft.sent' }, says: 'mute' });

  await app.ask('removeSource', { id: kryptos.id });
  expect((await stateOf(app)).rules.map(({ about }) => about.what)).toEqual(['source', 'kind']);
});

test('a pause is kept over a restart and ends when it is resumed', async () => {
  await using app = await openApp({ provision });
  expect((await stateOf(app)).hold).toBe(null);
  expect(await app.ask('pause', { until: 'resumed' })).toEqual({ status: 'done' });
  const held = { why: 'paused', until: null, admitsGrave: false };
  expect((await stateOf(app)).hold).toEqual(held);
  await app.restart();
  expect((await stateOf(app)).hold).toEqual(held);

  await app.ask('resume', undefined);
  expect((await stateOf(app)).hold).toBe(null);
  await app.ask('pause', { until: '1h' });
  expect((await stateOf(app)).hold?.until).toBeGreaterThan(app.now());
});

test('quiet hours are kept, and hold at once', async () => {
  await using app = await openApp({ provision });
  const quietHours = {
    on: true,
    spans: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '00:00' }],
    admitsGrave: true,
  };
  expect(await app.ask('changeQuietHours', quietHours)).toEqual({ status: 'done' });
  await app.restart();
  const state = await stateOf(app);
  expect(state.quietHours).toEqual(quietHours);
  expect(state.hold).toEqual({ why: 'quiet-hours', until: null, admitsGrave: true });
});

test('a test of a kind is shown by the system, and says that it is one', async () => {
  await using app = await openApp({ provision });
  expect(await app.ask('testNotification', { kind: 'nft.sent' })).toEqual({ status: 'shown' });
  await expect.poll(() => titles(app)).toEqual(['Test: NFT sent']);

  await app.ask('changePreferences', { notificationDetail: 'new-event' });
  await app.ask('testNotification', { kind: 'nft.sent' });
  await expect.poll(async () => (await titles(app)).at(-1)).toBe('Test: New event');
});
