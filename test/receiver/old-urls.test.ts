import { expect, test } from 'vitest';
import { costBasisCompleted, kryptosSource, pathOf } from '../../bench/harness/deliveries.ts';
import { graceMs } from '../../electron/setup/endpoints.ts';
import { type InMemory, openInMemory } from '../support/memory.ts';

const source = kryptosSource();
const { id } = source;

/** An app whose source has a new URL while its portal posts to the old one. */
const withOldUrlInUse = async () => {
  const app = await openInMemory({ provision: { sources: [source] } });
  await app.ask('replaceToken', { id, withoutKeyring: true });
  expect((await app.deliver(costBasisCompleted(source))).status).toBe(200);
  await app.ask('copyEndpoint', { id });
  const path = new URL(app.copied()).pathname;
  expect(path).not.toBe(pathOf(source));
  return { ...app, toNewUrl: () => app.deliver({ ...costBasisCompleted(source), path }) };
};

const oldUrlsIn = async (app: InMemory) =>
  (await app.ask('state', undefined)).conditions
    .map(({ reason }) => reason)
    .flatMap((problem) =>
      problem.code === 'old-url-in-use' ? [problem.stopped ? 'stopped' : 'in use'] : [],
    );

test('an old URL is in use until a delivery arrives at the new one', async () => {
  await using app = await withOldUrlInUse();
  expect(await oldUrlsIn(app)).toEqual(['in use']);
  expect((await app.toNewUrl()).status).toBe(200);
  expect(await oldUrlsIn(app)).toEqual([]);
});

test('an expired old URL stays a problem until a delivery arrives at the new one', async () => {
  await using app = await withOldUrlInUse();
  app.clock.setForward(graceMs);
  expect(await oldUrlsIn(app)).toEqual(['stopped']);
  expect((await app.deliver(costBasisCompleted(source))).status).toBe(404);
  expect(await oldUrlsIn(app)).toEqual(['stopped']);
  expect((await app.toNewUrl()).status).toBe(200);
  expect(await oldUrlsIn(app)).toEqual([]);
});

test('an old URL in use is a problem after a restart, too', async () => {
  await using app = await openInMemory();
  const draft = { provider: 'kryptos', name: 'Mine', secrets: [...(source.secrets ?? [])] };
  const added = await app.ask('addSource', {
    draft: { ...draft, clientId: null, allowedAddresses: null },
    withoutKeyring: true,
  });
  const mine = added.status === 'done' ? added.value.id : '';
  const pathNow = async () => {
    await app.ask('copyEndpoint', { id: mine });
    return new URL(app.copied()).pathname;
  };
  const oldPath = await pathNow();
  await app.ask('replaceToken', { id: mine, withoutKeyring: true });
  const deliverTo = async (path: string) =>
    (await app.deliver({ ...costBasisCompleted(source), path })).status;
  expect(await deliverTo(oldPath)).toBe(200);

  await app.restart();
  expect(await oldUrlsIn(app)).toEqual(['in use']);
  app.clock.setForward(graceMs);
  await app.restart();
  expect(await oldUrlsIn(app)).toEqual(['stopped']);
  expect(await deliverTo(await pathNow())).toBe(200);
  await app.restart();
  expect(await oldUrlsIn(app)).toEqual([]);
});

test('a rejected delivery says nothing about a portal', async () => {
  await using app = await openInMemory({ provision: { sources: [source] } });
  await app.ask('replaceToken', { id, withoutKeyring: true });
  expect((await app.deliver(costBasisCompleted(source, { secret: 'guessed' }))).status).toBe(401);
  expect(await oldUrlsIn(app)).toEqual([]);
});

test('a simulated delivery says nothing about a portal', async () => {
  await using app = await withOldUrlInUse();
  const simulation = { what: 'delivery', sourceId: id, simulation: 'costbasis.completed' } as const;
  expect(await app.ask('simulate', simulation)).toMatchObject([{ status: 200 }]);
  expect(await oldUrlsIn(app)).toEqual(['in use']);
});

test('the old URL is removed with its source', async () => {
  await using app = await withOldUrlInUse();
  expect(await app.ask('removeSource', { id })).toEqual({ status: 'done' });
  expect(await oldUrlsIn(app)).toEqual([]);
});
