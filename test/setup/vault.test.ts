import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openFolder } from '../../electron/edges/folder.ts';
import { type Cipher, openVault } from '../../electron/setup/vault.ts';
import { confStore } from '../support/memory.ts';

let path = '';
let reports: string[] = [];
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'hookbell-vault-'));
  reports = [];
});
afterEach(() => rmSync(path, { recursive: true, force: true }));

const open = (cipher: Cipher) =>
  openVault(openFolder(path, confStore), cipher, (damage) => reports.push(damage));
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

  const later = await open(keyring('kwallet'));
  expect(later.read('a')).toEqual({ status: 'open', value: 'secret' });
  expect(later.storesPlainly).toBe(false);
});

test('a damaged file is set aside and told, never overwritten (S2)', async () => {
  writeFileSync(join(path, 'secrets.json'), '{"half');
  const vault = await open(keyring('kwallet'));
  expect(vault.read('a')).toEqual({ status: 'none' });
  expect(reports).toHaveLength(1);
});
