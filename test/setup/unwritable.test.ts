import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { confStore } from '../../bench/harness/conf-store.ts';
import { kryptosSource } from '../../bench/harness/deliveries.ts';
import { openPlainApp, type PlainApp } from '../../bench/harness/plain-app.ts';
import { openFolder } from '../../electron/edges/folder.ts';
import { answerTo } from '../support/answer-to.ts';
import { receive } from '../support/receive.ts';

const source = kryptosSource();

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hookbell-unwritable-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What Hookbell notes for itself beside the settings. */
const ownNotes = new Set(['gaps.json', 'endpoints.json']);
const files = () =>
  readdirSync(join(folder, 'settings'))
    .filter((name) => !ownNotes.has(name))
    .sort()
    .map((name) => [name, readFileSync(join(folder, 'settings', name), 'utf8')]);
const problemsOf = async (app: PlainApp) =>
  answerTo('state', await app.ask('state', undefined))
    .conditions.map(({ reason }) => reason)
    .map(({ code }) => code);

/** An app that was set up, with its settings as a newer Hookbell would have left them. */
const setUpByNewer = async () => {
  const app = await openPlainApp({ folder, provision: { sources: [source] } });
  await app.close();
  const settings = openFolder(join(folder, 'settings'), confStore);
  for (const name of ['settings', 'settings.bak', 'secrets', 'secrets.bak']) {
    const store = settings.store(name);
    store.write({ ...Object(store.read()), v: 2, more: true });
  }
  settings.store('format').write({ v: 2 });
};

test('with settings of a newer Hookbell deliveries are received, and a provisioning file does not stop the start (H17, P4)', async () => {
  await setUpByNewer();
  const before = files();
  const app = await openPlainApp({
    folder,
    provision: { sources: [{ ...source, name: 'Another name' }] },
  });
  expect((await receive(app, 'whd_1')).status).toBe(200);
  expect(await problemsOf(app)).toEqual(expect.arrayContaining(['settings-newer', 'provisioning']));
  await app.close();
  expect(files()).toEqual(before);
});

test('a change that cannot be kept is answered with the reason, whatever it is, and nothing is half changed (H17)', async () => {
  await setUpByNewer();
  const before = files();
  const app = await openPlainApp({ folder });
  const draft = {
    ...{ provider: 'kryptos', name: 'Second', secrets: ['second'] },
    ...{ clientId: null, allowedAddresses: null },
  };
  const { id } = source;
  const changes = [
    answerTo('changePreferences', await app.ask('changePreferences', { theme: 'dark' })),
    answerTo('changeRetention', await app.ask('changeRetention', { retention, agreedUpTo: null })),
    answerTo('removeSource', await app.ask('removeSource', { id })),
    answerTo('addSource', await app.ask('addSource', { draft, withoutKeyring: true })),
    answerTo('replaceToken', await app.ask('replaceToken', { id, withoutKeyring: true })),
    answerTo(
      'changeSource',
      await app.ask('changeSource', { change: { id, newSecret: 'new' }, withoutKeyring: true }),
    ),
    answerTo(
      'changeTunnel',
      await app.ask('changeTunnel', { choice: tunnel, withoutKeyring: true }),
    ),
  ];
  for (const change of changes)
    expect(change).toEqual({ status: 'failed', problem: { code: 'settings-newer' } });
  expect((await receive(app, 'whd_1')).status).toBe(200);
  await app.close();
  expect(files()).toEqual(before);
});

const retention = { days: 30, entries: 1000, bytes: 16 * 1024 * 1024 };
const tunnel = {
  ...{ kind: 'ngrok', authtoken: 'made-up', domain: null, serverAddress: null, rootCa: null },
  closedAtEdge: true,
};

test('whatever of the history is newer is said once, in the one place there is for it (H17)', async () => {
  await (await openPlainApp({ folder, provision: { sources: [source] } })).close();
  for (const within of ['history', 'quarantine'])
    openFolder(join(folder, within), confStore).store('format').write({ v: 2 });
  const lines: string[] = [];
  const app = await openPlainApp({ folder, log: (line) => lines.push(line) });
  expect(await problemsOf(app)).toEqual(['history-newer', 'keyring-missing']);
  expect(lines).toEqual(['{"code":"history-newer"}']);
  expect((await receive(app, 'whd_1')).status).toBe(503);
  expect((await receive(app, 'whd_2', 'wrong')).status).toBe(401);
  await app.close();
});
