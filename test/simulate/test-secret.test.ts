import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { kryptosSource, pathOf } from '../../bench/harness/deliveries.ts';
import { type Sent, send } from '../../bench/harness/http.ts';
import { openPlainApp } from '../../bench/harness/plain-app.ts';
import { createReceiver } from '../../electron/edges/server.ts';
import { answerTo } from '../support/answer-to.ts';

const source = kryptosSource('kryptos-waiting', { secrets: [] });
const simulatorToken = 'the token of the simulator';
const mark = { 'x-hookbell-simulator': simulatorToken };

/** The app and its receiver, with all that the simulator sent, which arrives nowhere. */
const openWithSent = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hookbell-'));
  const sent: Sent[] = [];
  const app = await openPlainApp({
    folder,
    provision: { sources: [source] },
    post: async (path, headers, body) => {
      sent.push({ path, headers, body });
      return { status: 0, outcome: 'kept by the test' };
    },
  });
  await app.ready();
  let port = 0;
  const receiver = createReceiver({
    ...app,
    id: randomUUID,
    now: Date.now,
    simulatorToken,
    log: () => {},
    onChange: (listening) => {
      if (listening.status === 'listening') port = listening.port;
      app.onListening(listening);
    },
  });
  await receiver.start(null);
  return {
    sent,
    simulated: async () =>
      answerTo('timeline', await app.ask('timeline', { before: null })).entries.map(
        ({ simulated }) => simulated,
      ),
    ask: app.ask,
    send: ({ headers, ...one }: Sent, more: Record<string, string> = {}) =>
      send(port, { ...one, headers: { ...headers, ...more } }),
    [Symbol.asyncDispose]: async () => {
      await receiver.drain();
      await app.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

test('the very test of a source without a secret is believed from our own simulator and from nobody else', async () => {
  await using app = await openWithSent();
  await app.ask('simulate', {
    ...{ what: 'delivery', sourceId: source.id, simulation: 'costbasis.completed' },
  });
  const [testOfOurs = { path: '' }] = app.sent;
  expect(testOfOurs.path).toBe(pathOf(source));

  expect((await app.send(testOfOurs)).status).toBe(401);
  expect((await app.send(testOfOurs, { 'x-hookbell-simulator': 'guessed' })).status).toBe(401);
  expect((await app.send(testOfOurs, { 'x-forwarded-for': '127.0.0.1' })).status).toBe(401);
  expect(await app.simulated()).toEqual([]);

  expect((await app.send(testOfOurs, mark)).status).toBe(200);
  expect(await app.simulated()).toEqual([true]);
});

test('whoever has the token of the simulator still needs the test secret', async () => {
  await using app = await openWithSent();
  await app.ask('tryNow', undefined);
  const [trial = { path: '' }] = app.sent;
  const forged = { ...trial.headers, 'X-Webhook-Signature': 'ab'.repeat(32) };
  expect((await app.send({ ...trial, headers: forged }, mark)).status).toBe(401);
});

test('the URL of a trial exists for our own simulator alone', async () => {
  await using app = await openWithSent();
  await app.ask('tryNow', undefined);
  const [trial = { path: '' }] = app.sent;

  expect((await app.send(trial)).status).toBe(404);
  expect((await app.send(trial, { 'x-hookbell-simulator': 'guessed' })).status).toBe(404);
  expect((await app.send(trial, mark)).status).toBe(200);
  expect(await app.simulated()).toEqual([true]);
});
