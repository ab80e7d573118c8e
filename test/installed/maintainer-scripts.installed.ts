import { execFile } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packageFile } from './support/administrator.ts';

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'hookbell-scripts-'));
const inFolder = (...names: string[]) => join(folder, ...names);
const scripts = ['postinst', 'postrm'] as const;
const profile = inFolder('etc/apparmor.d/hookbell');
const calls = inFolder('calls');

/**
 * A system with AppArmor, which Debian 12 has no kernel or parser for: the scripts' own text with its folders in another place, and a parser
 * that writes down what it is told.
 */
beforeAll(async () => {
  await run('dpkg-deb', ['-R', packageFile(), inFolder('package')]);
  for (const name of scripts) {
    const text = readFileSync(inFolder('package/DEBIAN', name), 'utf8');
    writeFileSync(
      inFolder(name),
      text
        .replaceAll('/etc/', inFolder('etc/'))
        .replaceAll('/sys/', inFolder('sys/'))
        .replaceAll('/opt/', inFolder('package/opt/')),
    );
  }
  for (const name of ['etc/apparmor.d', 'sys/kernel/security/apparmor', 'bin'])
    mkdirSync(inFolder(name), { recursive: true });
  writeFileSync(inFolder('sys/kernel/security/apparmor/profiles'), '');
  become('echo "$@" >> "$CALLS"');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Sets what the parser does. */
const become = (command: string): void => {
  writeFileSync(inFolder('bin/apparmor_parser'), `#!/bin/sh\n${command}\n`);
  chmodSync(inFolder('bin/apparmor_parser'), 0o755);
};

const call = async (name: (typeof scripts)[number], ...args: string[]): Promise<string> => {
  writeFileSync(calls, '');
  const env = { ...process.env, CALLS: calls, PATH: `${inFolder('bin')}:${process.env.PATH}` };
  await run('sh', [inFolder(name), ...args], { env });
  return readFileSync(calls, 'utf8');
};

test.each(scripts)('%s is valid shell', async (name) => {
  expect(await run('sh', ['-n', inFolder('package/DEBIAN', name)])).toEqual({
    stdout: '',
    stderr: '',
  });
});

test('installing loads the profile that allows user namespaces, once or twice', async () => {
  for (const _time of [1, 2]) {
    expect(await call('postinst', 'configure', '')).toContain(`--replace ${profile}`);
    expect(readFileSync(profile, 'utf8')).toContain('userns,');
  }
});

test.each([
  ['postinst', 'abort-upgrade', '0.1.0'],
  ['postrm', 'upgrade', '99.0.0'],
  ['postrm', 'failed-upgrade', '99.0.0'],
  ['postrm', 'abort-install', ''],
] as const)('%s %s keeps the profile', async (name, ...args) => {
  await call('postinst', 'configure', '');
  expect(await call(name, ...args)).toBe('');
  expect(existsSync(profile)).toBe(true);
});

test('removing unloads and removes the profile; purging after it finds nothing to do', async () => {
  await call('postinst', 'configure', '');
  expect(await call('postrm', 'remove')).toBe(`--remove ${profile}\n`);
  expect(existsSync(profile)).toBe(false);
  expect(await call('postrm', 'remove')).toBe('');
  expect(await call('postrm', 'purge')).toBe('');
});

test('a parser that does not know the language of the profile leaves the system without it', async () => {
  become('exit 1');
  expect(await call('postinst', 'configure', '')).toBe('');
  expect(existsSync(profile)).toBe(false);
});
