import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { confStore } from '../../bench/harness/conf-store.ts';
import { costBasisCompleted, kryptosSource } from '../../bench/harness/deliveries.ts';
import { send } from '../../bench/harness/http.ts';
import { openFolder } from '../../electron/edges/folder.ts';
import { openLockRecord } from '../../electron/edges/lock-record.ts';
import { leaveRestartNote } from '../../electron/edges/updates/restart-note.ts';
import {
  type ElectronTestApp,
  electronPath,
  openInElectron,
  projectFolder,
  runElectron,
} from '../support/electron.ts';
import { folderOf } from '../support/folders.ts';
import { openRecordingProxy } from '../support/recording-proxy.ts';
import { openTrayHost } from '../support/tray.ts';

const kryptos = kryptosSource();

/** A folder that stands for the installed files, and for all else of a test. */
const installedFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'hookbell-updates-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const resources = join(folder, 'resources');
  mkdirSync(resources);
  return { folder, resources };
};

/** Installs a version as a package manager does: a new file is renamed over the old one. */
const install = (resources: string, version: string): void => {
  writeFileSync(join(resources, 'version.dpkg-new'), `${version}\n`);
  renameSync(join(resources, 'version.dpkg-new'), join(resources, 'version'));
};

/** The built app as of a package, without a driver: the process that it starts has none either. */
const startInstalled = async (prepare = (_profile: string) => {}) => {
  const { folder, resources } = installedFolder();
  install(resources, '0.1.0');
  const provision = join(folder, 'provision.json');
  writeFileSync(provision, JSON.stringify({ sources: [kryptos] }));
  const profile = join(folder, 'profile');
  prepare(profile);
  const switches = [`--user-data-dir=${profile}`, '--provision', provision];
  const env = { ...process.env, HOOKBELL_RESOURCES: resources };
  const child = spawn(electronPath(), [projectFolder, '--remote-debugging-port=0', ...switches], {
    env,
    stdio: 'ignore',
  });
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  onTestFinished(async () => {
    await runElectron(folder, '--quit');
  });
  const owner = () => openLockRecord(profile).read()?.owner.pid ?? null;
  await expect.poll(owner, { timeout: 20_000 }).toBe(child.pid);
  const { pid } = child;
  return { folder, profile, provision, exited, owner, resources, pid };
};

const debuggingPort = (profile: string): number => {
  const file = join(profile, 'DevToolsActivePort');
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : 0;
};

/** The window of the app that uses the profile. */
const pageOf = async (profile: string): Promise<Page> => {
  // The file of an app that has ended still names its port.
  const answers = () => fetch(`http://127.0.0.1:${debuggingPort(profile)}/json/version`);
  await expect.poll(async () => (await answers()).ok, { timeout: 20_000 }).toBe(true);
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${debuggingPort(profile)}`);
  onTestFinished(() => browser.close());
  const pages = () => browser.contexts().flatMap((context) => context.pages());
  await expect.poll(() => pages().length, { timeout: 20_000 }).toBe(1);
  const [page] = pages();
  if (!page) throw new Error('the window is gone');
  return page;
};

const targetsOf = async (profile: string): Promise<number> => {
  const answer = await fetch(`http://127.0.0.1:${debuggingPort(profile)}/json/list`);
  const targets: unknown = await answer.json();
  return Array.isArray(targets) ? targets.length : -1;
};

test('an installed update is a condition, whose button restarts the app with what it was started with (E13, A3)', async () => {
  const { exited, owner, pid, profile, provision, resources } = await startInstalled();
  const page = await pageOf(profile);
  const needs = page.getByRole('region', { name: 'Needs you' });
  install(resources, '0.2.0');
  await expect
    .poll(() => needs.textContent())
    .toContain('Hookbell 0.2.0 is installed Restart to use it.');
  install(resources, '0.1.0');
  await expect.poll(() => needs.textContent()).not.toContain('0.2.0');

  install(resources, '0.2.0');
  await needs.getByRole('button', { name: 'Restart' }).click();
  expect(await exited).toBe(0);
  const isAnother = () => ![pid, null].includes(owner());
  await expect.poll(isAnother, { timeout: 20_000 }).toBe(true);
  const again = await pageOf(profile);
  // The program that this test has installed is the old one.
  await expect
    .poll(() => again.getByRole('region', { name: 'Needs you' }).textContent())
    .toContain('Hookbell 0.2.0 is installed, and the restart did not bring it');
  expect(readFileSync(join(profile, 'logs', 'hookbell.log'), 'utf8')).toContain('drained');
  const state = await again.evaluate(() => window.hookbell.ask('state', undefined));
  expect(state.conditions.map(({ reason }) => reason).map(({ code }) => code)).not.toContain(
    'provisioning',
  );
  const commandLine = readFileSync(`/proc/${owner()}/cmdline`, 'utf8');
  expect(commandLine).toContain(`--user-data-dir=${profile}`);
  expect(commandLine).toContain(`--provision=${provision}`);
  expect(commandLine).not.toContain('--hidden');
});

test('an app whose package was removed after an update goes on, because nothing could start it again', async () => {
  const { resources } = installedFolder();
  install(resources, '0.1.0');
  await using app = await openInElectron({
    provision: { sources: [kryptos] },
    env: { HOOKBELL_RESOURCES: resources },
  });
  install(resources, '0.2.0');
  await expect.poll(() => updatesOf(app)).toMatchObject({ status: 'ready', version: '0.2.0' });
  rmSync(resources, { recursive: true });
  await app.ask('restartToUpdate', undefined);
  expect((await app.deliver(costBasisCompleted(kryptos))).status).toBe(200);
  const log = readFileSync(folderOf(app, 'logs', 'hookbell.log'), 'utf8');
  expect(log).not.toContain('drained');
  expect(existsSync(folderOf(app, 'settings', 'restart.json'))).toBe(false);
});

test('an app whose window was closed comes back without one, and receives', async () => {
  using tray = await openTrayHost();
  const { exited, folder, owner, pid, profile, resources } = await startInstalled();
  const page = await pageOf(profile);
  const before = await tray.item();
  install(resources, '0.2.0');
  await page.getByRole('button', { name: 'Restart' }).waitFor();
  const port = Number(/port (\d+)/.exec(await tray.tooltip(before))?.[1]);
  await page.evaluate(() => {
    void window.hookbell.ask('restartToUpdate', undefined);
    window.close();
  });

  expect(await exited).toBe(0);
  await expect.poll(() => ![pid, null].includes(owner()), { timeout: 20_000 }).toBe(true);
  await expect.poll(async () => (await tray.items()).length).toBe(1);
  await expect.poll(() => targetsOf(profile)).toBe(0);
  const answer = async () => (await send(port, costBasisCompleted(kryptos))).status;
  await expect.poll(answer).toBe(200);
  expect(await runElectron(folder, '--quit')).toMatchObject({ code: 0 });
});

test('an installer starts the app without switches, and a note of the start before keeps it in the tray, once', async () => {
  using tray = await openTrayHost();
  const note = { version: '0.1.0', hidden: true, at: Date.now() };
  const settings = (profile: string) => join(profile, 'settings');
  const { profile } = await startInstalled((folder) =>
    leaveRestartNote(openFolder(settings(folder), confStore), note),
  );
  await tray.item();
  expect(await targetsOf(profile)).toBe(0);
  expect(existsSync(join(settings(profile), 'restart.json'))).toBe(false);
});

/** A program that writes down the switches it is started with. */
const programAs = (name: string, folder: string) => {
  const file = join(folder, name);
  return {
    text: `#!/bin/sh\nprintf '%s\\n' "$@" > '${file}.part'\nmv '${file}.part' '${file}'\n`,
    /** Null until it was started. */
    switches: () => (existsSync(file) ? readFileSync(file, 'utf8').split('\n') : null),
  };
};

/** An AppImage of the running version, and a feed that has the next one. */
const openFeed = async () => {
  const { folder, resources } = installedFolder();
  const [running, next] = [programAs('running', folder), programAs('next', folder)];
  const sha512 = createHash('sha512').update(next.text).digest('base64');
  const path = 'Hookbell-0.2.0.AppImage';
  const files = [{ url: path, sha512, size: next.text.length }];
  const release = { version: '0.2.0', files, path, sha512, releaseDate: '2026-11-27' };
  const asked: { path: string; headers: IncomingHttpHeaders }[] = [];
  const server = createServer(({ url = '', headers }, response) => {
    const [name = ''] = url.split('?');
    asked.push({ path: name, headers });
    const body = { '/latest-linux.yml': JSON.stringify(release), [`/${path}`]: next.text }[name];
    response.writeHead(body === undefined ? 404 : 200).end(body);
  });
  const port = await listenSomewhere(server);
  onTestFinished(() => void server.close());
  return { folder, resources, running, next, asked, address: `http://127.0.0.1:${port}/` };
};

const listenSomewhere = (server: Server): Promise<number> =>
  new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    }),
  );

type AppImage = { folder: string; resources: string; running: { text: string }; address: string };

/** The AppImage's file, and the environment that its runtime makes. */
const appImageOf = ({ folder, resources, running, address }: AppImage) => {
  const file = join(folder, 'own', 'Hookbell.AppImage');
  mkdirSync(dirname(file));
  writeFileSync(file, running.text, { mode: 0o755 });
  const config = { provider: 'generic', url: address, updaterCacheDirName: 'hookbell-updater' };
  writeFileSync(join(resources, 'app-update.yml'), JSON.stringify(config));
  const cache = join(folder, 'cache');
  const env = {
    HOOKBELL_RESOURCES: resources,
    APPIMAGE: file,
    APPDIR: dirname(electronPath()),
    XDG_CACHE_HOME: cache,
  };
  return { file, env, cache, text: () => readFileSync(file, 'utf8') };
};

const updatesOf = async (app: ElectronTestApp) => (await app.ask('state', undefined)).updates;

const downloaded = async (app: ElectronTestApp): Promise<void> => {
  await app.ask('checkForUpdates', undefined);
  await expect.poll(() => updatesOf(app)).toMatchObject({ status: 'ready', version: '0.2.0' });
};

test('an AppImage downloads from its feed, drains, replaces itself and starts with its switches (E13, A3)', async () => {
  const feed = await openFeed();
  const { env, text } = appImageOf(feed);
  await using app = await openInElectron({ env, provision: { sources: [kryptos] } });
  const log = () => readFileSync(folderOf(app, 'logs', 'hookbell.log'), 'utf8');
  const page = app.page();
  expect(feed.asked).toEqual([]);

  await page.getByText('Settings').first().click();
  await page.getByRole('button', { name: 'Check now' }).click();
  const needs = page.getByRole('region', { name: 'Needs you' });
  await expect
    .poll(() => needs.textContent())
    .toContain('Hookbell 0.2.0 is downloaded Restart to install it.');
  expect(text()).toBe(feed.running.text);
  expect(feed.asked.map(({ path }) => path)).toEqual([
    '/latest-linux.yml',
    '/Hookbell-0.2.0.AppImage',
  ]);
  const headers = feed.asked.flatMap((request) => Object.keys(request.headers));
  expect(headers).not.toContain('x-user-staging-id');

  await needs.getByRole('button', { name: 'Restart' }).click();
  await expect.poll(feed.next.switches, { timeout: 20_000 }).not.toBe(null);
  expect(feed.next.switches()).toEqual(
    expect.arrayContaining([
      `--user-data-dir=${folderOf(app)}`,
      `--provision=${join(app.folder, 'provision.json')}`,
    ]),
  );
  expect(feed.next.switches()).not.toContain('--hidden');
  expect(text()).toBe(feed.next.text);
  expect(log()).toContain('drained');
});

test('an AppImage that cannot be replaced after the drain stays, and is started again', async () => {
  const feed = await openFeed();
  const { env, file, text, cache } = appImageOf(feed);
  await using app = await openInElectron({ env });
  await downloaded(app);
  rmSync(cache, { recursive: true });
  await app.ask('restartToUpdate', undefined);
  await expect.poll(feed.running.switches, { timeout: 20_000 }).not.toBe(null);
  expect(text()).toBe(feed.running.text);
  expect(readdirSync(dirname(file))).toEqual(['Hookbell.AppImage']);
});

test('an AppImage in a folder that cannot be written goes on, and says so', async () => {
  const feed = await openFeed();
  const { env, file, text } = appImageOf(feed);
  await using app = await openInElectron({ env });
  await downloaded(app);
  chmodSync(dirname(file), 0o500);
  await app.ask('restartToUpdate', undefined);
  await expect
    .poll(() => updatesOf(app))
    .toMatchObject({ status: 'failed', why: 'not-replaceable' });
  expect(text()).toBe(feed.running.text);
  chmodSync(dirname(file), 0o700);
});

test('a feed whose answer has no end is given up early (E13)', async () => {
  let sent = 0;
  const server = createServer((_request, response) => {
    const more = () => {
      sent += 64 * 1024;
      if (!response.destroyed) response.write(Buffer.alloc(64 * 1024, 'a'), more);
    };
    more();
  });
  onTestFinished(() => void server.close());
  const address = `http://127.0.0.1:${await listenSomewhere(server)}/`;
  const { env } = appImageOf({ ...(await openFeed()), address });
  await using app = await openInElectron({ env });
  await app.ask('checkForUpdates', undefined);
  const message = 'its answer is too long';
  await expect.poll(() => updatesOf(app)).toMatchObject({ status: 'failed', message });
  expect(sent).toBeLessThan(64 * 1024 ** 2);
});

test('the feed alone is asked, and one without https not even that (E13, P9)', async () => {
  for (const [address, asked] of [
    ['https://updates.example/', ['CONNECT updates.example:443']],
    ['http://updates.example/', []],
  ] as const) {
    using proxy = await openRecordingProxy();
    const { env } = appImageOf({ ...(await openFeed()), address });
    await using app = await openInElectron({ env, switches: proxy.switches });
    expect(proxy.asked).toEqual([]);
    await app.ask('checkForUpdates', undefined);
    const why = asked.length > 0 ? 'unreachable' : 'insecure';
    await expect.poll(() => updatesOf(app)).toMatchObject({ status: 'failed', why });
    expect([...new Set(proxy.asked)]).toEqual(asked);
  }
});
