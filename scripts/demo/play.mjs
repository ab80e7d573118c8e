// The demo itself, run where windows and notifications work: plays deliveries through the built app and checks what became of them.
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { _electron } from 'playwright-core';
import { root } from '../tools.mjs';
import { expectedTitles, plays } from './story.mjs';

const run = promisify(execFile);
const electronPath = process.env.HOOKBELL_ELECTRON ?? '';
const isVirtual = process.env.HOOKBELL_DEMO_SCREEN === 'virtual';
const screenshot = path.resolve(process.argv[2] ?? 'demo.png');
const folder = mkdtempSync(path.join(tmpdir(), 'hookbell-demo-'));
const profile = `--user-data-dir=${path.join(folder, 'profile')}`;
const patienceMs = 15_000;

/** @typedef {{ status: string, title?: string, provider: string, reason?: string, notification?: { shown: boolean, why: string } }} Line */

/** @param {string} line */
const say = (line) => process.stdout.write(`${line}\n`);

/** @param {boolean} isTrue @param {string} what */
function must(isTrue, what) {
  if (!isTrue) throw new Error(what);
}

/** Asks the running app through a second start, as a person at a terminal would. @param {string[]} switches */
const hookbell = async (...switches) =>
  (await run(electronPath, [root, profile, ...switches])).stdout.trim();

/** @returns {Promise<Line[]>} */
async function exported() {
  const file = path.join(folder, 'history.jsonl');
  await hookbell('--export', file, '--with-quarantine');
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line));
}

/** Notifications come a moment after the answers. */
async function whenAllIsDecided() {
  for (const until = Date.now() + patienceMs; Date.now() < until; ) {
    const lines = await exported();
    const isDecided = lines.every(
      ({ status, notification }) => status === 'rejected' || notification,
    );
    if (isDecided) return lines;
  }
  throw new Error('Not every entry got its notification decision in time');
}

/** @returns {string} */
function provisioning() {
  const token = () => randomBytes(32).toString('base64url');
  const file = path.join(folder, 'provision.json');
  const sources = [
    { id: 'kryptos', provider: 'kryptos', name: 'Kryptos', token: token(), secrets: [token()] },
    { id: 'vezgo', provider: 'vezgo', name: 'Vezgo', token: token(), clientId: 'demo-client' },
    {
      ...{ id: 'simplehash', provider: 'simplehash', name: 'SimpleHash', token: token() },
      secrets: [randomBytes(24).toString('base64')],
    },
  ];
  writeFileSync(file, JSON.stringify({ tunnel: { kind: 'none' }, sources }), { mode: 0o600 });
  return file;
}

async function play() {
  const app = await _electron.launch({
    executablePath: electronPath,
    chromiumSandbox: true,
    args: [root, profile, '--provision', provisioning()],
  });
  try {
    const window = await app.firstWindow();
    await window.getByText('Local only').first().waitFor();

    say('Received and answered');
    for (const { name, answers } of plays) {
      const said = (await hookbell('--simulate', name)).split('\n');
      for (const line of said) say(`  ${line}`);
      const got = said.map((line) => line.split('  ')[0]);
      must(got.join() === answers.join(), `${name}: expected ${answers.join(', ')}`);
    }

    const lines = await whenAllIsDecided();
    const kept = lines.filter(({ status }) => status === 'event');
    say(`Kept: ${kept.length} events, ${lines.length - kept.length} in quarantine`);
    for (const { provider, title } of kept) say(`  ${provider.padEnd(10)}  ${title}`);
    const accepted = plays
      .flatMap(({ answers }) => answers)
      .filter((answer) => answer === '200 recorded');
    must(kept.length === accepted.length, 'Not everything that was answered 200 was kept');

    const notified = kept
      .filter(({ notification }) => notification?.shown)
      .map(({ title }) => title);
    say(`Notified: ${notified.length} of them`);
    for (const { title, notification } of kept) {
      if (notification?.shown) say(`  ${title}  (${notification.why})`);
    }
    for (const title of expectedTitles)
      must(notified.includes(title), `No notification for “${title}”`);

    mkdirSync(path.dirname(screenshot), { recursive: true });
    await window.getByRole('option').first().click();
    await window.getByRole('tab', { name: 'Summary' }).waitFor();
    if (isVirtual) await run('import', ['-window', 'root', screenshot]);
    else await window.screenshot({ path: screenshot });
    say(`Screenshot: ${path.relative(root, screenshot)}`);
    say(await hookbell('--quit'));
  } finally {
    await app.close().catch(() => {});
  }
}

try {
  await play();
  say('Everything came through.');
} catch (error) {
  process.stderr.write(`The demo failed: ${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
