import { rmSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { schedule } from '../../electron/edges/clock.ts';
import { authtokenId, authtokenOf, keepAuthtoken } from '../../electron/setup/authtoken.ts';
import type { Cipher } from '../../electron/setup/keyring.ts';
import { createRestore } from '../../electron/setup/restore.ts';
import { openSettings, type Settings } from '../../electron/setup/settings.ts';
import { readSettingsFile, settingsFileOf } from '../../electron/setup/settings-file.ts';
import { createSources } from '../../electron/setup/sources.ts';
import { openVault } from '../../electron/setup/vault.ts';
import type { Folder } from '../../electron/storage/folder.ts';
import { tempFolder, withStores } from '../history/support/temp-folder.ts';

const keyring = (backend: string): Cipher => ({
  backend,
  encrypt: async (text) => Buffer.from(text).toString('base64'),
  decrypt: async (data) => ({ text: Buffer.from(data, 'base64').toString(), stale: false }),
});

const tokenOf = (number: number) => `fresh-token-${String(number).padStart(16, '0')}`;

const open = async (folder: Folder, cipher = keyring('here')) => {
  const settings = openSettings(folder);
  const vault = openVault({
    ...{ folder, schedule, askKeyring: async () => cipher },
    ...{ report: () => {}, onOpenedLate: () => {} },
  });
  await vault.ask();
  const sources = createSources(settings, vault);
  let tokens = 0;
  const token = () => {
    tokens += 1;
    return tokenOf(tokens);
  };
  const saved = () => settingsFileOf(settings.current, (source) => sources.secretCount(source) > 0);
  return {
    ...{ settings, vault, sources, saved },
    restore: createRestore({ settings, sources, vault, token }),
  };
};

const token = 'a-token-nobody-may-see-0123456789';
const source = (id: string) => ({
  ...{ id, provider: 'kryptos', name: `Source ${id}`, token: `${token}-${id}` },
  ...{ secrets: [`secret-of-${id}`], clientId: null, allowedAddresses: null },
});
const withSources = async (folder: Folder, ...ids: string[]) => {
  const app = await open(folder);
  for (const id of ids) await app.sources.add(source(id));
  return app;
};
const pathOf = (secret: string) => `/hooks/kryptos/${secret}`;

const ngrok: Extract<Settings['tunnel'], { kind: 'ngrok' }> = {
  kind: 'ngrok',
  domain: 'my-name.ngrok-free.app',
  ...{ closedAtEdge: true, serverAddress: null, rootCa: null },
};

test('no secret, token, authtoken or hash is in a file of settings, whatever the settings are', async () => {
  const text = fc.stringMatching(/^[a-zA-Z0-9 “”"\\äЯ]{1,40}$/).filter((one) => one.trim() !== '');
  const address = fc.ipV4();
  const hash = fc.stringMatching(/^[0-9a-f]{64}$/);
  const stored = fc.record({
    ...{ id: fc.uuid(), provider: fc.constantFrom('kryptos', 'vezgo', 'simplehash') },
    ...{ name: text, tokenHash: hash, clientId: fc.option(text) },
    retired: fc.array(fc.record({ hash, until: fc.nat() }), { maxLength: 3 }),
    allowedAddresses: fc.option(fc.array(address, { maxLength: 3 })),
  });
  const tunnel = fc.constantFrom<Settings['tunnel']>(
    { kind: 'none' },
    { kind: 'custom', publicUrl: 'https://hooks.example.com' },
    ngrok,
    { ...ngrok, domain: null, serverAddress: 'host:443', rootCa: '/ca.pem', closedAtEdge: false },
  );
  using temp = tempFolder();
  const { current } = openSettings(temp.folder);
  fc.assert(
    fc.property(fc.uniqueArray(stored, { selector: ({ id }) => id }), tunnel, (sources, way) => {
      const settings = { ...current, sources, tunnel: way };
      const file = settingsFileOf(settings, () => true);
      for (const { tokenHash, retired } of sources) {
        expect(file).not.toContain(tokenHash);
        for (const one of retired) expect(file).not.toContain(one.hash);
      }
      const read = readSettingsFile(file);
      expect(read).toMatchObject({ status: 'valid', value: { tunnel: { kind: way.kind } } });
      expect(read.status === 'valid' && read.value.sources?.map(({ id }) => id)).toEqual(
        sources.map(({ id }) => id),
      );
    }),
  );

  const { settings, vault, saved } = await withSources(temp.folder, 'a');
  await vault.put(authtokenId, 'the-authtoken');
  settings.change({ tunnel: ngrok });
  expect(saved()).toContain('my-name.ngrok-free.app');
  expect(saved()).not.toMatch(/authtoken|secret-of|a-token|[0-9a-f]{32}/);
});

test('where the settings are lost but not the secrets, sources come back with their URL and their secret', async () => {
  using temp = tempFolder();
  const text = (await withSources(temp.folder, 'a', 'b')).saved();
  for (const name of ['settings.json', 'settings.bak.json']) rmSync(temp.file(name));

  const { restore, sources } = await open(temp.folder);
  expect(restore.offer(text)).toEqual({
    status: 'valid',
    value: ['a', 'b'].map((id) => `Adds “Source ${id}”, whose URL and secrets are still here.`),
  });
  expect(await restore.restore(false)).toEqual({
    status: 'done',
    value: { newUrls: [], secrets: [], authtoken: false },
  });
  expect(sources.at(pathOf(`${token}-a`), 0)?.source.id).toBe('a');
  expect(sources.list().map(sources.secretCount)).toEqual([1, 1]);
  expect(sources.list().some(({ awaitsSecret }) => awaitsSecret)).toBe(false);
});

test('secrets that are locked are not overwritten: the file is refused until they can be read (K3)', async () => {
  using temp = tempFolder();
  const text = (await withSources(temp.folder, 'a')).saved();
  for (const name of ['settings.json', 'settings.bak.json']) rmSync(temp.file(name));
  const secrets = () => temp.contents().filter(([name]) => name?.startsWith('secrets'));
  const before = secrets();

  const { restore, sources } = await open(temp.folder, keyring('elsewhere'));
  expect(restore.offer(text)).toMatchObject({
    status: 'mistaken',
    mistakes: [{ path: null, message: expect.stringContaining('unlock the keyring') }],
  });
  expect(await restore.restore(true)).toMatchObject({ status: 'failed' });
  expect(sources.list()).toEqual([]);
  expect(secrets()).toEqual(before);
});

test.each(['settings', 'secrets'])(
  'a disk that refuses %s keeps anything from being restored, and no half of a source stays',
  async (refused) => {
    using from = tempFolder();
    const text = (await withSources(from.folder, 'a', 'b', 'c')).saved();
    using temp = tempFolder();
    await withSources(temp.folder, 'here');
    let writes = 0;
    const full = withStores(temp.folder, (name) => {
      writes += name === refused ? 1 : 0;
      return name === refused && writes > (refused === 'secrets' ? 1 : 0);
    });
    const app = await open(full);
    const { current } = app.settings;

    expect(app.restore.offer(text)).toMatchObject({ status: 'valid' });
    expect(await app.restore.restore(false)).toMatchObject({
      status: 'failed',
      problem: { code: 'not-saved' },
    });
    expect(app.settings.current).toEqual(current);
    expect((await open(temp.folder)).sources.list().map(({ id }) => id)).toEqual(['here']);
  },
);

test('a new public URL is named in the question, moves every portal, and wants its authtoken', async () => {
  using from = tempFolder();
  const first = await withSources(from.folder, 'a');
  first.settings.change({ tunnel: { ...ngrok, serverAddress: 'tunnel.example:443' } });
  const text = first.saved();

  using temp = tempFolder();
  const { restore, settings } = await withSources(temp.folder, 'here');
  expect(restore.offer(text)).toMatchObject({
    value: [
      'Adds “Source a” (Kryptos) with a new URL, without its secret.',
      'Public way in: ngrok at my-name.ngrok-free.app, through tunnel.example:443. Its authtoken is not in the file.',
    ],
  });
  expect(await restore.restore(false)).toEqual({
    status: 'done',
    value: { newUrls: ['Source here', 'Source a'], secrets: ['Source a'], authtoken: true },
  });
  expect(settings.current.moved).toEqual(['a']);
});

test('a smaller history is a loss, and the question says so', async () => {
  using temp = tempFolder();
  const { restore, settings, saved } = await open(temp.folder);
  const text = saved();
  settings.change({ retention: { ...settings.current.retention, days: 3650 } });
  expect(restore.offer(text)).toMatchObject({
    value: [
      'Keeps at most 90 days, 100,000 events and 1,024 MiB. What is beyond that is removed at once.',
    ],
  });
});

test('a file that leads ngrok to another server names it, and the stored authtoken is not sent there (E7)', async () => {
  using from = tempFolder();
  const first = await withSources(from.folder);
  const elsewhere = { serverAddress: 'evil.example:443', rootCa: '/evil\u202e.pem' };
  first.settings.change({ tunnel: { ...ngrok, ...elsewhere } });
  const text = first.saved();

  using temp = tempFolder();
  const { restore, settings, vault } = await withSources(temp.folder);
  await keepAuthtoken(vault, 'the-authtoken', ngrok);
  settings.change({ tunnel: ngrok });
  expect(restore.offer(text)).toMatchObject({
    value: [
      'Public way in: ngrok at my-name.ngrok-free.app, through evil.example:443, trusting the certificate in /evil.pem. The authtoken has to be pasted again: the stored one is sent only to the server and CA it was entered for.',
    ],
  });
  expect(await restore.restore(false)).toMatchObject({ value: { authtoken: true } });
  expect(authtokenOf(vault, settings.current.tunnel)).toEqual({ status: 'elsewhere' });
});

test('a public URL in letters that look like others is named by its ASCII host (E7)', async () => {
  using from = tempFolder();
  const first = await withSources(from.folder);
  first.settings.change({ tunnel: { kind: 'custom', publicUrl: 'https://hооks.example/in/' } });
  using temp = tempFolder();
  const { restore } = await withSources(temp.folder);
  expect(restore.offer(first.saved())).toMatchObject({
    value: ['Public way in: your own URL https://xn--hks-seda.example/in/.'],
  });
});
