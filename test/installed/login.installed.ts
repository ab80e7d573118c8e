import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { costBasisCompleted, kryptosSource } from '../../bench/harness/deliveries.ts';
import { openPrivateBus } from '../../bench/harness/private-bus.ts';
import { openTrayHost } from '../support/tray.ts';
import { openWindowManager } from '../support/window-manager.ts';
import { desktopEntry, openAccount } from './support/account.ts';
import { installThis } from './support/administrator.ts';
import { clickIn, comeBackTo, type Place, press } from './support/hands.ts';
import { programFile, startInstalled } from './support/hookbell.ts';
import { drawnWindow, photograph } from './support/screen.ts';

beforeAll(installThis);

/** Where the two sides of the switch are, in a window of its first size. */
const [on, off] = [
  { x: 879, y: 346 },
  { x: 921, y: 346 },
];
/** From the heading of the page, which has the focus when it opens, to the switch: past theme and rows, each one stop. */
const tabsToSwitch = Array.from({ length: 3 }, () => 'Tab');

test('the switch in Settings writes the entry of the person, mends one that the desktop disabled, and removes it (T8)', async () => {
  await using _manager = await openWindowManager();
  using _tray = await openTrayHost();
  await using account = await openAccount({ sources: [kryptosSource()] });
  const entry = join(account.configuration, 'autostart', 'app.hookbell.Hookbell.desktop');
  const text = () => (existsSync(entry) ? readFileSync(entry, 'utf8') : '');
  await account.launch('gio', 'launch', desktopEntry);
  const { id } = await drawnWindow();

  await press('ctrl+comma');
  // Looking at the screen takes longer than a page to open.
  await photograph('installed-login-settings');
  await press(...tabsToSwitch, 'space');
  await expect.poll(text).toContain(`\nExec=${programFile} --hidden\nTryExec=${programFile}\n`);
  await photograph('installed-login-on');

  appendFileSync(entry, 'Hidden=true\n');
  await comeBackTo(id);
  await drawnWindow();
  await photograph('installed-login-disabled');
  // Choosing “On” changes something only where the switch shows that it is off.
  const choose = async (place: Place) => {
    await clickIn(id, place);
    return text();
  };
  await expect.poll(() => choose(on)).not.toContain('Hidden=true');
  expect(text()).toContain(`\nExec=${programFile} --hidden\n`);

  await expect.poll(() => choose(off)).toBe('');
});

test('at a login at which no notification service and no tray are there yet, it receives at once (T8, P4)', async () => {
  await using bus = await openPrivateBus();
  await using app = await startInstalled({
    switches: ['--hidden'],
    env: { DBUS_SESSION_BUS_ADDRESS: bus.address },
  });
  expect((await app.deliver(costBasisCompleted(app.source))).status).toBe(200);
});
