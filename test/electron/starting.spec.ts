import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  costBasisCompleted,
  kryptosSource,
  simplehashSource,
} from '../../bench/harness/deliveries.ts';
import { send } from '../../bench/harness/http.ts';
import { electronPath, projectFolder, runElectron } from '../support/electron.ts';
import { recorded } from '../support/fixtures.ts';
import { type Item, openSecretService } from '../support/secret-service.ts';
import { openTrayHost } from '../support/tray.ts';

const kryptos = kryptosSource();
const simplehash = { ...simplehashSource(), secrets: [] };
const provision = { sources: [kryptos, simplehash] };
const keyringSwitch = '--password-store=gnome-libsecret';

/** The built app without a driver, with a temporary folder of its own. */
const startIn = async (folder: string, ...switches: string[]) => {
  const temporary = join(folder, 'tmp');
  mkdirSync(temporary, { recursive: true });
  const child = spawn(
    electronPath(),
    [projectFolder, `--user-data-dir=${join(folder, 'profile')}`, ...switches],
    { env: { ...process.env, TMPDIR: temporary }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let said = '';
  child.stdout.on('data', (chunk) => {
    said += chunk;
  });
  child.stderr.on('data', (chunk) => {
    said += chunk;
  });
  const port = (): number => Number(/127\.0\.0\.1:(\d+)/.exec(said)?.[1] ?? 0);
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  await expect.poll(port, { timeout: 20_000 }).not.toBe(0);
  return { child, temporary, said: () => said, port: port(), exited };
};

const withFolder = async (use: (folder: string) => Promise<void>): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'hookbell-'));
  writeFileSync(join(folder, 'provision.json'), JSON.stringify(provision));
  try {
    await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
const provisioned = (folder: string) => ['--provision', join(folder, 'provision.json')];
const exportedFrom = async (folder: string): Promise<number> => {
  const file = join(folder, 'all.jsonl');
  expect(await runElectron(folder, '--export', file)).toMatchObject({ code: 0 });
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '').length;
};
/** Whether the window is on the screen. */
const isWindowThere = (): boolean =>
  execFileSync('xwininfo', ['-root', '-tree'], { encoding: 'utf8' }).includes('"Hookbell": (');

test('with everything tidied out of the temporary folder a second start still finds the first, and nothing is lost (H18, A1, T2)', async () => {
  await withFolder(async (folder) => {
    const first = await startIn(folder, '--hidden', ...provisioned(folder));
    for (const name of readdirSync(first.temporary))
      rmSync(join(first.temporary, name), { recursive: true, force: true });
    const deliver = (id: string) => send(first.port, costBasisCompleted(kryptos, { id }));
    expect((await deliver('whd_1')).status).toBe(200);

    expect(isWindowThere()).toBe(false);
    expect(await runElectron(folder)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('already running; its window is open now'),
    });
    await expect.poll(isWindowThere).toBe(true);
    expect((await deliver('whd_2')).status).toBe(200);
    expect(await runElectron(folder, '--quit')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('has quit'),
    });
    expect(await first.exited).toBe(0);
    expect(await exportedFrom(folder)).toBe(2);
  });
});

test('an app that stands still is not killed by a second start, which names it and ends (H18)', async () => {
  await withFolder(async (folder) => {
    const first = await startIn(folder, '--hidden', ...provisioned(folder));
    first.child.kill('SIGSTOP');
    expect(await runElectron(folder, '--hidden')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(`already running (process ${first.child.pid}, since`),
    });
    first.child.kill('SIGCONT');
    expect((await send(first.port, costBasisCompleted(kryptos, { id: 'whd_1' }))).status).toBe(200);
    expect(await runElectron(folder, '--quit')).toMatchObject({ code: 0 });
  });
});

test('a file where a folder belongs ends the start with its name (P4)', async () => {
  await withFolder(async (folder) => {
    mkdirSync(join(folder, 'profile'));
    writeFileSync(join(folder, 'profile', 'quarantine'), '');
    expect(await runElectron(folder, '--hidden')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(`'${join(folder, 'profile', 'quarantine')}'. Move that away`),
    });
  });
});

test('with a silent keyring window and tray are there, and only what the keyring protects waits, for 3 s (K3, K4, K5, P8, T2)', async () => {
  const items: Item[] = [];
  const service = await openSecretService('well', items);
  const tray = await openTrayHost();
  await withFolder(async (folder) => {
    const first = await startIn(folder, '--hidden', keyringSwitch, ...provisioned(folder));
    const secrets = () => readFileSync(join(folder, 'profile', 'settings', 'secrets.json'), 'utf8');
    await expect.poll(secrets).toContain('"backend":"gnome_libsecret"');
    expect(await runElectron(folder, '--quit')).toMatchObject({ code: 0 });
    expect(await first.exited).toBe(0);
    const stored = secrets();
    const firstItem = await tray.item();

    service.become('silent');
    const startedAt = performance.now();
    const second = await startIn(folder, keyringSwitch);
    await expect.poll(isWindowThere).toBe(true);
    await expect.poll(tray.item).not.toBe(firstItem);
    expect(performance.now() - startedAt).toBeLessThan(15_000);
    const unsigned = recorded('simplehash/wallet.inbound_transfer.unsigned.json', simplehash);
    expect((await send(second.port, unsigned)).status).toBe(200);
    const askedAt = performance.now();
    const locked = await send(second.port, costBasisCompleted(kryptos, { id: 'whd_1' }));
    expect(locked.status).toBe(503);
    expect(performance.now() - askedAt).toBeLessThan(8000);
    expect(secrets()).toBe(stored);

    service.become('well');
    const again = async () =>
      (await send(second.port, costBasisCompleted(kryptos, { id: 'whd_2' }))).status;
    await expect.poll(again, { timeout: 20_000 }).toBe(200);
    expect(await runElectron(folder, '--quit')).toMatchObject({ code: 0 });
    expect(await second.exited).toBe(0);
  });
  tray.close();
  await service.close();
});
