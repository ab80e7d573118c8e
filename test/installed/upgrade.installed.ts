import { statSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { beforeEach, expect, test } from 'vitest';
import { costBasisCompleted } from '../../bench/harness/deliveries.ts';
import { type Edge, openEdge } from '../support/ngrok-edge/edge.ts';
import { openTrayHost } from '../support/tray.ts';
import { installNext, installThis } from './support/administrator.ts';
import {
  archive,
  type InstalledApp,
  program,
  programFile,
  startInstalled,
} from './support/hookbell.ts';
import { deliverSteadily, idsOf } from './support/load.ts';
import { openedBy, programOf, tunnelOf } from './support/processes.ts';
import { drawnWindow, photograph, windows } from './support/screen.ts';

beforeEach(installThis);

/** Of a file that was replaced or removed since it was opened. */
const gone = (file: string) => `${file} (deleted)`;
const patience = { timeout: 30_000 };

const throughTunnel =
  (edge: Edge) =>
  ({ path, headers, body }: ReturnType<typeof costBasisCompleted>) =>
    edge.visit({ path, headers: { ...headers }, body });

/** Looks for the command again and again. */
const watchCommand = () => {
  let isWatching = true;
  const watched = (async () => {
    const looks = { seen: 0, missing: 0 };
    for (; isWatching; await pause(1)) {
      if (statSync(program, { throwIfNoEntry: false })?.isFile()) looks.seen += 1;
      else looks.missing += 1;
    }
    return looks;
  })();
  return {
    stop: () => {
      isWatching = false;
      return watched;
    },
  };
};

test('an upgrade under 20 deliveries a second refuses and loses none, and the app goes on until it is restarted (A1, A3, Q12)', async () => {
  await using edge = await openEdge({ reachable: true });
  using _tray = await openTrayHost();
  const { authtoken, serverAddress, rootCa } = edge;
  await using app = await startInstalled({
    switches: ['--hidden'],
    provision: { tunnel: { kind: 'ngrok', authtoken, serverAddress, rootCa } },
  });
  const pid = app.process.pid ?? 0;
  await expect.poll(edge.isOnline, patience).toBe(true);
  expect(await windows()).toEqual([]);

  const command = watchCommand();
  const load = deliverSteadily(app.source, throughTunnel(edge), 20);
  await expect.poll(async () => (await app.exported()).length).toBeGreaterThan(10);
  await installNext();
  await expect.poll(async () => (await app.exported()).length).toBeGreaterThan(40);
  const answers = await load.stop();
  const looks = await command.stop();
  expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
  // Kryptos gives up after 10 s.
  expect(Math.max(...answers.map(({ ms }) => ms))).toBeLessThan(2000);
  expect(looks.missing).toBe(0);
  expect(looks.seen).toBeGreaterThan(100);
  const sent = answers.map(({ id }) => id);
  expect(idsOf(await app.exported()).sort()).toEqual([...sent].sort());

  // The window is opened by the next version's second start, and comes from the archive of this one.
  expect(await app.again()).toContain('its window is open now');
  await drawnWindow();
  expect(programOf(pid)).toBe(gone(programFile));
  expect(openedBy(pid)).toContain(gone(archive));
  await photograph('installed-upgraded');

  const agent = tunnelOf(pid)?.pid ?? 0;
  expect(openedBy(agent)).toContain(gone(archive));
  process.kill(agent, 'SIGKILL');
  await expect.poll(() => openedBy(tunnelOf(pid)?.pid ?? 0), patience).toContain(archive);
  const last = costBasisCompleted(app.source, { id: 'whd_last' });
  await expect.poll(async () => (await throughTunnel(edge)(last)).status, patience).toBe(200);

  await app.quit();
  expect(app.process.exitCode).toBe(0);
  await using next = await startInstalled({ profile: app.profile, switches: ['--hidden'] });
  const nextPid = next.process.pid ?? 0;
  expect(programOf(nextPid)).toBe(programFile);
  expect(openedBy(nextPid)).toContain(archive);
  expect(idsOf(await next.exported()).sort()).toEqual([...sent, 'whd_last'].sort());
});

test('what was received is there after an upgrade of an app that does not run, and after a downgrade (Q12)', async () => {
  using _tray = await openTrayHost();
  await using app = await startInstalled({ switches: ['--hidden'] });
  const startAgain = () => startInstalled({ profile: app.profile, switches: ['--hidden'] });
  const deliver = async (to: InstalledApp, id: string) =>
    expect(await to.deliver(costBasisCompleted(to.source, { id }))).toMatchObject({ status: 200 });
  await deliver(app, 'whd_before');
  await app.quit();

  await installNext();
  {
    await using next = await startAgain();
    await deliver(next, 'whd_upgraded');
    expect(idsOf(await next.exported())).toEqual(['whd_before', 'whd_upgraded']);
  }

  expect(await installThis()).toMatch(/downgrading hookbell/i);
  await using back = await startAgain();
  await deliver(back, 'whd_downgraded');
  expect(idsOf(await back.exported())).toEqual(['whd_before', 'whd_upgraded', 'whd_downgraded']);
  expect(await back.again()).toContain('its window is open now');
  await drawnWindow();
  await photograph('installed-downgraded');
});
