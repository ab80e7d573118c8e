import { expect, test } from 'vitest';
import {
  costBasisCompleted,
  kryptosDelivery,
  kryptosSource,
  pathOf,
  simplehashDelivery,
  simplehashSource,
} from '../../bench/harness/deliveries.ts';
import { openApp, timelineOf, titlesOf } from '../support/app.ts';
import { bodyOf } from '../support/fixtures.ts';
import type { TestApp } from '../support/test-app.ts';

const json = { 'content-type': 'application/json' };
const stateOf = (app: TestApp) => app.ask('state', undefined);

/** So many at a time, as a stranger's program would. */
const inRows = async (count: number, send: (number: number) => Promise<unknown>) => {
  for (let from = 0; from < count; from += 20)
    await Promise.all(
      Array.from({ length: Math.min(20, count - from) }, (_, at) => send(from + at)),
    );
};

const rotated = kryptosSource('kryptos-main', { secrets: ['old-secret'] });
const sendGenuine = async (app: TestApp) => {
  for (let number = 0; number < 5; number += 1) {
    const sent = costBasisCompleted(rotated, { id: `whd_${number}`, secret: 'new-secret' });
    expect((await app.deliver(sent)).status).toBe(401);
  }
};
const enterSecret = (app: TestApp) =>
  app.ask('changeSource', {
    change: { id: rotated.id, newSecret: 'new-secret' },
    withoutKeyring: true,
  });

test('500 rejected posts push no genuine delivery of a rotated secret out of the quarantine (R13b)', async () => {
  await using app = await openApp({ provision: { sources: [rotated] } });
  await sendGenuine(app);
  await inRows(500, () => app.deliver({ path: pathOf(rotated), headers: json, body: '{}' }));
  await enterSecret(app);
  expect(await timelineOf(app)).toHaveLength(5);
});

test('one network of IPv6 addresses is one sender, whose forgeries push out only each other (R13b)', async () => {
  await using app = await openApp({
    provision: { sources: [rotated], receiver: { trustedProxies: ['127.0.0.1'] } },
  });
  await sendGenuine(app);
  await inRows(520, (number) => {
    const forged = costBasisCompleted(rotated, { secret: 'guessed' });
    const address = `2001:db8::${(number + 1).toString(16)}`;
    return app.deliver({ ...forged, headers: { ...forged.headers, 'x-forwarded-for': address } });
  });
  await enterSecret(app);
  expect(await timelineOf(app)).toHaveLength(5);
});

test('what failed a signature is never believed because the secret was removed (R13c)', async () => {
  const signed = simplehashSource();
  await using app = await openApp({ provision: { sources: [signed] } });
  const body = bodyOf('simplehash/wallet.outbound_transfer.json');
  const forger = { ...signed, secrets: ['d3JvbmctZm9yLXN1cmU='] };
  for (let number = 0; number < 3; number += 1)
    expect((await app.deliver(simplehashDelivery(body, forger, app.now()))).status).toBe(401);
  await app.ask('changeSource', {
    change: { id: signed.id, secrets: [] },
    withoutKeyring: true,
  });
  expect(await titlesOf(app)).toEqual([]);
  expect(await app.ask('quarantine', { before: null })).toHaveLength(3);
  expect((await app.notifications()).filter(({ title }) => /wallet|believed/.test(title))).toEqual(
    [],
  );
});

test('rejections beyond the budget of a minute are counted and write nothing (R13)', async () => {
  const source = kryptosSource();
  await using app = await openApp({ provision: { sources: [source] } });
  const body = JSON.stringify({ event: 'x', data: { text: 'x'.repeat(200_000) } });
  await inRows(100, () => app.deliver(kryptosDelivery(body, source, 'guessed')));
  await expect.poll(async () => (await stateOf(app)).sources[0]?.rejected).toBe(100);
  const { quarantined, onlyCounted } = await stateOf(app);
  expect(quarantined + onlyCounted).toBe(100);
  // One source gets half of the 8 MiB.
  expect(quarantined).toBeGreaterThan(15);
  expect(quarantined).toBeLessThanOrEqual(21);
});

test('behind a URL of the person’s own a relay is named as the cause, until a signed delivery came through it', async () => {
  const source = kryptosSource();
  const host = 'localhost:1';
  await using app = await openApp({
    provision: {
      sources: [source],
      tunnel: { kind: 'custom', publicUrl: `https://${host}` },
    },
  });
  const deliver = (secret?: string) => {
    const sent = costBasisCompleted(source, secret === undefined ? {} : { secret });
    return app.deliver({ ...sent, headers: { ...sent.headers, host } });
  };
  const condition = async () =>
    (await stateOf(app)).conditions
      .map(({ reason }) => reason)
      .find(({ code }) => code === 'deliveries-rejected');
  for (const _ of [1, 2, 3]) expect((await deliver('guessed')).status).toBe(401);
  await expect.poll(condition).toMatchObject({ unprovenRelay: true });
  await expect
    .poll(async () => (await app.notifications()).at(-1)?.body)
    .toMatch(/^3 with a wrong signature. Does a relay at your public URL rewrite the body/);

  expect((await deliver()).status).toBe(200);
  await expect.poll(condition).toBeUndefined();
  await app.killAndRestart();
  for (const _ of [1, 2, 3]) expect((await deliver('guessed')).status).toBe(401);
  await expect.poll(condition).toMatchObject({ unprovenRelay: false });
});
