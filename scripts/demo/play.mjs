// The demo itself. demo.mjs runs it where windows and notifications work.
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { root } from '../tools.mjs';
import { startHookbell } from './hookbell.mjs';
import { expectedTitles, plays } from './story.mjs';

const run = promisify(execFile);
const isVirtual = process.env.HOOKBELL_DEMO_SCREEN === 'virtual';
const screenshot = path.resolve(process.argv[2] ?? 'demo.png');
const folder = mkdtempSync(path.join(tmpdir(), 'hookbell-demo-'));
const patienceMs = 15_000;

/** @typedef {import('./hookbell.mjs').Hookbell} Hookbell */
/** @typedef {{ status: string, title?: string, provider: string, reason?: string, notification?: { shown: boolean, why: string } }} Line */

/** @param {string} line */
const say = (line) => process.stdout.write(`${line}\n`);

/** @param {boolean} isTrue @param {string} what */
function must(isTrue, what) {
  if (!isTrue) throw new Error(what);
}

/** @param {Hookbell} hookbell @returns {Promise<Line[]>} */
async function exported({ command }) {
  const file = path.join(folder, 'history.jsonl');
  await command('--export', file, '--with-quarantine');
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line));
}

/** Waits for the notification decisions, which come a moment after the answers. @param {Hookbell} hookbell */
async function whenAllIsDecided(hookbell) {
  for (const until = Date.now() + patienceMs; Date.now() < until; ) {
    const lines = await exported(hookbell);
    const isDecided = lines.every(
      ({ status, notification }) => status === 'rejected' || notification,
    );
    if (isDecided) return lines;
  }
  throw new Error('Not every entry got its notification decision in time');
}

async function play() {
  const hookbell = await startHookbell(folder);
  const { app, window, command } = hookbell;
  try {
    say('Received and answered');
    for (const { name, answers } of plays) {
      const said = (await command('--simulate', name)).split('\n');
      for (const line of said) say(`  ${line}`);
      const got = said.map((line) => line.split('  ')[0]);
      must(got.join() === answers.join(), `${name}: expected ${answers.join(', ')}`);
    }

    const lines = await whenAllIsDecided(hookbell);
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
    say(await command('--quit'));
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
