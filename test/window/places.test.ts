import { expect, test } from 'vitest';
import {
  kryptosSource,
  pathOf,
  simplehashSource,
  vezgoSource,
} from '../../bench/harness/deliveries.ts';
import type { PlaceOutside } from '../../shared/place-outside.ts';
import { timelineOf } from '../support/app.ts';
import { bodyOf, recorded } from '../support/fixtures.ts';
import { openInMemory } from '../support/memory.ts';

const unsigned = simplehashSource('simplehash-main', { secrets: [] });
const received = {
  path: pathOf(unsigned),
  headers: { 'content-type': 'application/json' },
  body: bodyOf('simplehash/wallet.inbound_transfer.json'),
};
const transaction = '0x06cf3ec933480aa9323fb0a3e26f88bd35af334adb692609fa56d8e7fb96b786';

const openWith = async (...sources: object[]) => openInMemory({ provision: { sources } });

test('an NFT leads to its explorer: the window names the place and sees the host, main makes the URL (E8)', async () => {
  await using app = await openWith(unsigned);
  await app.deliver(received);
  const places = (await app.ask('entry', { seq: 1 }))?.places ?? [];
  expect(places.map(({ label, host }) => `${label} on ${host}`)).toEqual([
    'Open the transaction on etherscan.io',
    'Open the NFT on etherscan.io',
    'Open the sender on etherscan.io',
    'Open the recipient on etherscan.io',
  ]);
  expect(app.opened()).toEqual([]);

  const place: PlaceOutside = { at: 'explorer', seq: 1, what: 'transaction' };
  expect(await app.ask('openPlace', { place })).toEqual({ status: 'opened' });
  expect(app.opened()).toEqual([`https://etherscan.io/tx/${transaction}`]);
  expect(await app.ask('copyPlace', { place })).toBe(true);
  expect(app.copied()).toBe(`https://etherscan.io/tx/${transaction}`);
});

test('without a browser the answer is the URL to copy (E8)', async () => {
  await using app = await openWith(kryptosSource());
  app.removeBrowser();
  expect(await app.ask('openPlace', { place: { at: 'portal', provider: 'kryptos' } })).toEqual({
    status: 'refused',
    why: 'no-browser',
    url: 'https://dashboard.kryptos.io/',
  });
});

test('a place that does not exist opens nothing', async () => {
  await using app = await openWith(unsigned);
  const missing: PlaceOutside[] = [
    { at: 'portal', provider: 'simplehash' },
    { at: 'portal', provider: '__proto__' },
    { at: 'explorer', seq: 99, what: 'transaction' },
    { at: 'account-link', sourceId: 'nobody', accountId: 'a' },
    { at: 'account-link', sourceId: unsigned.id, accountId: 'a' },
  ];
  for (const place of missing) {
    expect(await app.ask('openPlace', { place })).toEqual({
      status: 'refused',
      why: 'no-place',
      url: null,
    });
    expect(await app.ask('copyPlace', { place })).toBe(false);
  }
  expect(app.opened()).toEqual([]);
});

test('what the simulator made leads nowhere, because its ids are made up', async () => {
  await using app = await openWith(simplehashSource());
  const sourceId = 'simplehash-main';
  await app.ask('simulate', { what: 'delivery', sourceId, simulation: 'wallet.inbound_transfer' });
  const [entry] = await timelineOf(app);
  expect(entry?.simulated).toBe(true);
  expect((await app.ask('entry', { seq: 1 }))?.places).toEqual([]);
  const place: PlaceOutside = { at: 'explorer', seq: 1, what: 'transaction' };
  expect((await app.ask('openPlace', { place })).status).toBe('refused');
});

test('an account that only the simulator named has no link', async () => {
  const linked = vezgoSource('vezgo-main', { linkTemplate: 'https://my.app/{account.id}' });
  await using app = await openWith(linked);
  const simulation = 'SyncError:LoginFailedError';
  await app.ask('simulate', { what: 'delivery', sourceId: linked.id, simulation });
  const [entry] = await timelineOf(app);
  const accountId = entry?.status === 'event' ? (entry.event.account?.id ?? '') : '';
  const place: PlaceOutside = { at: 'account-link', sourceId: linked.id, accountId };
  expect((await app.ask('openPlace', { place })).status).toBe('refused');
});

test("a failed account leads to the person's own application, then to the portal", async () => {
  const linked = vezgoSource('vezgo-main', {
    linkTemplate: 'https://my.app/u/{user.id}/accounts/{account.id}',
  });
  await using app = await openWith(linked);
  await app.deliver(recorded('vezgo/SyncError.LoginFailedError.json', linked));
  const places = (await app.ask('entry', { seq: 1 }))?.places ?? [];
  expect(places.map(({ label, host }) => `${label} on ${host}`)).toEqual([
    'Open the account on my.app',
    'Open the portal on portal.vezgo.com',
  ]);
  const [link] = places;
  if (link) await expect.poll(() => app.ask('copyPlace', { place: link.place })).toBe(true);
  for (const { place } of places) await app.ask('openPlace', { place });
  expect(app.opened()[0]).toMatch(/^https:\/\/my\.app\/u\/\w+\/accounts\/\w+$/);
  expect(app.opened()[1]).toBe('https://portal.vezgo.com/api-keys');
});

test('a link without encryption is opened only after a yes to its host (E8)', async () => {
  const linked = vezgoSource('vezgo-main', { linkTemplate: 'http://localhost:3000/{account.id}' });
  await using app = await openWith(linked);
  await app.deliver(recorded('vezgo/SyncError.LoginFailedError.json', linked));
  const [place] = (await app.ask('entry', { seq: 1 }))?.places.map((one) => one.place) ?? [];
  if (place?.at !== 'account-link') throw new Error('There is no link');
  await expect.poll(() => app.ask('copyPlace', { place })).toBe(true);
  const asks = { status: 'asks', host: 'localhost:3000' };
  expect(await app.ask('openPlace', { place })).toEqual(asks);
  expect(await app.ask('openPlace', { place, agreedHost: 'my.app' })).toEqual(asks);
  expect(app.opened()).toEqual([]);
  expect(await app.ask('openPlace', { place, agreedHost: 'localhost:3000' })).toEqual({
    status: 'opened',
  });
  expect(app.opened()).toEqual([`http://localhost:3000/${place.accountId}`]);
});

test('the documentation and the dashboard of ngrok can be opened', async () => {
  await using app = await openWith();
  const places = await app.ask('offerPlaces', {
    places: [
      { at: 'docs', page: 'start' },
      { at: 'portal', provider: 'simplehash' },
      { at: 'ngrok', page: 'authtoken' },
    ],
  });
  expect(places.map(({ host }) => host)).toEqual(['github.com', 'dashboard.ngrok.com']);
  for (const { place } of places)
    expect(await app.ask('openPlace', { place })).toEqual({ status: 'opened' });
});
