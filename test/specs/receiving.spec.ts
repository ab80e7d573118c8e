import { expect, test } from 'vitest';
import {
  costBasisCompleted,
  kryptosDelivery,
  kryptosSource,
  pathOf,
  simplehashSource,
  vezgoSource,
} from '../../bench/harness/deliveries.ts';
import { send } from '../../bench/harness/http.ts';
import { openApp, pagesOf, timelineOf, titlesOf } from '../support/app.ts';
import { recorded } from '../support/fixtures.ts';
import type { TestApp } from '../support/test-app.ts';

const kryptos = kryptosSource();
const vezgo = vezgoSource();
const simplehash = simplehashSource();
const unsigned = simplehashSource('simplehash-unsigned', { secrets: [] });
const everything = { sources: [kryptos, vezgo, simplehash, unsigned] };
const json = { 'content-type': 'application/json' };

const reasonsIn = async (app: TestApp) =>
  (await app.ask('quarantine', { before: null })).map(({ reason }) => reason);

test('a forged delivery is refused, kept out of the timeline, and cannot silence the real one', async () => {
  await using app = await openApp({ provision: everything });

  expect(
    (await app.deliver(costBasisCompleted(kryptos, { secret: 'guessed', id: 'whd_1' }))).status,
  ).toBe(401);
  expect(await titlesOf(app)).toEqual([]);
  expect(await app.deliver(costBasisCompleted(kryptos, { id: 'whd_1' }))).toMatchObject({
    status: 200,
    said: 'recorded',
  });

  expect(await titlesOf(app)).toEqual(['Gains and losses are up to date']);
  await expect
    .poll(() => app.notifications())
    .toEqual([{ title: 'Gains and losses are up to date', body: 'Kryptos' }]);
  expect(await reasonsIn(app)).toEqual(['signature-wrong']);
});

test.each([
  ['no signature', {}, 'signature-missing'],
  ['a short signature', { 'x-webhook-signature': 'abc123' }, 'signature-malformed'],
  ['a signature that is no hex', { 'x-webhook-signature': 'z'.repeat(64) }, 'signature-malformed'],
  [
    '64 characters that are more bytes',
    { 'x-webhook-signature': '\u00e9'.repeat(64) },
    'signature-malformed',
  ],
  [
    'two signatures',
    { 'x-webhook-signature': ['0'.repeat(64), '1'.repeat(64)] },
    'signature-malformed',
  ],
  ['a wrong signature', { 'x-webhook-signature': '0'.repeat(64) }, 'signature-wrong'],
])('%s is answered 401, never 500 (A6)', async (_what, headers, reason) => {
  await using app = await openApp({ provision: everything });
  const sent = {
    path: pathOf(kryptos),
    headers: { ...json, ...headers },
    body: '{"event":"costbasis.completed"}',
  };

  expect((await app.deliver(sent)).status).toBe(401);

  expect(await titlesOf(app)).toEqual([]);
  const [found] = await reasonsIn(app);
  // A repeated header is as good as a malformed one; which of the two words it gets does not matter here.
  expect(['signature-missing', reason]).toContain(found);
});

test('what is no delivery to an endpoint is told so, the same for every wrong path (A1, A2)', async () => {
  await using app = await openApp({ provision: everything });
  const ask = (path: string, method = 'POST') => app.deliver({ path, method, headers: json });

  const wrong = [
    await ask('/'),
    await ask('/hooks/kryptos/wrong-token-of-some-length'),
    await ask(pathOf(kryptos).replace('kryptos', 'vezgo')),
    await ask('/hooks/nobody/wrong-token-of-some-length', 'GET'),
  ];
  for (const answer of wrong) {
    expect(answer).toMatchObject({ status: 404, text: '' });
    expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
  }
  for (const method of ['GET', 'PUT', 'OPTIONS', 'HEAD', 'DELETE']) {
    const answer = await ask(pathOf(kryptos), method);
    expect(answer.status).toBe(405);
    expect(answer.headers.allow).toBe('POST');
    expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
  }
  expect(await app.deliver({ path: '/healthz', method: 'GET' })).toMatchObject({
    status: 200,
    text: '{"status":"ok"}',
  });
});

test('browser pages and other names for this computer are refused before the path counts', async () => {
  await using app = await openApp({ provision: everything });
  const good = costBasisCompleted(kryptos);
  const withHeaders = (headers: object) =>
    app.deliver({ ...good, headers: { ...good.headers, ...headers } });

  expect((await withHeaders({ origin: 'https://evil.example' })).status).toBe(403);
  expect((await withHeaders({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  expect((await withHeaders({ referer: 'https://evil.example/' })).status).toBe(403);
  expect((await withHeaders({ host: 'evil.example' })).status).toBe(421);
  expect(await titlesOf(app)).toEqual([]);
  expect((await app.deliver(good)).status).toBe(200);
});

const refusedBy = async (app: TestApp) =>
  (await app.ask('state', undefined)).refusals.map(({ why, times }) => [why, times]);

test('what is turned away is counted by its reason, with when it happened last, and nothing of it is shown (R5.2, E7)', async () => {
  await using app = await openApp({ provision: everything });
  const good = costBasisCompleted(kryptos);
  const before = app.now();
  await app.deliver({ ...good, path: '/hooks/kryptos/a-secret-with-a-typing-mistake' });
  await app.deliver({ ...good, path: '/wp-login.php' });
  await app.deliver({ ...good, path: '/hooks/nobody/at-all' });
  await app.deliver({ ...good, method: 'PUT' });
  await app.deliver({ ...good, headers: { ...good.headers, host: 'evil.example' } });
  await app.deliver({ ...good, headers: { ...good.headers, origin: 'https://evil.example' } });
  expect(await refusedBy(app)).toEqual([
    ['wrong-token', 1],
    ['wrong-path', 2],
    ['wrong-method', 1],
    ['wrong-host', 1],
    ['from-browser', 1],
  ]);
  const { refusals, conditions, ...rest } = await app.ask('state', undefined);
  const others = conditions.filter(({ reason }) => reason.code !== 'other-host');
  for (const { lastAt } of refusals) {
    expect(lastAt).toBeGreaterThanOrEqual(before);
    expect(lastAt).toBeLessThanOrEqual(app.now());
  }
  expect(JSON.stringify([refusals, others, rest])).not.toMatch(
    /typing-mistake|wp-login|at-all|evil/,
  );
});

test('what comes in, what is rejected and kept, and whoever asks how we are, is not counted as turned away', async () => {
  await using app = await openApp({ provision: everything });
  await app.deliver(costBasisCompleted(kryptos));
  await app.deliver(costBasisCompleted(kryptos, { secret: 'guessed' }));
  await app.deliver({ path: '/healthz', method: 'GET' });
  await app.deliver({ path: '/hooks/probe/one-that-comes-back-too-late', method: 'GET' });
  await app.ask('simulate', { what: 'story', story: 'wrong-secret' });
  expect(await refusedBy(app)).toEqual([]);
});

test('a source that waits tells that something was posted to a wrong URL of its provider, until a delivery is accepted', async () => {
  await using app = await openApp({ provision: everything });
  const lastOf = async ({ id }: { readonly id: string }) =>
    (await app.ask('state', undefined)).sources.find((source) => source.id === id)?.lastDelivery;
  const good = costBasisCompleted(kryptos);
  const strayed = { ...good, path: `${pathOf(kryptos)}//` };

  await app.deliver({ ...strayed, method: 'GET', body: '' });
  await app.deliver({ ...good, path: '/hooks' });
  expect(await lastOf(kryptos)).toBeNull();
  await app.deliver(strayed);
  expect(await lastOf(kryptos)).toEqual({ outcome: 'wrong-path', at: expect.any(Number) });
  expect(await lastOf(vezgo)).toBeNull();
  await app.deliver({ ...good, path: '/hooks/Vezgo' });
  expect(await lastOf(vezgo)).toMatchObject({ outcome: 'wrong-path' });

  await app.deliver(good);
  await expect.poll(() => lastOf(kryptos)).toMatchObject({ outcome: 'accepted' });
  await app.deliver(strayed);
  expect(await lastOf(kryptos)).toMatchObject({ outcome: 'accepted' });
});

test('a body over 2 MiB is refused, 1 MiB works (A3, H7)', async () => {
  await using app = await openApp({ provision: everything });
  const padded = (bytes: number) =>
    kryptosDelivery(
      { id: `whd_${bytes}`, event: 'costbasis.completed', data: { padding: 'x'.repeat(bytes) } },
      kryptos,
    );

  expect((await app.deliver(padded(1024 * 1024))).status).toBe(200);
  expect((await app.deliver(padded(2 * 1024 * 1024))).status).toBe(413);
  const { headers, ...chunked } = padded(3 * 1024 * 1024);
  const endless = await send(app.port(), {
    ...chunked,
    headers: { ...headers, 'transfer-encoding': 'chunked' },
  }).catch(() => null);
  // The answer may be lost to the connection being closed on the sender's unread bytes.
  expect([413, undefined]).toContain(endless?.status);

  expect(await titlesOf(app)).toEqual(['Gains and losses are up to date']);
  expect(await reasonsIn(app)).toContain('body-too-large');
});

test('what is not plain JSON by its headers is refused (A4, A5)', async () => {
  await using app = await openApp({ provision: everything });
  const good = costBasisCompleted(kryptos);
  const as = (headers: object) =>
    app.deliver({ ...good, headers: { ...good.headers, ...headers } });

  expect((await as({ 'content-type': 'text/plain' })).status).toBe(415);
  expect((await as({ 'content-type': 'multipart/form-data; boundary=x' })).status).toBe(415);
  expect((await as({ 'content-encoding': 'gzip' })).status).toBe(415);
  expect(
    (
      await as({
        'content-type': 'Application/Vnd.Api+JSON; charset=utf-8',
        'content-encoding': 'identity',
      })
    ).status,
  ).toBe(200);
  expect(await reasonsIn(app)).toEqual(['content-encoding', 'content-type', 'content-type']);
});

test('what is signed but not understood is kept as it came and answered 200 (A7, R6)', async () => {
  await using app = await openApp({ provision: everything });
  const bodies = ['not json', '[]', '', '{"event":"portfolio.rebalanced","data":{}}'];

  for (const body of bodies) {
    expect(await app.deliver(kryptosDelivery(body, kryptos))).toMatchObject({
      status: 200,
      said: 'unrecognized',
    });
  }
  const entries = await timelineOf(app);
  expect(entries.map(({ status }) => status)).toEqual(bodies.map(() => 'unrecognized'));
  const oldest = await app.ask('entry', { seq: 1 });
  expect(oldest?.body.text).toBe('not json');
  await expect
    .poll(async () =>
      (await timelineOf(app)).every(({ notification }) => notification?.shown === false),
    )
    .toBe(true);
});

test('what is unsigned and unreadable is refused, of an unknown type it is kept (A8, A9)', async () => {
  await using app = await openApp({ provision: everything });
  const headers = { ...recorded('vezgo/SyncAccount.json', vezgo).headers };
  const post = (body: string) => app.deliver({ path: pathOf(vezgo), headers, body });

  for (const body of ['', 'not json', '[]', '"text"', '['.repeat(100_000)])
    expect((await post(body)).status).toBe(400);
  expect(await post('{"hook":"SyncPaused"}')).toMatchObject({ status: 200, said: 'unrecognized' });
  expect((await app.deliver({ path: pathOf(unsigned), headers: json, body: '{}' })).said).toBe(
    'unrecognized',
  );
  expect(await titlesOf(app)).toEqual([null, 'SyncPaused']);
});

test('a Vezgo delivery needs the client id of its source', async () => {
  await using app = await openApp({ provision: everything });
  const good = recorded('vezgo/SyncAccount.json', vezgo);

  expect((await app.deliver({ ...good, headers: json })).status).toBe(401);
  expect(
    (await app.deliver({ ...good, headers: { ...json, 'x-client-id': 'another' } })).status,
  ).toBe(401);
  expect((await app.deliver(good)).status).toBe(200);
  expect(await reasonsIn(app)).toEqual(['client-id-wrong', 'client-id-missing']);
});

test('an address list is enforced on the true address, whatever the headers claim', async () => {
  const listed = vezgoSource('listed', { allowedAddresses: ['52.60.234.183'] });
  const behindProxy = { sources: [listed], receiver: { trustedProxies: ['127.0.0.1'] } };
  const good = recorded('vezgo/SyncAccount.json', listed);
  const from = (forwarded: string) => ({
    ...good,
    headers: { ...good.headers, 'x-forwarded-for': forwarded },
  });

  await using direct = await openApp({ provision: { sources: [listed] } });
  expect((await direct.deliver(good)).status).toBe(403);
  expect((await direct.deliver(from('52.60.234.183'))).status).toBe(403);

  await using proxied = await openApp({ provision: behindProxy });
  expect((await proxied.deliver(from('52.60.234.183, 203.0.113.9'))).status).toBe(403);
  expect((await proxied.deliver(from('203.0.113.9, 52.60.234.183'))).status).toBe(200);
});

test('hundreds of deliveries at once are all kept, in one order, without a gap (H1)', async () => {
  await using app = await openApp({ provision: everything });
  const sent = Array.from({ length: 600 }, (_, index) =>
    costBasisCompleted(kryptos, { id: `whd_${index}` }),
  );

  const statuses = new Set<number>();
  for (let at = 0; at < sent.length; at += 60) {
    const answers = await Promise.all(sent.slice(at, at + 60).map((one) => app.deliver(one)));
    for (const { status } of answers) statuses.add(status);
  }
  expect([...statuses]).toEqual([200]);
  const seqs = (await pagesOf(app)).map((page) => {
    expect(page.length).toBeLessThanOrEqual(200);
    return page.map(({ seq }) => seq);
  });
  expect(seqs.flat()).toEqual(Array.from({ length: 600 }, (_, index) => 600 - index));
});

test('who fails twenty times in a minute through a proxy is told to wait, and what verifies is never limited (R13, A13)', async () => {
  await using app = await openApp({
    provision: { ...everything, receiver: { trustedProxies: ['127.0.0.1'] } },
  });
  const from = (address: string, secret?: string) => {
    const sent = costBasisCompleted(kryptos, secret === undefined ? {} : { secret });
    return app.deliver({ ...sent, headers: { ...sent.headers, 'x-forwarded-for': address } });
  };
  for (let failure = 1; failure <= 20; failure += 1)
    expect((await from('203.0.113.9', 'guessed')).status).toBe(401);

  const limited = await from('203.0.113.9', 'guessed');
  expect(limited.status).toBe(429);
  expect(limited.headers['retry-after']).toBe('60');
  expect(await refusedBy(app)).toEqual([['too-many-failures', 1]]);
  expect((await from('203.0.113.9')).status).toBe(200);
  expect((await from('203.0.113.10', 'guessed')).status).toBe(401);
});
