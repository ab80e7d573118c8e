import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { costBasisCompleted, kryptosSource, vezgoSource } from '../../bench/harness/deliveries.ts';
import { timelineOf } from '../support/app.ts';
import { openInElectron, runElectron } from '../support/electron.ts';
import { recorded } from '../support/fixtures.ts';
import { folderOf } from '../support/folders.ts';
import { openTrayHost } from '../support/tray.ts';

const kryptos = kryptosSource();
const vezgo = vezgoSource();
const provision = { sources: [kryptos, vezgo] };

test('SIGTERM drains: what is open is answered, the log says so, and it ends well (A2, A3)', async () => {
  const app = await openInElectron({ provision });
  await app.deliver(costBasisCompleted(kryptos));
  const child = app.electron().process();
  const exited = new Promise((resolve) =>
    child.once('exit', (code, signal) => resolve({ code, signal })),
  );

  child.kill('SIGTERM');

  expect(await exited).toEqual({ code: 0, signal: null });
  expect(readFileSync(folderOf(app, 'logs', 'hookbell.log'), 'utf8')).toContain('drained');
});

test('a second start shows the window of the first and ends (A1)', async () => {
  using tray = await openTrayHost();
  await using app = await openInElectron({ provision });
  await tray.item();
  await app.page().close();
  const opened = app.electron().waitForEvent('window');

  const second = await runElectron(app.folder);

  expect(second).toMatchObject({ code: 0, stdout: expect.stringContaining('already running') });
  await (await opened).waitForLoadState('load');
});

test('a window whose process ends comes back by itself, and deliveries are taken meanwhile (A5)', async () => {
  await using app = await openInElectron({ provision });
  await app.deliver(costBasisCompleted(kryptos, { id: 'whd_before' }));
  const comesBack = app.electron().waitForEvent('window');
  await app.electron().evaluate(({ BrowserWindow }) => {
    for (const { webContents } of BrowserWindow.getAllWindows())
      webContents.forcefullyCrashRenderer();
  });
  expect((await app.deliver(costBasisCompleted(kryptos, { id: 'whd_after' }))).status).toBe(200);

  const page = await comesBack;
  await expect.poll(() => page.getByRole('option').count()).toBe(2);
  expect(await app.notifications()).not.toContainEqual(
    expect.objectContaining({ title: 'Hookbell keeps receiving' }),
  );
});

test('closing the window keeps receiving, and says so once', async () => {
  using tray = await openTrayHost();
  await using app = await openInElectron({ provision });
  await tray.item();
  await app.page().close();
  expect((await app.deliver(costBasisCompleted(kryptos))).status).toBe(200);
  await expect
    .poll(async () => (await app.notifications()).map(({ title }) => title))
    .toEqual(['Hookbell keeps receiving', 'Gains and losses are up to date']);
});

test('an export is written by the running app, or without it, and masks what proves a sender', async () => {
  const app = await openInElectron({ provision });
  await app.deliver(costBasisCompleted(kryptos, { id: 'whd_1' }));
  await app.deliver(costBasisCompleted(kryptos, { id: 'whd_2', secret: 'guessed' }));
  await app.deliver(recorded('vezgo/SyncAccount.json', vezgo));
  await expect
    .poll(async () => (await timelineOf(app)).every(({ notification }) => notification !== null))
    .toBe(true);

  const running = join(app.folder, 'running.jsonl');
  expect(await runElectron(app.folder, '--export', running)).toMatchObject({ code: 0 });
  expect(linesIn(running).map(({ status, title }) => [status, title])).toEqual([
    ['event', 'Gains and losses are up to date'],
    ['event', 'Coinbase synced'],
  ]);
  expect(linesIn(running)[0]).toMatchObject({
    ...{
      seq: 1,
      source: kryptos.id,
      provider: 'kryptos',
      kind: 'costbasis.completed',
      type: 'costbasis.completed',
    },
    ...{
      severity: 'success',
      proof: 'verified',
      simulated: false,
      seen: false,
      notification: { shown: true },
    },
    body: costBasisCompleted(kryptos, { id: 'whd_1' }).body,
    headers: expect.objectContaining({ 'x-webhook-signature': '(masked)' }),
  });

  expect(await runElectron(app.folder, '--quit')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('has quit'),
  });
  const alone = join(app.folder, 'alone.jsonl');
  expect(await runElectron(app.folder, '--export', alone, '--with-quarantine')).toMatchObject({
    code: 0,
  });
  expect(linesIn(alone).map(({ status, reason }) => reason ?? status)).toEqual([
    'event',
    'signature-wrong',
    'event',
  ]);
  expect(readFileSync(alone, 'utf8')).not.toMatch(/token-of|whsec_|"[0-9a-f]{64}"/);

  const nowhere = await runElectron(
    app.folder,
    '--export',
    join(app.folder, 'no', 'such', 'folder.jsonl'),
  );
  expect(nowhere).toMatchObject({ code: 1, stderr: expect.stringContaining('could not write') });
});

test('a fixed port that is taken is said in the app, the log and on stderr, and is taken over when it is free', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(4990, '127.0.0.1', resolve));
  await using app = await openInElectron({ provision: { ...provision, receiver: { port: 4990 } } });
  expect(app.port()).toBe(0);

  await app.page().getByText('Port 4990 is in use').first().waitFor();
  expect(readFileSync(folderOf(app, 'logs', 'hookbell.log'), 'utf8')).toContain('port-taken');
  await new Promise((resolve) => other.close(resolve));

  const pipe = async () => (await app.ask('state', undefined)).pipe;
  await expect.poll(pipe, { timeout: 15_000 }).toEqual({ status: 'local-only', port: 4990 });
});

test('a mistake in the provisioning file is said in the window', async () => {
  await using app = await openInElectron({
    provision: { sources: [{ ...kryptos, token: 'short' }] },
  });
  const strip = app.page().getByRole('region', { name: 'Needs you' });
  await strip.getByText('sources[0].token').waitFor();
});

test('what is wrong at the start is said on stderr', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hookbell-'));
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(4991, '127.0.0.1', resolve));
  const broken = join(folder, 'broken.json');
  const taken = join(folder, 'taken.json');
  writeFileSync(broken, JSON.stringify({ sources: [{ ...kryptos, token: 'short' }] }));
  writeFileSync(taken, JSON.stringify({ receiver: { port: 4991 } }));

  const startAndQuit = async (file: string) => {
    let ended = false;
    const running = runElectron(folder, '--hidden', '--provision', file).finally(() => {
      ended = true;
    });
    while (!ended) await runElectron(folder, '--quit');
    return running;
  };
  expect((await startAndQuit(broken)).stderr).toContain(
    'provisioning file: sources[0].token must be at least 22 characters',
  );
  expect((await startAndQuit(join(folder, 'no-such-file.json'))).stderr).toContain(
    'cannot be read',
  );
  expect((await startAndQuit(taken)).stderr).toContain('port 4991 is in use');

  await new Promise((resolve) => other.close(resolve));
  rmSync(folder, { recursive: true, force: true });
});

test.each(['profile', 'profile/history'])(
  'a folder that is not its own keeps Hookbell from starting, and that is said: %s',
  async (name) => {
    const folder = mkdtempSync(join(tmpdir(), 'hookbell-'));
    const locked = join(folder, name);
    mkdirSync(locked, { recursive: true });
    chmodSync(locked, 0o000);

    expect(await runElectron(folder, '--hidden')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/cannot start.*EACCES.*belong to your user account/s),
    });
    chmodSync(locked, 0o700);
    rmSync(folder, { recursive: true });
  },
);

test('the log holds no secret, token, signature or body', async () => {
  await using app = await openInElectron({ provision });
  const sent = costBasisCompleted(kryptos);
  await app.deliver(sent);
  await app.deliver({
    ...sent,
    headers: { ...sent.headers, 'x-webhook-signature': 'a'.repeat(64) },
  });
  await app.restart();
  const log = readFileSync(folderOf(app, 'logs', 'hookbell.log'), 'utf8');
  expect(log).not.toMatch(/token-of|whsec_|[0-9a-f]{64}|user_123/);
});

const linesIn = (file: string) =>
  readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
