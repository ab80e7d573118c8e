import type { ElectronApplication } from 'playwright-core';
import { expect, test } from 'vitest';
import { costBasisCompleted, kryptosSource } from '../../bench/harness/deliveries.ts';
import { openInElectron, runElectron } from '../support/electron.ts';
import { recorded } from '../support/fixtures.ts';
import { openTrayHost } from '../support/tray.ts';
import { openWindowManager } from '../support/window-manager.ts';

const kryptos = kryptosSource();
const provision = { sources: [kryptos] };

const windowsOf = (electron: ElectronApplication) =>
  electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) =>
      window.isMinimized() ? 'minimised' : window.isVisible() ? 'shown' : 'hidden',
    ),
  );
/** As the button of the title bar does. */
const closeWindow = (electron: ElectronApplication) =>
  electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());

test('a panel that starts after Hookbell shows its icon within 2 s (T2)', async () => {
  await using app = await openInElectron({ provision });
  using tray = await openTrayHost();
  const startedAt = performance.now();

  const item = await tray.item();

  expect(performance.now() - startedAt).toBeLessThan(2000);
  await expect.poll(() => tray.tooltip(item)).toMatch(/^Hookbell: /);
  expect((await tray.menu(item)).items.map(({ label }) => label)).toContain('Open Hookbell');
  await closeWindow(app.electron());
  await expect.poll(() => windowsOf(app.electron())).toEqual([]);
});

test('a panel that restarts shows the icon again, once (T2)', async () => {
  const first = await openTrayHost();
  await using app = await openInElectron({ provision });
  await first.item();
  await first.close();
  using second = await openTrayHost();

  // Electron registers the old icon once more before ours takes its place.
  const itemsShown = async () =>
    Promise.all(
      (await second.items()).map((item) => second.tooltip(item).catch(() => 'going away')),
    );
  await expect.poll(itemsShown).toEqual([expect.stringMatching(/^Hookbell: /)]);

  await app.page().close();
  const opened = app.electron().waitForEvent('window');
  await second.activate((await second.items())[0] ?? '');
  await (await opened).waitForLoadState('load');
});

test('a watcher that nothing shows the icons of is no tray, until something does (T2)', async () => {
  await using _manager = await openWindowManager();
  using tray = await openTrayHost({ hosted: false });
  await using app = await openInElectron({ provision });
  await closeWindow(app.electron());
  await expect.poll(() => windowsOf(app.electron())).toEqual(['minimised']);

  tray.host(true);
  await expect.poll(async () => (await tray.items()).length).toBe(1);
  await closeWindow(app.electron());
  await expect.poll(() => windowsOf(app.electron())).toEqual([]);
});

test('a watcher that does not answer is no tray, and keeps nobody waiting (T2, P8)', async () => {
  await using _manager = await openWindowManager();
  using _tray = await openTrayHost({ silent: true });
  await using app = await openInElectron({ provision });
  await closeWindow(app.electron());
  await expect.poll(() => windowsOf(app.electron())).toEqual(['minimised']);
  expect((await app.deliver(costBasisCompleted(kryptos))).status).toBe(200);
});

test('a left click on the icon opens the window, and the menu leads to it too (T3)', async () => {
  using tray = await openTrayHost();
  await using app = await openInElectron({ provision });
  const item = await tray.item();
  await app.page().close();
  await expect.poll(() => windowsOf(app.electron())).toEqual([]);
  const opened = app.electron().waitForEvent('window');

  await tray.activate(item);

  await (await opened).waitForLoadState('load');
  await expect.poll(() => windowsOf(app.electron())).toEqual(['shown']);
});

test('the menu leads from a failed account to its event, marks all read, and is pushed only when it is another (T3)', async () => {
  using tray = await openTrayHost();
  await using app = await openInElectron({ provision });
  const item = await tray.item();
  const labels = async () => (await tray.menu(item)).items.map(({ label }) => label);
  // Another program may use the port.
  await app.ask('acknowledgeCondition', { id: 'port-taken' });
  await app.deliver(recorded('kryptos/integration.failed.json', kryptos));
  await expect.poll(labels).toContain('Mark all as read (1)');
  await expect.poll(() => tray.tooltip(item)).toMatch(/1 needs you · 1 unread$/);

  await tray.choose(item, 'Kraken could not sync');
  await app
    .page()
    .getByRole('article', { name: 'Event' })
    .getByRole('heading', { name: /Kraken could not sync/ })
    .waitFor();
  await expect.poll(labels).not.toContain('Mark all as read (1)');
  await app.deliver(costBasisCompleted(kryptos));
  await tray.choose(item, 'Mark all as read (1)');
  await expect.poll(async () => (await app.ask('state', undefined)).unseen).toBe(0);
  await expect.poll(labels).not.toContain('Mark all as read (1)');

  // A change of the state that the menu does not show, and the push of it.
  const before = tray.pushes();
  expect(before).toBeGreaterThan(0);
  await app.ask('changePreferences', { density: 'compact' });
  await app.ask('changePreferences', { theme: 'dark' });
  await app.page().locator('html[data-theme="dark"]').waitFor();
  expect(tray.pushes()).toBe(before);
});

test('without a tray closing minimises the window and says so; what comes meanwhile is in it (T2, A5)', async () => {
  await using _manager = await openWindowManager();
  await using app = await openInElectron({ provision });
  await closeWindow(app.electron());
  await expect.poll(() => windowsOf(app.electron())).toEqual(['minimised']);
  await expect
    .poll(() => app.notifications())
    .toEqual([
      {
        title: 'Hookbell keeps receiving',
        body: 'This desktop shows no tray, so the window is minimised. Ctrl+Q in the window quits.',
      },
    ]);
  expect((await app.deliver(costBasisCompleted(kryptos))).status).toBe(200);

  const second = await runElectron(app.folder);

  expect(second).toMatchObject({ code: 0, stdout: expect.stringContaining('already running') });
  await expect.poll(() => windowsOf(app.electron())).toEqual(['shown']);
  await app
    .page()
    .getByRole('option', { name: /Gains and losses are up to date/ })
    .waitFor();
});

test('a minimised window whose process ends comes back minimised (A5)', async () => {
  await using _manager = await openWindowManager();
  await using app = await openInElectron({ provision });
  await closeWindow(app.electron());
  await expect.poll(() => windowsOf(app.electron())).toEqual(['minimised']);
  const comesBack = app.electron().waitForEvent('window');

  await app.electron().evaluate(({ BrowserWindow }) => {
    for (const { webContents } of BrowserWindow.getAllWindows())
      webContents.forcefullyCrashRenderer();
  });

  await (await comesBack).waitForLoadState('load');
  await expect.poll(() => windowsOf(app.electron())).toEqual(['minimised']);
  expect((await app.deliver(costBasisCompleted(kryptos))).status).toBe(200);
});

test('a hidden start where no tray comes within 30 s leaves a minimised window (T2)', async () => {
  await using _manager = await openWindowManager();
  const startedAt = performance.now();
  await using app = await openInElectron({ provision, switches: ['--hidden'] });
  expect(performance.now() - startedAt).toBeGreaterThan(29_000);
  await expect.poll(() => windowsOf(app.electron())).toEqual(['minimised']);
}, 120_000);
