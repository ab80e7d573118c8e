import type { ElectronApplication } from 'playwright-core';
import { expect, test } from 'vitest';
import { openInElectron } from '../support/electron.ts';
import { openTrayHost } from '../support/tray.ts';
import { openWindowManager } from '../support/window-manager.ts';

const place = { x: 60, y: 50, width: 812, height: 564 };

const placeOf = (electron: ElectronApplication) =>
  electron.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    return window && { ...window.getNormalBounds(), maximized: window.isMaximized() };
  });

test('the window comes back where it was and as large, closed and opened again or after a restart', async () => {
  await using _manager = await openWindowManager();
  using tray = await openTrayHost();
  await using app = await openInElectron();
  const item = await tray.item();
  await app.electron().evaluate(({ BrowserWindow }, bounds) => {
    BrowserWindow.getAllWindows()[0]?.setBounds(bounds);
  }, place);
  await expect.poll(() => placeOf(app.electron())).toEqual({ ...place, maximized: false });

  for (let time = 0; time < 3; time += 1) {
    await app.electron().evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
    await expect.poll(() => placeOf(app.electron())).toBeUndefined();
    const opened = app.electron().waitForEvent('window');
    await tray.activate(item);
    await (await opened).waitForLoadState('load');
    await expect.poll(() => placeOf(app.electron())).toEqual({ ...place, maximized: false });
  }
  await app.restart();
  await expect.poll(() => placeOf(app.electron())).toEqual({ ...place, maximized: false });
});

test('a maximised window comes back maximised, with its size beneath; a minimised one as it was before', async () => {
  await using _manager = await openWindowManager();
  await using app = await openInElectron();
  await app.electron().evaluate(({ BrowserWindow }, bounds) => {
    BrowserWindow.getAllWindows()[0]?.setBounds(bounds);
  }, place);
  await expect.poll(() => placeOf(app.electron())).toEqual({ ...place, maximized: false });
  await app
    .electron()
    .evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.maximize());
  await expect.poll(async () => (await placeOf(app.electron()))?.maximized).toBe(true);
  await app.restart();
  await expect.poll(async () => (await placeOf(app.electron()))?.maximized).toBe(true);

  await app
    .electron()
    .evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.unmaximize());
  // The window manager may count its title bar in or out.
  const beneath = { width: place.width, height: place.height, maximized: false };
  await expect.poll(() => placeOf(app.electron())).toMatchObject(beneath);
  await app
    .electron()
    .evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize());
  await app.restart();
  await expect.poll(() => placeOf(app.electron())).toMatchObject(beneath);
});
