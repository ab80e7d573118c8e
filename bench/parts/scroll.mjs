import { mkdtempSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { _electron } from 'playwright-core';
import { root } from '../../scripts/tools.mjs';
import { furnish, keptHistory } from '../kept.mjs';
import { median } from '../numbers.mjs';
import { column, interleaved } from '../rounds.mjs';
import { provision } from '../sources.mjs';
import { printJudged, printTable } from '../table.mjs';

/**
 * `dropped` counts the frames that a display of 60 Hz would have missed, `empty` the checks that found a row without its entry.
 * `heapMiB` is the renderer's at the end.
 *
 * @typedef {{ seconds: number, fps: number, dropped: number, of: number, longestMs: number, empty: number, heapMiB: number }} Scrolled
 */

/** Some twenty screens a second, as fast as a hand turns a wheel. */
const ROWS_PER_SECOND = 300;

const names = {
  rows: 'without groups',
  closed: 'groups closed',
  open: 'groups opened on the way',
};

/**
 * The built app's window scrolls through the whole timeline, from the newest entry to the oldest, and loads its pages on the way.
 *
 * @param {import('../types.mjs').Bench} bench
 */
export async function scroll(bench) {
  const { electron, quick } = bench;
  if (!electron) return;
  const events = quick ? 10_000 : 100_000;
  const title = `scroll: ${events.toLocaleString('en')} events from first to last, ${ROWS_PER_SECOND} rows a second`;
  const { folder } = await keptHistory(bench, events);
  const { folder: withBursts } = await keptHistory(bench, events, true);
  // One round through 100,000 rows takes six minutes.
  const results = await interleaved(title, 1, {
    [names.rows]: () => scrollThrough(bench, electron, folder, false),
    [names.closed]: () => scrollThrough(bench, electron, withBursts, false),
    [names.open]: () => scrollThrough(bench, electron, withBursts, true),
  });
  const of = (/** @type {string} */ name, /** @type {keyof Scrolled} */ figure) =>
    median(column(results[name], figure));
  printTable(
    title,
    ['', 'seconds', 'fps', 'dropped', 'of', 'longest ms', 'empty', 'heap MiB'],
    Object.values(names).map((name) => [
      name,
      ...['seconds', 'fps', 'dropped', 'of', 'longestMs', 'empty', 'heapMiB'].map((figure) =>
        of(name, /** @type {keyof Scrolled} */ (figure)),
      ),
    ]),
  );
  printJudged(
    Object.values(names).flatMap((name) => [
      {
        what: `frames a second, ${name}`,
        value: of(name, 'fps'),
        must: 58,
        aim: 60,
        bound: 'at least',
      },
      {
        what: `frames dropped of 240, ${name}`,
        value: (of(name, 'dropped') / of(name, 'of')) * 240,
        must: 4,
        aim: 0,
        bound: 'at most',
      },
      {
        what: `heap of the window, MiB, ${name}`,
        value: of(name, 'heapMiB'),
        must: 24,
        aim: 12,
        bound: 'at most',
      },
    ]),
  );
}

/**
 * @param {import('../types.mjs').Bench} bench
 * @param {string} executablePath
 * @param {string} kept
 * @param {boolean} opens whether it opens the groups on its way
 * @returns {Promise<Scrolled>}
 */
async function scrollThrough({ work, port }, executablePath, kept, opens) {
  const userData = mkdtempSync(path.join(work, 'scroll-'));
  furnish(kept, userData);
  const file = path.join(userData, 'provision.json');
  writeFileSync(file, JSON.stringify(provision(port)));
  const app = await _electron.launch({
    executablePath,
    chromiumSandbox: true,
    args: [root, `--user-data-dir=${userData}`, '--provision', file],
  });
  try {
    const page = await app.firstWindow();
    await page.getByRole('option').first().waitFor();
    /** @type {unknown} */
    const scrolled = await page.evaluate(`(${scroller})(${ROWS_PER_SECOND}, ${opens})`);
    return /** @type {Scrolled} */ (scrolled);
  } finally {
    await app.evaluate((electron) => electron.app.quit()).catch(() => {});
    await app.close().catch(() => {});
  }
}

/** Runs in the renderer, frame by frame, until the list no longer grows and its end is on screen. */
const scroller = `async (rowsPerSecond, opens) => {
  const list = document.querySelector('[data-list]');
  const rowHeight = document.querySelector('[role=option]').getBoundingClientRect().height;
  const frame = () => new Promise(requestAnimationFrame);
  const frames = [];
  let empty = 0;
  let last = await frame();
  const startedAt = last;
  let reachedAt = last;
  let height = list.scrollHeight;
  while (last - reachedAt < 1500) {
    const now = await frame();
    frames.push(now - last);
    list.scrollTop += (rowsPerSecond * rowHeight * Math.min(now - last, 100)) / 1000;
    last = now;
    if (opens && frames.length % 20 === 0)
      list.querySelector('[role=option]:has([aria-label="Closed group."])')?.click();
    if (list.scrollHeight !== height || list.scrollTop + list.clientHeight < list.scrollHeight - 1) {
      height = list.scrollHeight;
      reachedAt = now;
    }
    if (frames.length % 10 === 0 && list.querySelector('[role=presentation]:empty')) empty += 1;
  }
  const seconds = (last - startedAt) / 1000;
  return {
    seconds,
    fps: frames.length / seconds,
    dropped: frames.reduce((sum, ms) => sum + Math.max(0, Math.round(ms / (1000 / 60)) - 1), 0),
    of: frames.length,
    longestMs: Math.max(...frames),
    empty,
    heapMiB: performance.memory.usedJSHeapSize / 1024 / 1024,
  };
}`;
