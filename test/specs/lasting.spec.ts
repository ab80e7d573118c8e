import { expect, test } from 'vitest';
import {
  costBasisCompleted,
  kryptosSource,
  pathOf,
  vezgoSource,
} from '../../bench/harness/deliveries.ts';
import { openApp } from '../support/app.ts';
import { openInMemory } from '../support/memory.ts';
import type { TestApp } from '../support/test-app.ts';

const kryptos = kryptosSource();
const vezgo = vezgoSource();
const provision = { sources: [kryptos, vezgo] };
const stateOf = (app: TestApp) => app.ask('state', undefined);
/** What came before a start is read after it. */
const ready = (app: TestApp) => expect.poll(async () => (await stateOf(app)).ready).toBe(true);
const sourceOf = async (app: TestApp, id: string) =>
  (await stateOf(app)).sources.find((source) => source.id === id);
const rejections = async (app: TestApp) =>
  (await stateOf(app)).conditions
    .map(({ reason }) => reason)
    .filter(({ code }) => code === 'deliveries-rejected');

/** Two accepted at one source, four rejected for two reasons at the other, and a test. */
const use = async (app: TestApp, tests = 1) => {
  for (const _ of [1, 2]) await app.deliver(costBasisCompleted(kryptos));
  await app.deliver({ path: pathOf(vezgo), headers: { 'content-type': 'text/plain' } });
  for (const _ of [1, 2, 3])
    await app.deliver({
      path: pathOf(vezgo),
      headers: { 'content-type': 'application/json', 'x-client-id': 'wrong' },
      body: '{"hook":"SyncAccount"}',
    });
  const simulation = 'costbasis.completed';
  await app.ask('simulate', { what: 'delivery', sourceId: kryptos.id, simulation });
  await expect.poll(() => sourceOf(app, kryptos.id)).toMatchObject({ accepted: 2, tests });
};

test.each(['restart', 'killAndRestart'] as const)(
  'what reached each source and which condition is open is still known after %s',
  async (how) => {
    await using app = await openApp({ provision });
    await use(app);
    const before = await stateOf(app);
    const condition = {
      ...{ code: 'deliveries-rejected', sourceId: vezgo.id },
      reasons: [
        { reason: 'content-type', times: 1 },
        { reason: 'client-id-wrong', times: 3 },
      ],
    };
    expect(await rejections(app)).toMatchObject([condition]);

    await app[how]();
    await ready(app);

    expect(await rejections(app)).toEqual(
      before.conditions
        .map(({ reason }) => reason)
        .filter(({ code }) => code === 'deliveries-rejected'),
    );
    const seen = ({
      accepted,
      rejected,
      tests,
      lastDelivery,
      lastAcceptedAt,
      lastTestAt,
      days,
    }: (typeof before.sources)[number]) => ({
      ...{ accepted, rejected, tests, lastDelivery, lastAcceptedAt, lastTestAt, days },
    });
    expect((await stateOf(app)).sources.map(seen)).toEqual(before.sources.map(seen));

    await app.deliver({ path: pathOf(vezgo), headers: { 'content-type': 'text/plain' } });
    await expect.poll(async () => (await sourceOf(app, vezgo.id))?.rejected).toBe(5);
    expect(await rejections(app)).toHaveLength(1);
  },
);

test('a source that was changed is forgiven for good, after a crash too', async () => {
  await using app = await openApp({ provision });
  await use(app);
  await app.ask('changeSource', {
    change: { id: vezgo.id, name: 'Vezgo anew' },
    withoutKeyring: true,
  });
  expect(await rejections(app)).toEqual([]);
  await app.killAndRestart();
  await ready(app);
  expect(await rejections(app)).toEqual([]);
});

test('tests are counted as tests, in the timeline, in quarantine and at the source, after a crash too', async () => {
  await using app = await openApp({ provision });
  await app.ask('simulate', { what: 'story', story: 'wrong-secret' });
  await use(app, 4);
  const counted = {
    entries: 3,
    quarantined: 7,
    tests: { entries: 1, quarantined: 3 },
    onlyCounted: 0,
  };
  expect(await stateOf(app)).toMatchObject(counted);
  expect(await sourceOf(app, kryptos.id)).toMatchObject({ accepted: 2, rejected: 0, tests: 4 });
  await app.killAndRestart();
  await ready(app);
  expect(await stateOf(app)).toMatchObject(counted);
  expect(await sourceOf(app, kryptos.id)).toMatchObject({ accepted: 2, rejected: 0, tests: 4 });
  const quarantined = await app.ask('quarantine', { before: null });
  expect(quarantined.filter(({ simulated }) => simulated)).toHaveLength(3);
});

test('no way in for five minutes is a condition with its cause and the time it began, until it is not wanted any more', async () => {
  await using app = await openInMemory({
    provision: { ...provision, tunnel: { kind: 'custom', publicUrl: 'https://localhost:1' } },
  });
  const noWayIn = async () =>
    (await stateOf(app)).conditions
      .map(({ reason }) => reason)
      .find(({ code }) => code === 'public-url-down');
  const statusLater = async () => {
    app.clock.setForward(2000);
    return (await stateOf(app)).pipe.status;
  };
  await expect.poll(statusLater).not.toBe('connecting');
  const { pipe } = await stateOf(app);
  expect(pipe.status).toBe('degraded');
  expect(await noWayIn()).toBeUndefined();

  app.clock.setForward(6 * 60_000);
  const since = pipe.status === 'degraded' ? pipe.since : 0;
  await expect.poll(noWayIn).toMatchObject({
    ...{ code: 'public-url-down', since, waits: false },
    why: { title: 'The public URL cannot be reached from here' },
  });
  await app.ask('retryTunnel', undefined);
  expect(await noWayIn()).toMatchObject({ since });

  await app.ask('changeTunnel', { choice: { kind: 'none' }, withoutKeyring: true });
  expect(await noWayIn()).toBeUndefined();
});
