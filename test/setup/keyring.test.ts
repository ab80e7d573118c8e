import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { confStore } from '../../bench/harness/conf-store.ts';
import { kryptosSource } from '../../bench/harness/deliveries.ts';
import { openPlainApp } from '../../bench/harness/plain-app.ts';
import { openFolder } from '../../electron/edges/folder.ts';
import { type Cipher, KeyringClosed, type KeyringTrouble } from '../../electron/setup/keyring.ts';
import { openSettings } from '../../electron/setup/settings.ts';
import type { AppState } from '../../shared/app-state.ts';
import { tempFolder } from '../history/support/temp-folder.ts';
import { virtualClock } from '../support/clock.ts';
import { receive } from '../support/receive.ts';

const source = kryptosSource();

const reversed = (text: string) => [...text].reverse().join('');
const cipher: Cipher = {
  backend: 'gnome_libsecret',
  encrypt: async (text) => Buffer.from(reversed(text)).toString('base64'),
  decrypt: async (data) => ({
    text: reversed(Buffer.from(data, 'base64').toString()),
    stale: false,
  }),
};

/** A keyring that answers, or fails to, when it is told to. */
const slowKeyring = () => {
  let answer = () => {};
  let fail = () => {};
  const asked = new Promise<Cipher>((resolve, reject) => {
    answer = () => resolve(cipher);
    fail = () => reject(new Error('the bus is gone'));
  });
  return { keyring: () => asked, answer: () => answer(), fail: () => fail() };
};

/** An app whose secrets a keyring keeps, started again with one that has not answered yet. */
const started = async (folder: string, tunnel: object) => {
  const provision = { sources: [source], tunnel };
  const first = await openPlainApp({ folder, provision, keyring: async () => cipher });
  await first.close();
  const { keyring, ...outcome } = slowKeyring();
  return { app: await openPlainApp({ folder, keyring }), ...outcome };
};

/** The URLs that were replaced, of each source. */
const retiredIn = (folder: string) =>
  openSettings(openFolder(join(folder, 'settings'), confStore)).current.sources.map(
    ({ retired }) => retired,
  );

const loseSecrets = (folder: string) => {
  for (const file of ['secrets.json', 'secrets.bak.json']) rmSync(join(folder, 'settings', file));
};

test('what is delivered before the keyring has answered is taken when it has (K4)', async () => {
  using temp = tempFolder();
  const { app, answer } = await started(temp.path, { kind: 'none' });
  let isAnswered = false;
  const delivered = receive(app, 'whd_1').finally(() => {
    isAnswered = true;
  });
  await setImmediate();
  expect(isAnswered).toBe(false);

  answer();
  expect((await delivered).status).toBe(200);
  await app.close();
});

test('with ngrok chosen local programs are refused, also before the keyring has answered (R7)', async () => {
  using temp = tempFolder();
  const { app, answer } = await started(temp.path, { kind: 'ngrok', authtoken: 'made-up' });
  expect((await receive(app, 'whd_1')).status).toBe(403);
  answer();
  await app.ready();
  expect((await receive(app, 'whd_1')).status).toBe(403);
  await app.closeTunnel();
  await app.close();
});

test('a keyring that cannot be asked holds nothing up: its source is locked, and no secret is lost (K3)', async () => {
  using temp = tempFolder();
  const { app, fail } = await started(temp.path, { kind: 'none' });
  fail();
  await app.ready();
  expect((await receive(app, 'whd_1')).status).toBe(503);
  expect(app.state().sources).toMatchObject([{ locked: true }]);
  expect(app.state().refusals).toMatchObject([{ why: 'locked', times: 1 }]);
  await app.close();

  const again = await openPlainApp({ folder: temp.path, keyring: async () => cipher });
  expect((await receive(again, 'whd_1')).status).toBe(200);
  await again.close();
});

test('a keyring that answers at last opens its sources without a restart, and until then they are locked (K4, K5)', async () => {
  using temp = tempFolder();
  const { keyring, answer } = slowKeyring();
  await (
    await openPlainApp({
      folder: temp.path,
      provision: { sources: [source] },
      keyring: async () => cipher,
    })
  ).close();
  const { schedule, pass } = virtualClock();
  const app = await openPlainApp({ folder: temp.path, keyring, schedule });
  const delivered = receive(app, 'whd_1');
  await pass(10_000);
  expect((await delivered).status).toBe(503);
  expect(app.state().sources).toMatchObject([{ locked: true }]);

  const told = new Promise<AppState>((resolve) => app.onState(resolve));
  answer();
  await pass(1000);
  expect((await told).sources).toMatchObject([{ locked: false }]);
  const again = receive(app, 'whd_1');
  await pass(1000);
  expect((await again).status).toBe(200);
  await app.close();
});

const ngrok = { kind: 'ngrok', authtoken: 'made-up' };
const listening = { status: 'listening', port: 80 } as const;

test('ngrok whose authtoken cannot be unlocked is offline since one instant, not local only', async () => {
  using temp = tempFolder();
  const { app, fail } = await started(temp.path, ngrok);
  app.onListening(listening);
  expect(app.state().pipe).toEqual({ status: 'connecting', url: null });
  fail();
  await app.ready();
  const { pipe } = app.state();
  expect(pipe).toEqual({
    status: 'offline',
    since: expect.any(Number),
    why: {
      code: 'token-locked',
      title: 'The ngrok authtoken cannot be unlocked',
      remedy: 'Unlock the keyring; Hookbell notices by itself.',
    },
    retryAt: null,
  });
  await setTimeout(5);
  app.wakeUp();
  expect(app.state().pipe).toEqual(pipe);

  await app.ask('changeTunnel', { choice: { kind: 'none' }, withoutKeyring: true });
  expect(app.state().pipe).toEqual({ status: 'local-only', port: 80 });
  await app.close();
});

test('ngrok is opened as soon as a keyring that was silent gives its authtoken', async () => {
  using temp = tempFolder();
  const { keyring, answer } = slowKeyring();
  await (
    await openPlainApp({
      folder: temp.path,
      provision: { tunnel: ngrok },
      keyring: async () => cipher,
    })
  ).close();
  const { schedule, pass } = virtualClock();
  const app = await openPlainApp({ folder: temp.path, keyring, schedule });
  app.onListening(listening);
  await pass(10_000);
  expect(app.state().pipe).toMatchObject({ status: 'offline' });
  answer();
  await pass(0);
  expect(app.state().pipe).toMatchObject({ status: 'connecting' });
  const closed = app.closeTunnel();
  await pass(10_000);
  await closed;
  await app.close();
});

test('ngrok without an authtoken waits for one to be pasted', async () => {
  using temp = tempFolder();
  await (await openPlainApp({ folder: temp.path, provision: { tunnel: ngrok } })).close();
  loseSecrets(temp.path);
  const app = await openPlainApp({ folder: temp.path });
  app.onListening(listening);
  await app.ready();
  expect(app.state().pipe).toMatchObject({
    status: 'offline',
    why: { remedy: expect.stringContaining('paste it in Settings') },
  });

  const choice = { ...ngrok, domain: null, serverAddress: null, rootCa: null, closedAtEdge: true };
  await app.ask('changeTunnel', { choice, withoutKeyring: true });
  expect(app.state().pipe).toMatchObject({ status: 'connecting' });
  await app.closeTunnel();
  await app.close();
});

test('that secrets are stored without a keyring is not said again once it was read', async () => {
  using temp = tempFolder();
  const app = await openPlainApp({ folder: temp.path, provision: { sources: [source] } });
  await app.ready();
  expect(app.state().conditions.map(({ reason }) => reason)).toEqual([
    { code: 'keyring-missing', stored: true },
  ]);
  await app.ask('acknowledgeCondition', { id: 'keyring-missing' });
  const told = await new Promise<AppState>((resolve) => app.onState(resolve));
  expect(told.conditions).toMatchObject([{ state: { status: 'acknowledged' } }]);
  await app.close();

  const again = await openPlainApp({ folder: temp.path });
  expect(again.state().conditions).toMatchObject([
    { reason: { code: 'keyring-missing' }, state: { status: 'acknowledged' } },
  ]);
  await again.close();
});

test('the URL of a source is not replaced while its secrets cannot be read, so that they are still there when they can', async () => {
  using temp = tempFolder();
  const { app, fail } = await started(temp.path, { kind: 'none' });
  fail();
  expect(await app.ask('replaceToken', { id: source.id, withoutKeyring: true })).toEqual({
    status: 'failed',
    problem: { code: 'secrets-unreadable', sourceIds: [source.id] },
  });
  await app.close();

  const again = await openPlainApp({ folder: temp.path, keyring: async () => cipher });
  expect((await receive(again, 'whd_1', 'guessed')).status).toBe(401);
  expect((await receive(again, 'whd_2')).status).toBe(200);
  await again.close();
});

test('a provisioning file that says what is so already changes no secret and retires no URL, whatever keeps the secrets', async () => {
  using temp = tempFolder();
  let encrypted = 0;
  const salting: Cipher = {
    ...cipher,
    encrypt: async (text) => {
      encrypted += 1;
      return cipher.encrypt(text);
    },
  };
  const start = (tunnel: object, changed: object = {}) =>
    openPlainApp({
      folder: temp.path,
      provision: { sources: [{ ...source, ...changed }], tunnel },
      keyring: async () => salting,
    });
  const local = { kind: 'none' };
  for (const tunnel of [local, local, ngrok, ngrok]) await (await start(tunnel)).close();
  expect(encrypted, 'the source and the authtoken').toBe(2);
  expect(retiredIn(temp.path)).toEqual([[]]);

  const app = await start(local, { secrets: ['another'], token: `${source.token}-of-today` });
  await app.close();
  expect(encrypted).toBeGreaterThan(2);
  expect(retiredIn(temp.path)).toEqual([[expect.anything()]]);
  expect(app.state().sources).toMatchObject([{ locked: false, secretCount: 1 }]);
});

test('a provisioning file whose source cannot be unlocked retires no URL that it does not replace', async () => {
  using temp = tempFolder();
  const { app } = await started(temp.path, { kind: 'none' });
  await app.close();
  const again = await openPlainApp({
    folder: temp.path,
    provision: { sources: [source] },
    keyring: () => Promise.reject(new Error('the bus is gone')),
  });
  await again.close();
  expect(retiredIn(temp.path)).toEqual([[]]);
});

test('a source whose secrets are gone starts anew with another URL', async () => {
  using temp = tempFolder();
  await (await openPlainApp({ folder: temp.path, provision: { sources: [source] } })).close();
  loseSecrets(temp.path);

  const app = await openPlainApp({ folder: temp.path });
  expect(app.state().sources).toMatchObject([{ locked: true }]);
  const { id } = source;
  expect(await app.ask('replaceToken', { id, withoutKeyring: true })).toMatchObject({
    status: 'done',
    value: { locked: false, secretCount: 0 },
  });
  await app.close();
});

/** A keyring that is closed until it is opened. */
const closedKeyring = (why: KeyringTrouble) => {
  let isOpen = false;
  let asked = 0;
  let changed = () => {};
  return {
    keyring: async () => {
      asked += 1;
      if (!isOpen) throw new KeyringClosed(why);
      return cipher;
    },
    onKeyringChange: (listener: () => void) => {
      changed = listener;
    },
    asked: () => asked,
    open: () => {
      isOpen = true;
    },
    changed: () => changed(),
  };
};

const withKeptSource = async (folder: string): Promise<void> => {
  const keyring = async () => cipher;
  await (await openPlainApp({ folder, provision: { sources: [source] }, keyring })).close();
};
const kept = (folder: string) => readFileSync(join(folder, 'settings', 'secrets.json'), 'utf8');

test.each(['locked', 'silent'] as const)(
  'a %s keyring is a condition, is asked again, and opens its sources without a restart (K3, K5)',
  async (why) => {
    using temp = tempFolder();
    await withKeptSource(temp.path);
    const before = kept(temp.path);
    const { schedule, pass } = virtualClock();
    const { keyring, onKeyringChange, ...closed } = closedKeyring(why);
    const app = await openPlainApp({ folder: temp.path, keyring, onKeyringChange, schedule });
    await pass(0);
    const condition = { code: 'keyring-closed', why };
    expect(app.state().conditions.map(({ reason }) => reason)).toContainEqual(condition);
    expect((await receive(app, 'whd_1')).status).toBe(503);

    await pass(5000);
    expect(closed.asked()).toBe(2);
    closed.open();
    await pass(5000);
    expect((await receive(app, 'whd_1')).status).toBe(503);
    await pass(5000);
    const delivered = receive(app, 'whd_1');
    await pass(1000);
    expect((await delivered).status).toBe(200);
    expect(app.state().conditions.map(({ reason }) => reason)).not.toContainEqual(condition);
    expect(closed.asked()).toBe(3);
    expect(kept(temp.path)).toBe(before);
    await app.close();
  },
);

test('a keyring whose service appears is asked at once (K5)', async () => {
  using temp = tempFolder();
  await withKeptSource(temp.path);
  const { keyring, onKeyringChange, ...closed } = closedKeyring('silent');
  const app = await openPlainApp({ folder: temp.path, keyring, onKeyringChange });
  await expect.poll(closed.asked).toBe(1);
  expect((await receive(app, 'whd_1')).status).toBe(503);
  closed.open();
  closed.changed();
  await expect.poll(async () => (await receive(app, 'whd_1')).status).toBe(200);
  await app.close();
});

test('what a provisioning file says is in use before the keyring has answered, and is kept when it has (K5)', async () => {
  using temp = tempFolder();
  const { keyring, answer } = slowKeyring();
  const app = await openPlainApp({
    ...{ folder: temp.path, keyring },
    provision: { sources: [source] },
  });
  expect((await receive(app, 'whd_1')).status).toBe(200);
  expect(existsSync(join(temp.path, 'settings', 'secrets.json'))).toBe(false);
  answer();
  await expect.poll(() => kept(temp.path)).toContain('gnome_libsecret');
  await app.close();
});

test('a source without a secret receives while the keyring is closed, and cannot lose what the keyring keeps (K4, K5)', async () => {
  using temp = tempFolder();
  const unsigned = { ...source, id: 'unsigned', provider: 'simplehash', secrets: [] };
  const provision = { sources: [unsigned] };
  await (await openPlainApp({ folder: temp.path, provision, keyring: async () => cipher })).close();
  const { keyring } = closedKeyring('silent');
  const app = await openPlainApp({ folder: temp.path, keyring });
  await app.ready();
  expect(app.state().sources).toMatchObject([{ id: 'unsigned', locked: false }]);
  expect(
    await app.ask('changeSource', {
      change: { id: 'unsigned', newSecret: 'whsec_made_up' },
      withoutKeyring: true,
    }),
  ).toMatchObject({ status: 'failed', problem: { code: 'secrets-unreadable' } });
  await app.close();
});
