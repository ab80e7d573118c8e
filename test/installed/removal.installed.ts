import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { costBasisCompleted, kryptosSource } from '../../bench/harness/deliveries.ts';
import { listenToDaemon } from '../support/electron.ts';
import { openTrayHost } from '../support/tray.ts';
import { installThis, purgePackage, removePackage } from './support/administrator.ts';
import { packageFolder, program, programFile, startInstalled } from './support/hookbell.ts';
import { idsOf } from './support/load.ts';
import { programOf } from './support/processes.ts';

const run = promisify(execFile);
const kryptos = kryptosSource();
const folder = mkdtempSync(join(tmpdir(), 'hookbell-removal-'));

beforeEach(installThis);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The files that the package installed; folders may belong to others too. */
const filesOfPackage = async (): Promise<string[]> => {
  const { stdout } = await run('dpkg', ['--listfiles', 'hookbell']);
  return stdout
    .trim()
    .split('\n')
    .filter((name) => !lstatSync(name).isDirectory());
};

const isThere = (file: string): boolean => lstatSync(file, { throwIfNoEntry: false }) !== undefined;

const expectNothingOf = (files: readonly string[]): void => {
  expect(files.length).toBeGreaterThan(20);
  const made = [packageFolder, program, '/etc/apparmor.d/hookbell'];
  expect([...files, ...made].filter(isThere)).toEqual([]);
};

/** Every file below a folder, with a checksum of what is in it. */
const contentsOf = (parent: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(parent, { recursive: true, encoding: 'utf8' })
      .filter((name) => lstatSync(join(parent, name)).isFile())
      .sort()
      .map((name) => [
        name,
        createHash('sha256')
          .update(readFileSync(join(parent, name)))
          .digest('hex'),
      ]),
  );

test.each([
  { what: 'removed', take: removePackage },
  { what: 'purged', take: purgePackage },
])(
  '$what while it runs it goes on until it quits, and leaves the history alone (A2, A3, Q12)',
  async ({ what, take }) => {
    const notifications = await listenToDaemon();
    using _tray = await openTrayHost();
    const profile = join(folder, what);
    await using app = await startInstalled({ profile, switches: ['--hidden'] });
    const deliver = async (id: string) =>
      (await app.deliver(costBasisCompleted(kryptos, { id }))).status;
    expect(await deliver('whd_before')).toBe(200);
    const files = await filesOfPackage();

    await take();

    expectNothingOf(files);
    expect(programOf(app.process.pid ?? 0)).toBe(`${programFile} (deleted)`);
    expect(await deliver('whd_after')).toBe(200);
    await expect.poll(async () => (await notifications()).length).toBeGreaterThan(0);
    await app.quit();
    expect(app.process.exitCode).toBe(0);

    await installThis();
    await using again = await startInstalled({ profile, switches: ['--hidden'] });
    expect(idsOf(await again.exported())).toEqual(['whd_before', 'whd_after']);
  },
);

test('nothing in the home folder changes when the package is removed, and then purged', async () => {
  using _tray = await openTrayHost();
  const home = join(folder, 'home');
  const env = { HOME: home, XDG_CONFIG_HOME: join(home, '.config') };
  const profile = join(home, '.config', 'Hookbell');
  await using app = await startInstalled({ profile, env, switches: ['--hidden'] });
  expect((await app.deliver(costBasisCompleted(kryptos))).status).toBe(200);
  await app.quit();
  const before = contentsOf(home);
  expect(Object.keys(before).length).toBeGreaterThan(3);

  await removePackage();
  expect(contentsOf(home)).toEqual(before);
  await purgePackage();
  expect(contentsOf(home)).toEqual(before);
  expect(existsSync(packageFolder)).toBe(false);
});
