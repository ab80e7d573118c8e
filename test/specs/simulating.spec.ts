import { expect, test } from 'vitest';
import {
  costBasisCompleted,
  kryptosSource,
  simplehashSource,
  vezgoSource,
} from '../../bench/harness/deliveries.ts';
import { openApp, timelineOf } from '../support/app.ts';

const listed = vezgoSource('vezgo-listed', { allowedAddresses: ['52.60.234.183'] });
const provision = { sources: [kryptosSource(), vezgoSource(), listed, simplehashSource()] };

test('every simulation of every source is genuine: it comes in over HTTP, is believed, understood and marked', async () => {
  await using app = await openApp({ provision });
  const providers = await app.ask('providers', undefined);
  let sent = 0;

  for (const source of provision.sources) {
    for (const { id } of providers.find((provider) => provider.id === source.provider)
      ?.simulations ?? []) {
      const answers = await app.ask('simulate', {
        what: 'delivery',
        sourceId: source.id,
        simulation: id,
      });
      expect(answers).toEqual([
        { sourceId: source.id, simulation: id, status: 200, outcome: 'recorded' },
      ]);
      sent += 1;
    }
  }
  const entries = await timelineOf(app);
  expect(entries).toHaveLength(sent);
  expect(entries.every(({ simulated, status }) => simulated && status === 'event')).toBe(true);
});

test('a story plays through, and a wrong secret is refused like any other', async () => {
  await using app = await openApp({ provision });

  const recalculation = await app.ask('simulate', { what: 'story', story: 'recalculation' });
  expect(recalculation.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  const wrong = await app.ask('simulate', { what: 'story', story: 'wrong-secret' });
  expect(wrong.map(({ outcome }) => outcome)).toEqual([
    'signature-wrong',
    'signature-wrong',
    'signature-wrong',
  ]);

  expect(await timelineOf(app)).toHaveLength(4);
});

test('a test of our own is no sign of life of a provider: neither that it delivers nor that it is refused', async () => {
  const kryptos = kryptosSource();
  await using app = await openApp({ provision: { sources: [kryptos] } });
  const one = {
    what: 'delivery',
    sourceId: kryptos.id,
    simulation: 'costbasis.completed',
  } as const;
  const stateOf = async () => {
    const { sources, conditions } = await app.ask('state', undefined);
    return { source: sources[0], codes: conditions.map(({ reason }) => reason.code) };
  };

  await app.ask('simulate', { what: 'story', story: 'wrong-secret' });
  await app.ask('simulate', one);
  await expect.poll(() => timelineOf(app)).toHaveLength(1);
  const afterTests = await stateOf();
  expect(afterTests.source).toMatchObject({ lastDelivery: null, accepted: 0, rejected: 0 });
  expect(afterTests.codes).not.toContain('deliveries-rejected');

  for (const _ of [1, 2, 3]) await app.deliver(costBasisCompleted(kryptos, { secret: 'rotated' }));
  await app.ask('simulate', one);
  await expect.poll(() => timelineOf(app)).toHaveLength(2);
  const afterRejections = await stateOf();
  expect(afterRejections.source).toMatchObject({ lastDelivery: { outcome: 'rejected' } });
  expect(afterRejections.codes).toContain('deliveries-rejected');
});

test('an exchange that loses its key and recovers is told twice per account', async () => {
  await using app = await openApp({ provision });

  await app.ask('simulate', { what: 'story', story: 'lost-key' });

  await expect
    .poll(async () => (await timelineOf(app)).map(({ notification }) => notification?.shown))
    .toEqual([true, true, true, false, true]);
});

test('only our own simulator can mark a delivery as simulated', async () => {
  const kryptos = kryptosSource();
  await using app = await openApp({ provision: { sources: [kryptos] } });
  const sent = costBasisCompleted(kryptos);

  await app.deliver({ ...sent, headers: { ...sent.headers, 'x-hookbell-simulator': 'guessed' } });

  expect((await timelineOf(app))[0]?.simulated).toBe(false);
  const names = (await app.ask('entry', { seq: 1 }))?.headers.map(({ name }) => name.toLowerCase());
  expect(names).not.toContain('x-hookbell-simulator');
});

test('an account that the simulator lets fail is told as its doing, and having read that is enough', async () => {
  const kryptos = kryptosSource();
  await using app = await openApp({ provision: { sources: [kryptos] } });
  const failing = async () =>
    (await app.ask('state', undefined)).conditions
      .map(({ reason }) => reason)
      .filter(({ code }) => code === 'account-failing');
  await app.ask('simulate', {
    ...{ what: 'delivery', sourceId: kryptos.id, simulation: 'integration.failed' },
  });
  await expect.poll(failing).toEqual([expect.objectContaining({ simulated: true })]);
  for (const { id, reason } of (await app.ask('state', undefined)).conditions)
    if (reason.code === 'account-failing') await app.ask('acknowledgeCondition', { id });
  expect(await failing()).toEqual([]);
});

test('a source that still awaits its secret can be tested, and believes a provider no sooner for that', async () => {
  const waiting = kryptosSource('kryptos-waiting', { secrets: [] });
  await using app = await openApp({ provision: { sources: [waiting] } });
  const testIt = () =>
    app.ask('simulate', {
      ...{ what: 'delivery', sourceId: waiting.id, simulation: 'costbasis.completed' },
    });

  expect(await testIt()).toMatchObject([{ status: 200, outcome: 'recorded' }]);
  expect((await app.deliver(costBasisCompleted(waiting, { secret: 'guessed' }))).status).toBe(401);
  expect((await app.deliver(costBasisCompleted(waiting, { secret: '' }))).status).toBe(401);
  expect((await timelineOf(app)).map(({ simulated }) => simulated)).toEqual([true]);
  const { verification } = (await app.ask('entry', { seq: 1 })) ?? {};
  expect(verification?.checked.join(' ')).toContain('one for tests');

  await app.ask('changeSource', {
    ...{ change: { id: waiting.id, secrets: ['the right one'] }, withoutKeyring: true },
  });
  expect(await testIt()).toMatchObject([{ status: 200, outcome: 'recorded' }]);
  const real = costBasisCompleted(waiting, { secret: 'the right one' });
  expect((await app.deliver(real)).status).toBe(200);
});

test('a test of a source notifies, whatever its provider', async () => {
  await using app = await openApp({
    provision: { sources: [kryptosSource(), vezgoSource(), simplehashSource()] },
  });
  const shown = async () => (await timelineOf(app)).map(({ notification }) => notification?.shown);
  for (const { id } of (await app.ask('state', undefined)).sources)
    expect(await app.ask('sendTest', { id })).toMatchObject({ status: 200, outcome: 'recorded' });
  await expect.poll(shown).toEqual([true, true, true]);
  expect(await app.ask('sendTest', { id: 'nobody' })).toBe(null);
});
