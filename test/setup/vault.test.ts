import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { confStore } from '../../bench/harness/conf-store.ts';
import { schedule } from '../../electron/edges/clock.ts';
import { openFolder } from '../../electron/edges/folder.ts';
import type { Cipher } from '../../electron/setup/keyring.ts';
import { openVault } from '../../electron/setup/vault.ts';
import type { Folder } from '../../electron/storage/folder.ts';
import { takenOverByNewer, withUnreadable } from '../history/support/temp-folder.ts';
import { virtualClock } from '../support/clock.ts';

let path = '';
let reports: string[] = [];
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'hookbell-vault-'));
  reports = [];
});
afterEach(() => rmSync(path, { recursive: true, force: true }));

const openIn = async (folder: Folder, cipher: Cipher) => {
  const vault = openVault({
    ...{ folder, schedule, askKeyring: async () => cipher },
    report: (damage) => reports.push(damage),
    onOpenedLate: () => {},
  });
  await vault.ask();
  return vault;
};
const open = (cipher: Cipher) => openIn(openFolder(path, confStore), cipher);
const onDisk = () => readFileSync(join(path, 'secrets.json'), 'utf8');

const reversed = (text: string) => [...text].reverse().join('');
const keyring = (backend: string, works = true): Cipher => ({
  backend,
  encrypt: async (text) => Buffer.from(reversed(text)).toString('base64'),
  decrypt: async (data) => {
    if (!works) throw new Error('locked');
    return { text: reversed(Buffer.from(data, 'base64').toString()), stale: false };
  },
});
const none: Cipher = { ...keyring('none'), backend: null };

test('a secret comes back after a restart and does not lie open beside a keyring (K1)', async () => {
  const vault = await open(keyring('gnome_libsecret'));
  await vault.put('a', 'whsec_made_up');
  expect(vault.storesPlainly).toBe(false);
  expect(Buffer.from(JSON.parse(onDisk()).entries.a.data, 'base64').toString()).not.toContain(
    'whsec',
  );
  expect(statSync(join(path, 'secrets.json')).mode & 0o777).toBe(0o600);
  expect((await open(keyring('gnome_libsecret'))).read('a')).toEqual({
    status: 'open',
    value: 'whsec_made_up',
  });
});

test('what cannot be read now is locked, stays as it is, and opens again (K3, K4)', async () => {
  await (await open(keyring('gnome_libsecret'))).put('a', 'secret');
  const before = onDisk();

  for (const cipher of [keyring('gnome_libsecret', false), keyring('kwallet'), none]) {
    const vault = await open(cipher);
    expect(vault.read('a')).toEqual({ status: 'locked' });
    await vault.put('b', 'another');
    expect(JSON.parse(onDisk()).entries.a).toEqual(JSON.parse(before).entries.a);
    vault.remove('b');
  }
  expect((await open(keyring('gnome_libsecret'))).read('a')).toEqual({
    status: 'open',
    value: 'secret',
  });
});

test('without a keyring a secret is in a plain file and says so; a keyring that comes takes it over', async () => {
  const vault = await open(none);
  await vault.put('a', 'secret');
  expect([vault.hasKeyring, vault.storesPlainly]).toEqual([false, true]);

  const schedule = await open(keyring('kwallet'));
  expect(schedule.read('a')).toEqual({ status: 'open', value: 'secret' });
  expect(schedule.storesPlainly).toBe(false);
});

/** A keyring that is asked for many things at once, and answers each when it is told to. */
const slow = (): Cipher & { readonly answer: (text: string) => void } => {
  const asked = new Map<string, () => void>();
  return {
    ...keyring('kwallet'),
    decrypt: (data) =>
      new Promise((resolve) => {
        const text = reversed(Buffer.from(data, 'base64').toString());
        asked.set(text, () => resolve({ text, stale: false }));
      }),
    answer: (text) => asked.get(text)?.(),
  };
};

/** A vault whose three secrets a keyring keeps that has not answered yet. */
const opening = async () => {
  const filled = await open(keyring('kwallet'));
  for (const id of ['a', 'b', 'c']) await filled.put(id, `secret-${id}`);
  const time = virtualClock();
  const cipher = slow();
  let late = 0;
  let isOpened = false;
  const vault = openVault({
    ...{
      folder: openFolder(path, confStore),
      schedule: time.schedule,
      askKeyring: async () => cipher,
    },
    report: (trouble) => reports.push(trouble),
    onOpenedLate: () => {
      late += 1;
    },
  });
  void vault.ask().then(() => {
    isOpened = true;
  });
  await time.pass(0);
  const statuses = () => ['a', 'b', 'c'].map((id) => vault.read(id).status);
  return { vault, time, cipher, statuses, late: () => late, isOpened: () => isOpened };
};

test('a keyring has 3 s for all secrets together; what it has not opened by then is locked (K5, K4)', async () => {
  const { time, cipher, statuses, isOpened, late } = await opening();
  cipher.answer('secret-b');
  await time.pass(2999);
  expect([isOpened(), ...statuses()]).toEqual([false, 'locked', 'open', 'locked']);
  await time.pass(1);
  expect([isOpened(), ...statuses()]).toEqual([true, 'locked', 'open', 'locked']);
  expect(reports).toEqual(['The keyring does not answer']);

  cipher.answer('secret-a');
  await time.pass(0);
  expect([late(), ...statuses()]).toEqual([1, 'open', 'open', 'locked']);
});

test('a keyring that answers all in time ends the wait, and nothing was late', async () => {
  const { time, cipher, statuses, isOpened, late } = await opening();
  for (const text of ['secret-c', 'secret-a', 'secret-b']) cipher.answer(text);
  await time.pass(0);
  expect([isOpened(), ...statuses()]).toEqual([true, 'open', 'open', 'open']);
  expect([late(), time.waiting(), reports]).toEqual([0, 0, []]);
});

test('what was replaced or removed while the keyring was silent is not brought back by its late answer', async () => {
  const { vault, time, cipher, late } = await opening();
  await time.pass(10_000);
  await vault.put('a', 'new');
  vault.remove('b');
  for (const text of ['secret-a', 'secret-b']) cipher.answer(text);
  await time.pass(0);
  expect(vault.read('a')).toEqual({ status: 'open', value: 'new' });
  expect([vault.read('b').status, late()]).toEqual(['none', 0]);
});

test('a damaged file gives way to its backup, and is set aside; without one it is told (S1, S2)', async () => {
  await (await open(none)).put('a', 'secret');
  writeFileSync(join(path, 'secrets.json'), '{"half');
  const vault = await open(none);
  expect(vault.read('a')).toEqual({ status: 'open', value: 'secret' });
  expect(vault.standing).toEqual({ from: 'backup', trouble: { status: 'damaged' } });

  for (const file of ['secrets.json', 'secrets.bak.json'])
    writeFileSync(join(path, file), '{"half');
  const empty = await open(none);
  expect(empty.read('a')).toEqual({ status: 'none' });
  expect(empty.standing).toEqual({ from: 'nothing', trouble: { status: 'damaged' } });
  await empty.put('a', 'set again');
  expect(readdirSync(path).sort()).toEqual([
    'format.json',
    ...['secrets.bak.json', 'secrets.bak.json.corrupt-1', 'secrets.json'],
    ...['secrets.json.corrupt-1', 'secrets.json.corrupt-2'],
  ]);
});

test('a backup is written only after its file was read back, and a disk that refuses changes nothing (S1)', async () => {
  await (await open(none)).put('a', 'secret');
  const before = [onDisk(), readFileSync(join(path, 'secrets.bak.json'), 'utf8')];
  expect(before[0]).toBe(before[1]);

  const folder = openFolder(path, confStore);
  const cutting: Folder = {
    ...folder,
    store: (name) => {
      const store = folder.store(name);
      const write = (value: Record<string, unknown>) => {
        store.write(value);
        truncateSync(join(path, `${name}.json`), 30);
      };
      return { ...store, write };
    },
  };
  const vault = await openIn(cutting, none);
  await expect(vault.put('b', 'lost')).rejects.toThrow('does not read back');
  expect(() => vault.remove('a')).toThrow('does not read back');
  expect([vault.read('a').status, vault.read('b').status]).toEqual(['open', 'none']);
  expect(readFileSync(join(path, 'secrets.bak.json'), 'utf8')).toBe(before[1]);
  expect((await open(none)).read('a')).toEqual({ status: 'open', value: 'secret' });
});

test('while the system refuses to read them all secrets are locked, and none is written over (K3, S2)', async () => {
  await (await open(none)).put('a', 'secret');
  const before = onDisk();
  let refused = ['secrets', 'secrets.bak'];
  const folder = withUnreadable(openFolder(path, confStore), (name) => refused.includes(name));
  const vault = await openIn(folder, none);
  expect(vault.read('a')).toEqual({ status: 'locked' });
  await expect(vault.put('a', 'another')).rejects.toThrow('secrets.json cannot be read');
  expect(() => vault.remove('a')).toThrow('cannot be read');
  expect([readdirSync(path).length, onDisk()]).toEqual([3, before]);

  refused = ['secrets'];
  expect((await openIn(folder, none)).read('a').status).toBe('open');
  refused = [];
  await expect(vault.put('b', 'new')).rejects.toThrow('cannot be read');
  expect((await open(none)).read('a')).toEqual({ status: 'open', value: 'secret' });
  expect(onDisk()).toEqual(before);
});

test('secrets of a newer Hookbell are read where they are understood, else locked, and never changed (H17)', async () => {
  await (await open(none)).put('a', 'secret');
  const { entries } = JSON.parse(onDisk());
  for (const [value, status] of [
    [{ v: 2, entries, more: true }, 'open'],
    [{ v: 2, entries: 'a shape to come' }, 'locked'],
  ] as const) {
    rmSync(join(path, 'format.json'));
    openFolder(path, confStore).store('secrets').write(value);
    const before = onDisk();
    const vault = await openIn(takenOverByNewer(path), keyring('kwallet'));
    expect([vault.read('a').status, vault.standing.trouble]).toEqual([status, { status: 'newer' }]);
    await expect(vault.put('a', 'another')).rejects.toThrow('a newer Hookbell');
    expect(() => vault.remove('a')).toThrow('a newer Hookbell');
    expect(onDisk()).toBe(before);
  }
});
