import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';
import { costBasisCompleted, kryptosSource } from '../../bench/harness/deliveries.ts';
import { send } from '../../bench/harness/http.ts';
import { listenToDaemon } from '../support/electron.ts';
import { openEdge } from '../support/ngrok-edge/edge.ts';
import { openTrayHost } from '../support/tray.ts';
import { type Account, desktopEntry, openAccount } from './support/account.ts';
import { installThis } from './support/administrator.ts';
import { packageFolder } from './support/hookbell.ts';
import { mappedBy, tunnelOf } from './support/processes.ts';
import { drawnWindow, photograph } from './support/screen.ts';

const kryptos = kryptosSource();

beforeAll(installThis);

/** Starts Hookbell as the desktop's menu does. */
const launch = (account: Account) => account.launch('gio', 'launch', desktopEntry);

test('started from its desktop entry it receives, notifies, and has a window and a tray icon of its own (Q12)', async () => {
  const notifications = await listenToDaemon();
  using tray = await openTrayHost();
  await using account = await openAccount({ sources: [kryptos] });
  const app = await launch(account);

  expect((await send(app.port, costBasisCompleted(kryptos))).status).toBe(200);
  await expect.poll(notifications).toMatchObject([{ title: 'Gains and losses are up to date' }]);

  const [, wanted] = /^StartupWMClass=(.*)$/m.exec(readFileSync(desktopEntry, 'utf8')) ?? [];
  expect((await drawnWindow()).names).toContain(wanted);
  expect(await tray.tooltip(await tray.item())).toMatch(/^Hookbell: /);
  await photograph('installed-started');
});

test('the manual page names the folder of the profile', async () => {
  using _tray = await openTrayHost();
  await using account = await openAccount({ sources: [kryptos] });
  await launch(account);
  const manual = gunzipSync(readFileSync('/usr/share/man/man1/hookbell.1.gz')).toString('utf8');
  const [, name = 'unnamed'] = /^\.I ~\/\.config\/(\S+)$/m.exec(manual) ?? [];
  expect(existsSync(join(account.configuration, name, 'history'))).toBe(true);
});

test("the tunnel comes up, with ngrok's module from beside the archive (Q12)", async () => {
  await using edge = await openEdge({ reachable: true });
  using _tray = await openTrayHost();
  const { authtoken, serverAddress, rootCa } = edge;
  await using account = await openAccount({
    tunnel: { kind: 'ngrok', authtoken, serverAddress, rootCa },
    sources: [kryptos],
  });
  const app = await launch(account);

  await expect.poll(edge.isOnline, { timeout: 30_000 }).toBe(true);
  const { path, headers, body } = costBasisCompleted(kryptos);
  expect((await edge.visit({ path, headers: { ...headers }, body })).status).toBe(200);
  const modules = mappedBy(tunnelOf(app.pid)?.pid ?? 0).filter((file) => file.endsWith('.node'));
  expect(modules).toEqual([
    expect.stringMatching(
      new RegExp(`^${join(packageFolder, 'resources', 'app.asar.unpacked')}/.*/ngrok\\..*\\.node$`),
    ),
  ]);
});
