import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { costBasisCompleted, kryptosSource } from '../../bench/harness/deliveries.ts';
import { tempFolder } from '../history/support/temp-folder.ts';
import {
  type ElectronTestApp,
  electronPath,
  openInElectron,
  runElectron,
} from '../support/electron.ts';
import { openTrayHost } from '../support/tray.ts';

const kryptos = kryptosSource();
const provision = { sources: [kryptos] };

/** Hookbell as an AppImage, with a configuration folder of its own: an AppImage names itself in the environment. */
const openInstalled = (configHome: string, program = '/apps/My Hookbell.AppImage') =>
  openInElectron({
    provision,
    env: { XDG_CONFIG_HOME: configHome, APPIMAGE: program, APPDIR: dirname(electronPath()) },
  });
const entryIn = (configHome: string) =>
  join(configHome, 'autostart', 'app.hookbell.Hookbell.desktop');

const questionIn = (app: ElectronTestApp) =>
  app.page().getByText('Start Hookbell when you log in?', { exact: true });
const openSettings = (app: ElectronTestApp) =>
  app.page().getByRole('button', { name: 'Settings' }).click();
const choiceIn = (app: ElectronTestApp, name: 'On' | 'Off') =>
  app
    .page()
    .getByRole('group', { name: 'Start when you log in' })
    .getByRole('button', { name, exact: true });
const isChosen = (app: ElectronTestApp, name: 'On' | 'Off') =>
  choiceIn(app, name).getAttribute('aria-pressed');

test('the switch in Settings writes and removes the entry of the person, and shows what a desktop made of it (T8)', async () => {
  using config = tempFolder();
  const entry = entryIn(config.path);
  await using app = await openInstalled(config.path);
  await openSettings(app);
  await expect.poll(() => isChosen(app, 'Off')).toBe('true');

  await choiceIn(app, 'On').click();
  await expect.poll(() => isChosen(app, 'On')).toBe('true');
  expect(readFileSync(entry, 'utf8')).toContain(
    `\nExec="/apps/My Hookbell.AppImage" --hidden --user-data-dir=${join(app.folder, 'profile')}\n`,
  );

  appendFileSync(entry, 'Hidden=true\n');
  await app.page().evaluate(() => window.dispatchEvent(new Event('focus')));
  await expect.poll(() => isChosen(app, 'Off')).toBe('true');

  await choiceIn(app, 'On').click();
  await expect.poll(() => isChosen(app, 'On')).toBe('true');
  await choiceIn(app, 'Off').click();
  await expect.poll(() => existsSync(entry)).toBe(false);
  await expect.poll(() => isChosen(app, 'Off')).toBe('true');
});

test('the last of many quick choices is the one that stays (T8)', async () => {
  using config = tempFolder();
  await using app = await openInstalled(config.path);
  await openSettings(app);
  await expect.poll(() => isChosen(app, 'Off')).toBe('true');
  const choices = app.page().getByRole('group', { name: 'Start when you log in' });
  await choices.evaluate((group) => {
    const [on, off] = group.querySelectorAll('button');
    for (let time = 0; time < 10; time += 1) for (const choice of [on, off]) choice?.click();
  });
  // Answered after all of those.
  expect(await app.ask('loginStart', undefined)).toEqual({ status: 'off' });
  expect(existsSync(entryIn(config.path))).toBe(false);
  await expect.poll(() => isChosen(app, 'Off')).toBe('true');
});

test('a system that refuses the entry is said, and the switch stays off (T8)', async () => {
  using config = tempFolder();
  writeFileSync(join(config.path, 'autostart'), 'no folder');
  await using app = await openInstalled(config.path);
  await openSettings(app);
  await choiceIn(app, 'On').click();
  await app.page().getByRole('alert').getByText('could not be saved').waitFor();
  expect(await isChosen(app, 'Off')).toBe('true');
});

test('the question comes after the first delivery that is no test, and “Not now” ends it for ever (T8)', async () => {
  using config = tempFolder();
  await using app = await openInstalled(config.path);
  const page = () => app.page();
  await app.ask('simulate', { what: 'story', story: 'recalculation' });
  await page().getByRole('option').first().waitFor();
  expect(await questionIn(app).count()).toBe(0);

  await app.deliver(costBasisCompleted(kryptos));
  await questionIn(app).waitFor();
  await app.restart();
  await questionIn(app).waitFor();
  await page().getByRole('button', { name: 'Not now', exact: true }).press('Enter');
  await questionIn(app).waitFor({ state: 'detached' });
  expect(await page().evaluate(() => document.activeElement?.hasAttribute('data-list'))).toBe(true);

  await app.restart();
  await app.deliver(costBasisCompleted(kryptos, { id: 'whd_2' }));
  await expect.poll(async () => (await app.ask('state', undefined)).sources[0]?.accepted).toBe(2);
  expect(await questionIn(app).count()).toBe(0);
  expect(existsSync(entryIn(config.path))).toBe(false);
});

test('“Start at login” in the question does it (T8)', async () => {
  using config = tempFolder();
  await using app = await openInstalled(config.path);
  await app.deliver(costBasisCompleted(kryptos));
  await questionIn(app).waitFor();
  await app.page().getByRole('button', { name: 'Start at login', exact: true }).click();
  await questionIn(app).waitFor({ state: 'detached' });
  expect(await app.ask('loginStart', undefined)).toEqual({ status: 'on' });
  await openSettings(app);
  await expect.poll(() => isChosen(app, 'On')).toBe('true');
});

test('without an installation there is no question, and Settings say why (T8)', async () => {
  await using app = await openInElectron({ provision });
  await app.deliver(costBasisCompleted(kryptos));
  await app.page().getByRole('option').first().waitFor();
  await openSettings(app);
  await app.page().getByText('Only the installed app can start at login.').waitFor();
  expect(await choiceIn(app, 'On').count()).toBe(0);
  expect(await questionIn(app).count()).toBe(0);
});

test('the entry follows an AppImage that was moved, at its next start (T8)', async () => {
  using config = tempFolder();
  await using app = await openInstalled(config.path, '/apps/new/Hookbell.AppImage');
  const profile = join(app.folder, 'profile');
  mkdirSync(dirname(entryIn(config.path)));
  writeFileSync(
    entryIn(config.path),
    `[Desktop Entry]\nType=Application\nExec=/apps/old/Hookbell.AppImage --hidden --user-data-dir=${profile}\n`,
  );
  expect(await app.ask('loginStart', undefined)).toEqual({ status: 'off' });
  await app.restart();
  await expect.poll(() => app.ask('loginStart', undefined)).toEqual({ status: 'on' });
  expect(readFileSync(entryIn(config.path), 'utf8')).toContain(
    'TryExec=/apps/new/Hookbell.AppImage',
  );
});

test('a start at login that comes second opens no window (T8, A1)', async () => {
  using tray = await openTrayHost();
  await using app = await openInElectron({ provision });
  await tray.item();
  await app.page().close();
  const opened: unknown[] = [];
  app.electron().on('window', (window) => opened.push(window));
  expect(await runElectron(app.folder, '--hidden')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('already running'),
  });
  expect(opened).toEqual([]);
  expect(await runElectron(app.folder)).toMatchObject({ code: 0 });
  await expect.poll(() => opened.length).toBe(1);
});
