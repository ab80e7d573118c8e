import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from 'vitest';
import { costBasisCompleted, kryptosSource } from '../../bench/harness/deliveries.ts';
import { send } from '../../bench/harness/http.ts';
import { listenToDaemon } from '../support/electron.ts';
import { openTrayHost } from '../support/tray.ts';
import { openWindowManager } from '../support/window-manager.ts';
import { desktopEntry, mainProcesses, openAccount } from './support/account.ts';
import { installNext, installThis, nextVersion, removePackage } from './support/administrator.ts';
import { clickIn, closeWindow } from './support/hands.ts';
import { archive, packageFolder, runInstalled } from './support/hookbell.ts';
import { openedBy, programOf } from './support/processes.ts';
import { drawnWindow, photograph, windows } from './support/screen.ts';

const kryptos = kryptosSource();
/** An autostart runner, as a desktop has one. */
const logIn = ['dex', '--autostart', '--environment', 'Hookbell'] as const;
/** Where the window has the buttons of the question at its bottom, and of the gravest condition at its top, before “Show all”. */
const startAtLogin = { x: -132, y: -20 };
const firstRemedy = { x: -176, y: 56 };

beforeAll(installThis);

test('a person installs it, tries it, starts it at login, updates it and removes it (T8, Q12)', async () => {
  await using _manager = await openWindowManager();
  using _tray = await openTrayHost();
  await using account = await openAccount({ sources: [kryptos] });
  const { configuration, env } = account;
  const notifications = await listenToDaemon();
  const titles = async () => (await notifications()).map(({ title }) => title);
  const deliver = async (port: number) =>
    expect((await send(port, costBasisCompleted(kryptos))).status).toBe(200);
  const entry = join(configuration, 'autostart', 'app.hookbell.Hookbell.desktop');

  const first = await account.launch('gio', 'launch', desktopEntry);
  const window = await drawnWindow();
  await photograph('life-1-first-start');
  expect(await runInstalled(['--simulate', 'kryptos/costbasis.completed'], env)).toMatchObject({
    code: 0,
  });
  await expect.poll(titles).toHaveLength(1);
  expect(existsSync(entry)).toBe(false);
  await deliver(first.port);
  await expect.poll(titles).toHaveLength(2);
  await photograph('life-2-first-deliveries');

  // There is nothing to click until the question comes.
  const agree = async () => {
    await clickIn(window.id, startAtLogin);
    return existsSync(entry);
  };
  await expect.poll(agree).toBe(true);
  await photograph('life-3-starts-at-login');
  await closeWindow();
  await expect.poll(windows).toEqual([]);
  await deliver(first.port);
  await photograph('life-4-in-the-tray');

  process.kill(first.pid, 'SIGTERM'); // The end of the session.
  await expect.poll(() => programOf(first.pid)).toBe('');
  const second = await account.launch(...logIn);
  await deliver(second.port);
  await expect.poll(titles).toHaveLength(4);
  expect(await windows()).toEqual([]);
  await photograph('life-5-after-login');

  await installNext();
  const log = join(configuration, 'Hookbell', 'logs', 'hookbell.log');
  await expect.poll(() => readFileSync(log, 'utf8')).toContain(`"version":"${nextVersion}"`);
  expect((await runInstalled([], env)).stdout).toContain('its window is open now');
  const updated = await drawnWindow();
  await photograph('life-6-newer-version-installed');
  await titles(); // Closes what would cover the button.
  await clickIn(updated.id, firstRemedy);
  await expect.poll(() => programOf(second.pid), { timeout: 30_000 }).toBe('');
  await expect.poll(mainProcesses, { timeout: 30_000 }).toHaveLength(1);
  const [restarted = 0] = mainProcesses();
  await expect.poll(() => openedBy(restarted), { timeout: 30_000 }).toContain(archive);
  await drawnWindow();
  expect(readFileSync(log, 'utf8')).toContain(`start: Hookbell ${nextVersion}`);
  await deliver(second.port);
  await photograph('life-7-restarted');

  await removePackage();
  await deliver(second.port);
  process.kill(restarted, 'SIGTERM');
  await expect.poll(() => programOf(restarted)).toBe('');
  expect(existsSync(packageFolder)).toBe(false);
  const [runner, ...args] = logIn;
  await promisify(execFile)(runner, args, { env: { ...process.env, ...env } });
  expect(mainProcesses()).toEqual([]);
  expect(existsSync(join(configuration, 'Hookbell', 'history'))).toBe(true);
  await photograph('life-8-removed');
});
