import { expect, test } from 'vitest';
import {
  costBasisCompleted,
  kryptosSource,
  simplehashSource,
  vezgoSource,
} from '../../bench/harness/deliveries.ts';
import { openApp, timelineOf } from '../support/app.ts';
import { recorded } from '../support/fixtures.ts';
import { openOwnServer } from '../support/own-server.ts';

const kryptos = kryptosSource();
const vezgo = vezgoSource();
const provision = { sources: [kryptos, vezgo, simplehashSource()] };
const failed = recorded('vezgo/SyncError.LoginFailedError.json', vezgo);

test('a delivery that is delivered again is judged and answered, and nothing else comes of it (P3)', async () => {
  await using app = await openApp({ provision });
  await app.deliver(costBasisCompleted(kryptos));
  await app.deliver(failed);
  await expect.poll(async () => (await app.notifications()).length).toBe(2);
  const before = await timelineOf(app);
  const { sources } = await app.ask('state', undefined);

  for (const { seq } of before)
    expect(await app.ask('deliverAgain', { seq })).toEqual({
      ...{ status: 'answered', code: 200, outcome: 'duplicate' },
    });
  expect(await timelineOf(app)).toEqual(before);
  expect(await app.notifications()).toHaveLength(2);
  expect((await app.ask('state', undefined)).sources).toEqual(sources);
});

test('a secret that no longer fits is an answer, and no rejected delivery', async () => {
  await using app = await openApp({ provision });
  await app.deliver(costBasisCompleted(kryptos));
  await app.ask('changeSource', {
    change: { id: kryptos.id, secrets: ['whsec_another_0123456789abcdef'] },
    withoutKeyring: true,
  });
  expect(await app.ask('deliverAgain', { seq: 1 })).toEqual({
    ...{ status: 'answered', code: 401, outcome: 'signature-wrong' },
  });
  const state = await app.ask('state', undefined);
  expect([state.quarantined, state.onlyCounted, state.refusals]).toEqual([0, 0, []]);
});

test('nobody else can say that a delivery comes again', async () => {
  await using app = await openApp({ provision });
  const sent = costBasisCompleted(kryptos);
  const headers = { ...sent.headers, 'x-hookbell-again': `guessed ${app.now()}` };
  expect((await app.deliver({ ...sent, headers })).said).toBe('recorded');
  const detail = await app.ask('entry', { seq: 1 });
  expect(detail?.headers.map(({ name }) => name)).not.toContain('x-hookbell-again');
});

test('what is not there any more cannot be sent', async () => {
  await using app = await openApp({ provision });
  await app.deliver(costBasisCompleted(kryptos));
  expect(await app.ask('deliverAgain', { seq: 7 })).toEqual({ status: 'not-sent', why: 'gone' });
  expect(await app.ask('forward', { seq: 7, url: 'localhost:1' })).toEqual({ status: 'gone' });
  await app.ask('removeSource', { id: kryptos.id });
  expect(await app.ask('deliverAgain', { seq: 1 })).toEqual({
    ...{ status: 'not-sent', why: 'no-source' },
  });
});

test('a delivery is forwarded as it came to a server on this computer, which is remembered (P9)', async () => {
  await using app = await openApp({ provision });
  await using server = await openOwnServer(418);
  const sent = costBasisCompleted(kryptos);
  const headers = { ...sent.headers, 'X-Odd': `$(id) 'a' "b"`, 'X-Empty': '' };
  await app.deliver({ ...sent, headers });
  expect((await app.ask('state', undefined)).preferences.forwardTo).toBeUndefined();

  expect(await app.ask('forward', { seq: 1, url: server.url })).toMatchObject({
    ...{ status: 'answered', code: 418 },
  });
  const [heard] = server.heard;
  expect(heard).toMatchObject({ path: '/hooks', body: sent.body });
  expect(heard?.headers).toEqual(
    expect.arrayContaining([
      ['x-webhook-signature', String(sent.headers?.['x-webhook-signature'])],
      ['X-Odd', `$(id) 'a' "b"`],
      ['X-Empty', ''],
      ['Host', new URL(server.url).host],
    ]),
  );
  await app.restart();
  expect((await app.ask('state', undefined)).preferences.forwardTo).toBe(server.url);
  await app.ask('changePreferences', { theme: 'dark' });
  expect((await app.ask('state', undefined)).preferences.forwardTo).toBe(server.url);
  expect(server.heard).toHaveLength(1);
});

test('nothing is forwarded off this computer, by a redirect neither, nor to the receiver itself (P9)', async () => {
  await using app = await openApp({ provision });
  await using server = await openOwnServer(307, { location: 'http://192.0.2.1/' });
  await app.deliver(costBasisCompleted(kryptos));
  expect(await app.ask('forward', { seq: 1, url: server.url })).toMatchObject({
    ...{ status: 'answered', code: 307 },
  });
  expect(server.heard).toHaveLength(1);
  for (const url of ['http://192.0.2.1/', 'https://localhost/', `localhost:${app.port()}/hooks`])
    expect(await app.ask('forward', { seq: 1, url })).toMatchObject({ status: 'refused' });
  expect((await app.ask('state', undefined)).preferences.forwardTo).toBe(server.url);
  expect(await app.ask('forward', { seq: 1, url: 'http://localhost:1/' })).toMatchObject({
    ...{ status: 'not-reached', message: 'nothing listens there' },
  });
});
