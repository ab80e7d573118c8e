import { expect, test } from 'vitest';
import {
  costBasisCompleted,
  kryptosSource,
  pathOf,
  vezgoSource,
} from '../../bench/harness/deliveries.ts';
import { openApp, timelineOf, titlesOf } from '../support/app.ts';
import { recorded } from '../support/fixtures.ts';
import type { TestApp } from '../support/test-app.ts';

const kryptos = kryptosSource();
const vezgo = vezgoSource();

const mistakesOf = async (app: TestApp) => {
  const { conditions } = await app.ask('state', undefined);
  return conditions.flatMap(({ reason }) =>
    reason.code === 'provisioning' ? reason.mistakes : [],
  );
};

test.each([
  ['no JSON at all', '{"sources": [', null],
  ['a list', [], null],
  ['a misspelt key', { reciever: {} }, 'reciever'],
  ['a port out of range', { receiver: { port: 70000 } }, 'receiver.port'],
  ['a port as text', { receiver: { port: '4747' } }, 'receiver.port'],
  [
    'proxies that are no list',
    { receiver: { trustedProxies: '10.0.0.1' } },
    'receiver.trustedProxies',
  ],
  [
    'a range of addresses that is none',
    { receiver: { trustedProxies: ['10.0.0.0/8', '10.0.0.0/33'] } },
    'receiver.trustedProxies[1]',
  ],
  ['a host that is none', { receiver: { hosts: ['relay.example', 'a b'] } }, 'receiver.hosts[1]'],
  ['an unknown tunnel', { tunnel: { kind: 'magic' } }, 'tunnel.kind'],
  [
    'an http URL',
    { tunnel: { kind: 'custom', publicUrl: 'http://example.com' } },
    'tunnel.publicUrl',
  ],
  [
    'a domain with a scheme',
    { tunnel: { kind: 'ngrok', authtoken: 'x', domain: 'https://a.ngrok.app' } },
    'tunnel.domain',
  ],
  ['an unknown provider', { sources: [{ ...kryptos, provider: 'nobody' }] }, 'sources[0].provider'],
  ['a source without a name', { sources: [{ ...kryptos, name: '' }] }, 'sources[0].name'],
  [
    'a secret of white space',
    { sources: [{ ...kryptos, secrets: [' \n'] }] },
    'sources[0].secrets[0]',
  ],
  ['a short token', { sources: [kryptos, { ...vezgo, token: 'short' }] }, 'sources[1].token'],
  ['three secrets', { sources: [{ ...kryptos, secrets: ['a', 'b', 'c'] }] }, 'sources[0].secrets'],
  [
    'a secret for a provider that signs nothing',
    { sources: [{ ...vezgo, secrets: ['a'] }] },
    'sources[0].secrets',
  ],
  [
    'Vezgo without a client id',
    { sources: [{ ...vezgo, clientId: undefined }] },
    'sources[0].clientId',
  ],
  ['the same id twice', { sources: [kryptos, { ...vezgo, id: kryptos.id }] }, 'sources[1].id'],
  [
    'the same token twice',
    { sources: [kryptos, { ...vezgo, token: kryptos.token }] },
    'sources[1].token',
  ],
  ['an unknown detail level', { notifications: { detail: 'everything' } }, 'notifications.detail'],
])(
  'a provisioning file with %s changes nothing and is told with its path',
  async (_what, provision, path) => {
    const broken =
      typeof provision === 'string' || Array.isArray(provision) || 'sources' in provision
        ? provision
        : { ...provision, sources: [kryptos] };
    await using app = await openApp({
      provision: typeof broken === 'string' ? broken : JSON.stringify(broken),
    });

    expect((await mistakesOf(app)).map((mistake) => mistake.path)).toContain(path);
    expect((await app.ask('state', undefined)).sources).toEqual([]);
    expect((await app.deliver(costBasisCompleted(kryptos))).status).toBe(404);
  },
);

test('a provisioning file sets up its sources once, however often it is read', async () => {
  await using app = await openApp({ provision: { sources: [kryptos, vezgo] } });
  await app.deliver(costBasisCompleted(kryptos));
  await app.restart();

  const { sources, conditions } = await app.ask('state', undefined);
  expect(sources.map(({ id, secretCount, locked }) => ({ id, secretCount, locked }))).toEqual([
    { id: kryptos.id, secretCount: 1, locked: false },
    { id: vezgo.id, secretCount: 0, locked: false },
  ]);
  expect(conditions.map(({ reason }) => reason.code)).not.toContain('old-url-in-use');
  expect((await app.deliver(costBasisCompleted(kryptos))).status).toBe(200);
});

test('a secret, token or client id that was pasted with white space around it is used without (K6)', async () => {
  const padded = (text: string) => `\uFEFF ${text}\r\n`;
  const pasted = {
    sources: [
      { ...kryptos, token: padded(kryptos.token), secrets: kryptos.secrets?.map(padded) },
      { ...vezgo, clientId: padded(vezgo.clientId ?? '') },
    ],
  };
  await using app = await openApp({ provision: `\uFEFF\r\n${JSON.stringify(pasted)}\n\n` });
  expect(await mistakesOf(app)).toEqual([]);
  expect((await app.deliver(costBasisCompleted(kryptos))).status).toBe(200);
  expect((await app.deliver(recorded('vezgo/SyncAccount.json', vezgo))).status).toBe(200);
});

test.each([
  ['{\n"sources": [{ "secrets": [whsec_in_the_file] }]}', 'is not JSON'],
  ['{\n"sources": [{ "secrets": ["whsec_in_the_file" }]}', 'is not JSON from line 2 on'],
])(
  'a provisioning file that is no JSON is told of without a word of it (E7)',
  async (provision, message) => {
    await using app = await openApp({ provision });
    expect(await mistakesOf(app)).toEqual([{ path: null, message }]);
  },
);

test('nothing the window gets holds a token or a secret (E7)', async () => {
  await using app = await openApp({ provision: { sources: [kryptos, vezgo] } });
  await app.deliver(costBasisCompleted(kryptos));
  await app.deliver(costBasisCompleted(kryptos, { secret: 'guessed' }));

  const seen = JSON.stringify([
    await app.ask('state', undefined),
    await app.ask('entry', { seq: 1 }),
    await app.ask('quarantine', { before: null }),
    await app.ask('providers', undefined),
  ]);
  for (const secret of [kryptos.token, vezgo.token, ...(kryptos.secrets ?? []), 'guessed'])
    expect(seen).not.toContain(secret);
  expect(seen).not.toMatch(/[0-9a-f]{64}"\s*,\s*"masked":false/);
});

test('a source is added, renamed, given a second secret, moved to a new URL, and removed, with one question about the keyring (K7)', async () => {
  await using app = await openApp();
  const draft = {
    provider: 'kryptos',
    name: 'Mine',
    secrets: ['first'],
    clientId: null,
    allowedAddresses: null,
  };

  expect(await app.ask('addSource', { draft, withoutKeyring: false })).toMatchObject({
    status: 'failed',
    problem: { code: 'keyring-missing' },
  });
  const added = await app.ask('addSource', { draft, withoutKeyring: true });
  if (added.status !== 'done') throw new Error(added.problem.code);
  const { id } = added.value;

  const change = { id, name: 'Ours', newSecret: 'second' };
  expect(await app.ask('changeSource', { change, withoutKeyring: false })).toMatchObject({
    status: 'done',
    value: { name: 'Ours', secretCount: 2 },
  });
  const before = (await app.ask('state', undefined)).sources[0]?.maskedEndpoint;
  await app.ask('replaceToken', { id, withoutKeyring: false });
  expect((await app.ask('state', undefined)).sources[0]?.maskedEndpoint).not.toBe(before);
  await app.restart();
  expect((await app.ask('state', undefined)).sources).toMatchObject([
    { id, name: 'Ours', secretCount: 2 },
  ]);

  await app.ask('removeSource', { id });
  expect((await app.ask('state', undefined)).sources).toEqual([]);
});

test('a replaced URL still works for a while, and says so', async () => {
  const old = kryptosSource();
  await using app = await openApp({ provision: { sources: [old] } });
  await app.ask('replaceToken', { id: old.id, withoutKeyring: true });

  expect((await app.deliver({ ...costBasisCompleted(old), path: pathOf(old) })).status).toBe(200);

  expect(await titlesOf(app)).toHaveLength(1);
  await expect
    .poll(async () =>
      (await app.ask('state', undefined)).conditions
        .map(({ reason }) => reason)
        .map(({ code }) => code),
    )
    .toContain('old-url-in-use');
});

test('a draft that does not fit its provider is refused at the field', async () => {
  await using app = await openApp();
  const draft = {
    provider: 'vezgo',
    name: 'Mine',
    secrets: [],
    clientId: null,
    allowedAddresses: null,
  };
  expect(await app.ask('addSource', { draft, withoutKeyring: true })).toMatchObject({
    status: 'failed',
    problem: { code: 'invalid', field: 'clientId' },
  });
});

test('a corrected secret admits what was rejected, dated and placed when it came, told in one sentence', async () => {
  const rotated = kryptosSource('kryptos-main', { secrets: ['old-secret'] });
  const other = kryptosSource('kryptos-other');
  await using app = await openApp({ provision: { sources: [rotated, other] } });
  expect((await app.deliver(costBasisCompleted(other, { id: 'whd_before' }))).status).toBe(200);
  const sent = ['whd_1', 'whd_2'].map((id) =>
    costBasisCompleted(rotated, { id, secret: 'new-secret' }),
  );
  for (const one of sent) expect((await app.deliver(one)).status).toBe(401);
  await app.deliver(costBasisCompleted(rotated, { id: 'whd_3', secret: 'never-right' }));
  const received = (await app.ask('quarantine', { before: null })).map(
    ({ receivedAt }) => receivedAt,
  );
  expect((await app.deliver(costBasisCompleted(other, { id: 'whd_after' }))).status).toBe(200);

  await app.ask('changeSource', {
    change: { id: rotated.id, newSecret: 'new-secret' },
    withoutKeyring: true,
  });

  const entries = await timelineOf(app);
  expect(entries.map(({ sourceId }) => sourceId)).toEqual([
    ...['kryptos-other', 'kryptos-main', 'kryptos-main', 'kryptos-other'],
  ]);
  const admitted = entries.slice(1, 3);
  expect(admitted.map(({ receivedAt }) => receivedAt)).toEqual(received.slice(1));
  expect(admitted.map(({ proof }) => proof)).toEqual([
    { status: 'verified', secret: 0 },
    { status: 'verified', secret: 0 },
  ]);
  expect(await app.ask('quarantine', { before: null })).toHaveLength(1);
  await expect
    .poll(async () => (await app.notifications()).at(-1)?.title)
    .toBe('2 deliveries are believed after all');
  expect((await app.deliver(sent[0] ?? { path: '' })).said).toBe('duplicate');
});
