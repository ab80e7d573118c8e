import { expect, test } from 'vitest';
import {
  clientId,
  costBasisCompleted,
  kryptosSource,
  pathOf,
  simplehashSource,
  vezgoSource,
} from '../../bench/harness/deliveries.ts';
import { openApp, timelineOf } from '../support/app.ts';
import type { TestApp } from '../support/test-app.ts';

const signed = kryptosSource();
const unsigned = simplehashSource('simplehash-main', { secrets: [] });
const stateOf = (app: TestApp) => app.ask('state', undefined);
const sharesUsedUp = async (app: TestApp) =>
  (await stateOf(app)).conditions
    .map(({ reason }) => reason)
    .filter(({ code }) => code === 'share-used-up');
const post = (app: TestApp, number: number) =>
  app.deliver({
    path: pathOf(unsigned),
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ type: 'noise', data: { number } }),
  });
const postAll = async (app: TestApp, from: number, to: number) => {
  const statuses = new Set<number>();
  for (let at = from; at < to; at += 20)
    for (const { status } of await Promise.all(
      Array.from({ length: Math.min(20, to - at) }, (_, more) => post(app, at + more)),
    ))
      statuses.add(status);
  return [...statuses];
};
const smallest = { days: 90, entries: 1000, bytes: 16 * 1024 * 1024 };

test('who knows the URL of an unsigned source cannot push out the events of another (H15)', async () => {
  await using app = await openApp({ provision: { sources: [signed, unsigned] } });
  await app.ask('changeRetention', { retention: smallest, agreedUpTo: null });
  for (let number = 0; number < 50; number += 1)
    expect((await app.deliver(costBasisCompleted(signed))).status).toBe(200);

  expect(await postAll(app, 0, 250)).toEqual([200]);
  expect(await post(app, 250)).toMatchObject({ status: 429, headers: { 'retry-after': '3600' } });
  expect(await postAll(app, 251, 2600)).toEqual([429]);
  // What is there already is no more.
  expect((await post(app, 3)).said).toBe('duplicate');
  const verified = (await timelineOf(app)).filter(({ sourceId }) => sourceId === signed.id);
  expect(verified).toHaveLength(50);
  expect((await app.deliver(costBasisCompleted(signed))).status).toBe(200);
  expect((await stateOf(app)).refusals).toMatchObject([{ why: 'share-used-up', times: 2350 }]);
});

test('a used-up share is a condition that outlives a restart, until the person lets the source have more (H15)', async () => {
  await using app = await openApp({ provision: { sources: [signed, unsigned] } });
  await app.ask('changeRetention', { retention: smallest, agreedUpTo: null });
  await postAll(app, 0, 260);
  const condition = { code: 'share-used-up', sourceId: unsigned.id, entries: 250 };
  await expect.poll(() => sharesUsedUp(app)).toMatchObject([condition]);

  await app.killAndRestart();
  await expect.poll(() => sharesUsedUp(app)).toMatchObject([condition]);
  expect((await post(app, 300)).status).toBe(429);

  expect(await app.ask('raiseShare', { id: unsigned.id })).toEqual({ status: 'done' });
  expect(await sharesUsedUp(app)).toEqual([]);
  expect((await post(app, 300)).status).toBe(200);
});

test('a source that is alone has no share to keep to (H15)', async () => {
  await using app = await openApp({ provision: { sources: [unsigned] } });
  await app.ask('changeRetention', { retention: smallest, agreedUpTo: null });
  expect(await postAll(app, 0, 300)).toEqual([200]);
});

test('hundreds of failing accounts at one URL leave the state small (E7b)', async () => {
  const vezgo = vezgoSource();
  await using app = await openApp({ provision: { sources: [vezgo] } });
  const fail = (number: number) =>
    app.deliver({
      path: pathOf(vezgo),
      headers: { 'content-type': 'application/json', 'x-client-id': clientId },
      body: JSON.stringify({
        hook: 'SyncError',
        account: { id: `account ${number}`, provider: 'binance' },
        user: { id: 'user', loginName: 'user' },
        error: { name: 'CredentialsError', message: 'The key was revoked' },
      }),
    });
  for (let at = 0; at < 300; at += 20)
    await Promise.all(Array.from({ length: 20 }, (_, more) => fail(at + more)));

  const failing = async () =>
    (await stateOf(app)).conditions
      .map(({ reason }) => reason)
      .filter(({ code }) => code.includes('failing'));
  await expect
    .poll(async () => (await failing()).at(-1))
    .toMatchObject({
      ...{ code: 'more-accounts-failing', sourceId: vezgo.id, accounts: 250 },
    });
  expect(await failing()).toHaveLength(51);
  expect(JSON.stringify(await stateOf(app)).length).toBeLessThan(30_000);
});
