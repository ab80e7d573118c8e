import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import {
  costBasisCompleted,
  kryptosSource,
  pathOf,
  secrets,
  simplehashSource,
  vezgoSource,
} from '../../bench/harness/deliveries.ts';
import { openApp } from '../support/app.ts';
import type { TestApp } from '../support/test-app.ts';

const kryptos = kryptosSource('kryptos-main', { name: 'Tax office' });
const vezgo = vezgoSource('vezgo-main', { allowedAddresses: ['52.60.234.183'] });
const simplehash = simplehashSource();
const sources = [kryptos, vezgo, simplehash];
const preferences = { theme: 'dark', density: 'compact', notificationDetail: 'type-only' } as const;
const retention = { days: 365, entries: 200_000, bytes: 2 * 1024 ** 3 };

const File = z.record(z.string(), z.unknown());

/** An app that is set up, and the file its settings were saved in. */
const saved = async (app: TestApp) => {
  await app.ask('changePreferences', preferences);
  await app.ask('changeRetention', { retention, agreedUpTo: null });
  const file = join(app.folder, 'mine.json');
  await app.choose(file);
  expect(await app.ask('saveSettings', undefined)).toEqual({
    name: 'mine.json',
    folder: app.folder,
  });
  return readFileSync(file, 'utf8');
};

const setUp = async (app: TestApp) => {
  const state = await app.ask('state', undefined);
  return { ...state, sources: state.sources.map(({ id, name }) => [id, name]) };
};

const missingIn = async (app: TestApp) =>
  (await app.ask('state', undefined)).conditions
    .map(({ reason }) => reason)
    .flatMap((problem) => (problem.code === 'secret-missing' ? problem.sourceIds : []));

/** Lets the person choose a file with this text. */
const chooseText = async (app: TestApp, text: string) => {
  const file = join(app.folder, 'chosen.json');
  writeFileSync(file, text);
  await app.choose(file);
};

test('a file of settings says how everything is set up, and holds no secret and no token', async () => {
  await using app = await openApp({
    provision: { sources, tunnel: { kind: 'custom', publicUrl: 'https://hooks.example.com' } },
  });
  const text = await saved(app);

  expect(File.parse(JSON.parse(text))).toEqual({
    hookbell: 'settings',
    v: 1,
    receiver: { trustedProxies: [] },
    tunnel: { kind: 'custom', publicUrl: 'https://hooks.example.com' },
    sources: [
      { id: kryptos.id, provider: kryptos.provider, name: 'Tax office', hasSecret: true },
      {
        ...{ id: vezgo.id, provider: vezgo.provider, name: vezgo.name },
        ...{ clientId: vezgo.clientId, allowedAddresses: ['52.60.234.183'] },
      },
      { id: simplehash.id, provider: 'simplehash', name: simplehash.name, hasSecret: true },
    ],
    preferences,
    retention,
    rules: [],
    quietHours: {
      on: false,
      spans: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '22:00', to: '07:00' }],
      admitsGrave: false,
    },
  });
  for (const { token } of sources) expect(text).not.toContain(token);
  for (const secret of Object.values(secrets)) expect(text).not.toContain(secret);
  expect(text).not.toMatch(/[0-9a-f]{32}/i);
});

test('restoring on a new computer asks first, then adds the sources with new URLs, and says what they need', async () => {
  await using app = await openApp({ provision: { sources } });
  const text = await saved(app);
  await using another = await openApp();
  await chooseText(another, text);

  expect(await another.ask('openSettingsFile', undefined)).toEqual({
    status: 'offered',
    name: 'chosen.json',
    changes: [
      'Adds “Tax office” (Kryptos) with a new URL, without its secret.',
      'Adds “Vezgo” (Vezgo) with a new URL. Only 52.60.234.183 may post to it.',
      'Adds “SimpleHash” (SimpleHash) with a new URL, without its secret.',
      'Theme: dark.',
      'Rows: compact.',
      'Notifications say only the kind.',
      'Keeps at most 365 days, 200,000 events and 2,048 MiB.',
    ],
  });
  expect((await setUp(another)).sources).toEqual([]);
  expect(await another.ask('restoreSettings', { withoutKeyring: false })).toMatchObject({
    status: 'failed',
    problem: { code: 'keyring-missing' },
  });
  expect((await setUp(another)).sources).toEqual([]);

  expect(await another.ask('restoreSettings', { withoutKeyring: true })).toEqual({
    status: 'done',
    value: {
      newUrls: ['Tax office', 'Vezgo', 'SimpleHash'],
      secrets: ['Tax office', 'SimpleHash'],
      authtoken: false,
    },
  });
  expect(await setUp(another)).toMatchObject({
    sources: sources.map(({ id, name }) => [id, name]),
    preferences,
    retention,
  });
  expect(
    (await another.deliver({ ...costBasisCompleted(kryptos), path: pathOf(kryptos) })).status,
  ).toBe(404);

  await another.restart();
  expect(await missingIn(another)).toEqual([kryptos.id, simplehash.id]);
  for (const id of [kryptos.id, simplehash.id]) {
    await another.ask('changeSource', {
      change: { id, newSecret: secrets.simplehash },
      withoutKeyring: true,
    });
  }
  expect(await missingIn(another)).toEqual([]);
});

test('the answer to the question about login is kept, saved and restored, and a file without it takes it from nobody (T8)', async () => {
  await using app = await openApp();
  const without = await saved(app);
  await app.ask('changePreferences', { askedAboutLogin: true });
  await app.ask('changePreferences', { theme: 'light' });
  await app.restart();
  const isAnswered = async (asked: TestApp) =>
    (await asked.ask('state', undefined)).preferences.askedAboutLogin ?? false;
  expect(await isAnswered(app)).toBe(true);
  await chooseText(app, without);
  await app.ask('openSettingsFile', undefined);
  await app.ask('restoreSettings', { withoutKeyring: true });
  expect(await isAnswered(app)).toBe(true);

  const text = await saved(app);
  await using another = await openApp();
  await chooseText(another, text);
  expect(await another.ask('openSettingsFile', undefined)).toMatchObject({
    changes: expect.arrayContaining(['Does not ask whether to start when you log in.']),
  });
  await another.ask('restoreSettings', { withoutKeyring: true });
  expect(await isAnswered(another)).toBe(true);
});

test('rules and quiet hours are saved and restored, but for rules about sources that are not there', async () => {
  await using app = await openApp({ provision: { sources: [kryptos] } });
  const quietHours = {
    on: true,
    spans: [{ days: [1, 5], from: '22:00', to: '07:00' }],
    admitsGrave: false,
  };
  await app.ask('changeQuietHours', quietHours);
  await app.ask('addRule', { about: { what: 'source', sourceId: kryptos.id }, says: 'mute' });
  await app.ask('addRule', { about: { what: 'kind', kind: 'nft.sent' }, says: 'mute' });
  const text = await saved(app);

  await using another = await openApp();
  await chooseText(another, JSON.stringify({ ...File.parse(JSON.parse(text)), sources: [] }));
  expect(await another.ask('openSettingsFile', undefined)).toMatchObject({
    changes: expect.arrayContaining([
      'Rules for notifications: 1 that mute, 0 that announce more.',
      'Quiet hours: 22:00 to 07:00, without exception.',
    ]),
  });
  await another.ask('restoreSettings', { withoutKeyring: true });
  const state = await another.ask('state', undefined);
  expect(state.rules.map(({ about }) => about)).toEqual([{ what: 'kind', kind: 'nft.sent' }]);
  expect(state.quietHours).toEqual(quietHours);
});

test('sources that are here keep their URL and their secrets, and no other one is removed', async () => {
  await using app = await openApp({ provision: { sources: [kryptos, vezgo] } });
  const text = await saved(app);
  await app.ask('changeSource', {
    change: { id: kryptos.id, name: 'Other', allowedAddresses: [] },
    withoutKeyring: true,
  });
  await app.ask('changeSource', {
    change: { id: vezgo.id, clientId: 'another' },
    withoutKeyring: true,
  });
  const draft = { provider: 'simplehash', name: 'New', secrets: [], clientId: null };
  await app.ask('addSource', { draft: { ...draft, allowedAddresses: null }, withoutKeyring: true });

  await chooseText(app, text);
  expect(await app.ask('openSettingsFile', undefined)).toMatchObject({
    changes: [
      'Renames “Other” to “Tax office”.',
      '“Tax office”: Any address may post to it.',
      `“Vezgo” takes only the client id ${vezgo.clientId}.`,
    ],
  });
  expect(await app.ask('restoreSettings', { withoutKeyring: false })).toEqual({
    status: 'done',
    value: { newUrls: [], secrets: [], authtoken: false },
  });
  expect((await setUp(app)).sources.map(([, name]) => name)).toEqual([
    'Tax office',
    'Vezgo',
    'New',
  ]);
  expect((await app.deliver(costBasisCompleted(kryptos))).status).toBe(200);

  await chooseText(app, text);
  expect(await app.ask('openSettingsFile', undefined)).toMatchObject({ changes: [] });
});

const broken: readonly (readonly [string, string | object, string | null])[] = [
  ['half a file', '{"hookbell": ', null],
  ['an export', '{"id":"1","status":"event"}', null],
  ['a provisioning file', JSON.stringify({ sources }), null],
  ['a newer one', '{"hookbell":"settings","v":2}', null],
  [
    'one with a secret',
    { sources: [{ id: 'a', provider: 'kryptos', name: 'A', secrets: ['a'] }] },
    'sources[0].secrets',
  ],
  [
    'one with an unknown provider',
    { sources: [{ id: 'a', provider: 'nobody', name: 'A' }] },
    'sources[0].provider',
  ],
  [
    'one with another provider for a source that is here',
    { sources: [{ id: kryptos.id, provider: vezgo.provider, name: 'A' }] },
    'sources[0].provider',
  ],
  [
    'one with an http URL',
    { tunnel: { kind: 'custom', publicUrl: 'http://a.example' } },
    'tunnel.publicUrl',
  ],
  ['one with an authtoken', { tunnel: { kind: 'ngrok', authtoken: 'x' } }, 'tunnel.authtoken'],
  ['a theme there is not', { preferences: { ...preferences, theme: 'pink' } }, 'preferences.theme'],
  ['a rule about nothing', { rules: [{ id: '1', says: 'mute' }] }, 'rules[0]'],
  [
    'quiet hours at 25:00',
    {
      quietHours: { on: true, admitsGrave: false, spans: [{ days: [1], from: '25:00', to: '7' }] },
    },
    'quietHours',
  ],
  ['too many days', { retention: { ...retention, days: 5000 } }, 'retention.days'],
];

test('a file with a mistake is refused with the place of it, and nothing is changed', async () => {
  await using app = await openApp({ provision: { sources: [kryptos] } });
  const before = await setUp(app);
  for (const [what, content, path] of broken) {
    const text =
      typeof content === 'string'
        ? content
        : JSON.stringify({ hookbell: 'settings', v: 1, ...content });
    await chooseText(app, text);
    const opened = await app.ask('openSettingsFile', undefined);
    expect(opened, what).toMatchObject({ status: 'mistaken', mistakes: [{ path }] });
    expect(await app.ask('restoreSettings', { withoutKeyring: true }), what).toMatchObject({
      status: 'failed',
      problem: { code: 'gone' },
    });
  }
  expect(await setUp(app)).toEqual(before);
});
