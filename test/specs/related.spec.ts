import { expect, test } from 'vitest';
import { kryptosDelivery, kryptosSource, vezgoSource } from '../../bench/harness/deliveries.ts';
import { openApp } from '../support/app.ts';
import type { TestApp } from '../support/test-app.ts';

const kryptos = kryptosSource();
const provision = { sources: [kryptos, vezgoSource()] };

const send = async (app: TestApp, id: string, event: string, data: object) => {
  const { status } = await app.deliver(kryptosDelivery({ id, event, data }, kryptos));
  expect(status).toBe(200);
};
const failed = (app: TestApp, id: string, walletId: string, message = 'API key refused') =>
  send(app, id, 'integration.failed', { walletId, providerPublicName: 'Kraken', message });

const seqsOf = async (app: TestApp, seq: number) =>
  (await app.ask('related', { seq })).map(({ about, entries, more }) => ({
    about,
    seqs: entries.map((entry) => entry.seq),
    more,
  }));

test('an event leads to the nearest others of its account, and to all of them', async () => {
  await using app = await openApp({ provision });
  for (let at = 1; at <= 8; at += 1) await failed(app, `whd_${at}`, at === 4 ? 'other' : 'wallet');
  expect(await seqsOf(app, 1)).toEqual([{ about: 'account', seqs: [7, 6, 5, 3, 2], more: true }]);
  expect(await seqsOf(app, 8)).toEqual([{ about: 'account', seqs: [7, 6, 5, 3, 2], more: true }]);
  expect(await seqsOf(app, 4)).toEqual([]);

  const [group] = await app.ask('related', { seq: 1 });
  const all = await app.ask('timeline', { before: null, query: group?.query ?? '' });
  expect(all.entries.map(({ seq }) => seq)).toEqual([8, 7, 6, 5, 3, 2, 1]);
});

test('a delivery leads to the one that it contradicts, and that one to it', async () => {
  await using app = await openApp({ provision });
  await failed(app, 'whd_1', 'wallet', 'API key refused');
  await failed(app, 'whd_2', 'another');
  await failed(app, 'whd_1', 'wallet', 'API key accepted');
  expect(await seqsOf(app, 3)).toEqual([{ about: 'conflict', seqs: [1], more: false }]);
  expect(await seqsOf(app, 1)).toEqual([{ about: 'conflict', seqs: [3], more: false }]);
});

test('a step leads to the others of its run, and to none of the run before', async () => {
  await using app = await openApp({ provision });
  const at = app.now() - 4 * 3_600_000;
  const step = (id: number, event: string, minutes: number) =>
    send(app, `whd_${id}`, event, {
      ...{ uid: 'user_1', status: event.split('.')[1], timestamp: at + minutes * 60_000 },
    });
  await step(1, 'costbasis.started', 0);
  await step(2, 'costbasis.completed', 5);
  await step(3, 'transfer_detection.started', 100);
  await step(4, 'transfer_detection.completed', 102);
  await step(5, 'costbasis.started', 103);
  await step(6, 'costbasis.completed', 109);
  expect(await seqsOf(app, 4)).toEqual([{ about: 'run', seqs: [6, 5, 3], more: false }]);
  expect(await seqsOf(app, 1)).toEqual([{ about: 'run', seqs: [2], more: false }]);
  const [group] = await app.ask('related', { seq: 4 });
  const all = await app.ask('timeline', { before: null, query: group?.query ?? '' });
  expect(all.entries.map(({ seq }) => seq)).toEqual([6, 5, 4, 3]);
});

test('the body before it is that of the same kind and account', async () => {
  await using app = await openApp({ provision });
  await failed(app, 'whd_1', 'wallet', 'first');
  await failed(app, 'whd_2', 'another');
  await send(app, 'whd_3', 'integration.updated', { walletId: 'wallet', status: 'ACTIVE' });
  await failed(app, 'whd_4', 'wallet', 'second');
  const previous = await app.ask('previous', { seq: 4 });
  expect(previous).toMatchObject({ seq: 1, text: expect.stringContaining('first') });
  expect(await app.ask('previous', { seq: 2 })).toBe(null);
});
