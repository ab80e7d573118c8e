// Takes the pictures. screenshots.mjs runs it on a virtual desktop.
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { startHookbell } from '../demo/hookbell.mjs';

const run = promisify(execFile);
const SIZE = { width: 1280, height: 800 };
const THEMES = ['Light', 'Dark'];
const PAGES = [
  'Timeline',
  'Accounts',
  'Runs',
  'Sources',
  'Simulate',
  'Notify',
  'Health',
  'Settings',
];
/** What fills the timeline, by the names of `--simulate`. */
const EARLIER = [
  'kryptos/integration.created',
  'simplehash/contract.nft_metadata_update',
  'simplehash/contract.transfer:mint',
  'kryptos/integration.updated',
  'simplehash/nft.transfer',
  'wrong-secret',
  'vezgo/SyncAccount',
  'simplehash/wallet.outbound_transfer',
];
/** Each of these has a notification of its own, because its kind is not above. The last one is opened. */
const LATER = [
  'recalculation',
  'simplehash/wallet.inbound_transfer:sale',
  'kryptos/integration.failed',
];
const PATIENCE_MS = 10_000;
const pictures = path.resolve(process.argv[2] ?? 'screenshots');
const folder = mkdtempSync(path.join(tmpdir(), 'hookbell-screenshots-'));

async function takeAll() {
  const { app, window, command } = await startHookbell(folder);
  try {
    await app.evaluate(({ BrowserWindow }, { width, height }) => {
      BrowserWindow.getAllWindows()[0]?.setBounds({ x: 0, y: 0, width, height });
    }, SIZE);
    // Chromium makes a window that fills the screen a pixel smaller, lest it be taken for full screen.
    await window.setViewportSize(SIZE);
    // A virtual desktop has no keyring, which the window says, and a person's usually has one.
    await window.getByRole('button', { name: 'I have read it' }).click();
    for (const name of EARLIER) await command('--simulate', name);
    await run('dunstctl', ['close-all']);
    for (const name of LATER) await command('--simulate', name);
    await whenShown(LATER.length);
    await window.getByRole('option').first().click();
    await window.getByRole('tab', { name: 'Summary' }).waitFor();

    for (const theme of THEMES) {
      await goTo(window, 'Settings');
      await window.getByRole('button', { name: theme, exact: true }).click();
      for (const page of PAGES) {
        await goTo(window, page);
        await save(`${page}-${theme}`, (file) => window.screenshot({ path: file }));
      }
      await goTo(window, 'Timeline');
      await save(`desktop-${theme}`, (file) => run('import', ['-window', 'root', file]));
    }
    await command('--quit');
  } finally {
    await app.close().catch(() => {});
  }
}

/** @param {import('playwright-core').Page} window @param {string} page */
async function goTo(window, page) {
  await window.getByRole('navigation', { name: 'Pages' }).getByText(page).click();
  // Nothing is hovered in a picture.
  await window.mouse.move(SIZE.width / 2, 1);
}

/** Waits until the desktop shows so many notifications. @param {number} count */
async function whenShown(count) {
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; ) {
    const { stdout } = await run('dunstctl', ['count', 'displayed']);
    if (Number(stdout) >= count) return;
  }
  throw new Error(`The desktop does not show ${count} notifications`);
}

/** @param {string} name @param {(file: string) => Promise<unknown>} shoot */
async function save(name, shoot) {
  const shot = path.join(folder, 'shot.png');
  const picture = path.join(pictures, `${name.toLowerCase()}.png`);
  await shoot(shot);
  // A palette makes a picture a third as large, and hardly another.
  await run('convert', [shot, '-strip', '-dither', 'None', '-colors', '256', `PNG8:${picture}`]);
  process.stdout.write(`docs/images/${path.basename(picture)}\n`);
}

mkdirSync(pictures, { recursive: true });
try {
  await takeAll();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
