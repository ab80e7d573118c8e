import { readFileSync, statSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  costBasisCompleted,
  kryptosDelivery,
  kryptosSource,
  vezgoSource,
} from '../../bench/harness/deliveries.ts';
import { openApp, timelineOf, titlesOf } from '../support/app.ts';
import { recorded } from '../support/fixtures.ts';
import { folderOf } from '../support/folders.ts';

const kryptos = kryptosSource();
const vezgo = vezgoSource();
const provision = { sources: [kryptos, vezgo] };

test('what was answered 200 is there after the app was killed right after it (P1)', async () => {
  await using app = await openApp({ provision });

  for (let round = 1; round <= 5; round += 1) {
    const sent = Array.from({ length: 7 }, (_, index) =>
      costBasisCompleted(kryptos, { id: `whd_${round}_${index}` }),
    );
    const answers = await Promise.all(sent.map((one) => app.deliver(one)));
    expect(answers.map(({ status }) => status)).toEqual(sent.map(() => 200));

    await app.killAndRestart();
    expect(await titlesOf(app)).toHaveLength(7 * round);
  }
  expect((await timelineOf(app)).map(({ seq }) => seq)).toEqual(
    Array.from({ length: 35 }, (_, index) => 35 - index),
  );
});

test('a repeat stays a repeat, at once, in parallel, after a restart and after a kill (R10, R11)', async () => {
  await using app = await openApp({ provision });
  const one = costBasisCompleted(kryptos, { id: 'whd_same' });

  const answers = await Promise.all(Array.from({ length: 20 }, () => app.deliver(one)));
  expect(answers.filter(({ said }) => said === 'recorded')).toHaveLength(1);
  expect(answers.filter(({ said }) => said === 'duplicate')).toHaveLength(19);

  await app.restart();
  expect((await app.deliver(one)).said).toBe('duplicate');
  await app.killAndRestart();
  expect((await app.deliver(one)).said).toBe('duplicate');

  expect(await titlesOf(app)).toEqual(['Gains and losses are up to date']);
});

test('the same id with other content is kept beside the first and marked as conflicting', async () => {
  await using app = await openApp({ provision });
  const first = costBasisCompleted(kryptos, { id: 'whd_same' });
  const other = kryptosDelivery(String(first.body).replace('"user_123"', '"user_456"'), kryptos);

  await app.deliver(first);
  await app.deliver(recorded('kryptos/costbasis.failed.json', kryptos));
  expect((await app.deliver(other)).said).toBe('recorded');
  expect((await app.deliver(other)).said).toBe('duplicate');

  expect((await timelineOf(app)).map(({ conflicts }) => conflicts)).toEqual([true, false, false]);
});

test('full segments are sealed into electron-store files that only their owner can read (H4, H8)', async () => {
  await using app = await openApp({ provision });
  const sent = Array.from({ length: 600 }, (_, index) =>
    costBasisCompleted(kryptos, { id: `whd_${index}` }),
  );
  for (let at = 0; at < sent.length; at += 50)
    await Promise.all(sent.slice(at, at + 50).map((one) => app.deliver(one)));
  await app.restart();

  const segment = folderOf(app, 'history', 'seg-000001.json');
  expect(statSync(segment).mode & 0o777).toBe(0o600);
  expect(JSON.parse(readFileSync(segment, 'utf8')).events).toHaveLength(256);
  expect(await timelineOf(app)).toHaveLength(600);
  expect(await app.deliver(sent[0] ?? { path: '/' })).toMatchObject({ said: 'duplicate' });
});

test('read marks, repeat counts and notification decisions survive a restart', async () => {
  await using app = await openApp({ provision });
  const one = costBasisCompleted(kryptos);
  await app.deliver(one);
  await app.deliver(one);
  await app.ask('markSeen', { seqs: [1], seen: true });
  await expect.poll(async () => (await timelineOf(app))[0]?.notification?.shown).toBe(true);

  await app.restart();

  const [entry] = await timelineOf(app);
  expect(entry).toMatchObject({ seen: true, duplicates: 1, notification: { shown: true } });
  expect((await app.ask('state', undefined)).unseen).toBe(0);
});
