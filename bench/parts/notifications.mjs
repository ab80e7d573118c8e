import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startProgress } from '../../scripts/progress.mjs';
import { root } from '../../scripts/tools.mjs';
import { startElectron, startProgram } from '../child.mjs';
import { quantile } from '../numbers.mjs';
import { printJudged, printTable } from '../table.mjs';

/** The budget of a minute is ten notifications, and the first of each source is shown at once. */
const SOURCES = 10;
const SECRET = 'c2ltcGxlaGFzaC1iZW5jaC1rZXktMDEyMzQ1Njc4OQ==';
const QUICK_MS = 100;

const sources = Array.from({ length: SOURCES }, (_, at) => ({
  id: `simplehash-${at}`,
  provider: 'simplehash',
  name: `SimpleHash ${at}`,
  token: `token-of-simplehash-${at}-0123456789abcdef`,
  secrets: [SECRET],
}));

/**
 * The time from the delivery to the call of the desktop's notification service, in the built app. The budget is ten notifications a
 * minute, so the app is started anew for every ten; the first of each start is not counted. With a silent service, the time until
 * senders are answered.
 *
 * @param {import('../types.mjs').Bench} bench
 */
export async function notifications(bench) {
  if (!bench.electron || process.platform !== 'linux') return;
  const starts = bench.quick ? 2 : 12;
  const title = 'notifications: in Electron, on a session bus of its own';
  const progress = startProgress(title);
  /** @type {Record<'well' | 'silent', { acks: number[], asked: number[] }>} */
  const results = { well: { acks: [], asked: [] }, silent: { acks: [], asked: [] } };
  for (let start = 1; start <= starts; start += 1) {
    for (const manner of /** @type {const} */ (['well', 'silent'])) {
      progress.tell(`start ${start} of ${starts}, the service ${manner}`);
      const { acks, asked } = await measure(bench, bench.electron, manner);
      results[manner].acks.push(...acks);
      results[manner].asked.push(...asked);
    }
  }
  progress.done();

  const row = (/** @type {string} */ name, /** @type {readonly number[]} */ of) =>
    /** @type {const} */ ([name, of.length, quantile(of, 0.5), quantile(of, 0.99)]);
  printTable(
    title,
    ['', 'deliveries', 'p50 ms', 'p99 ms'],
    [
      row('sent → the service asked to show it', results.well.asked),
      row('sent → answered, the service well', results.well.acks),
      row('sent → answered, the service silent', results.silent.acks),
    ],
  );
  const quick = results.silent.acks.filter((ms) => ms <= QUICK_MS).length;
  printJudged([
    {
      what: 'sent → asked, p50 ms',
      value: quantile(results.well.asked, 0.5),
      must: 5,
      aim: 2.5,
      bound: 'at most',
    },
    {
      what: 'sent → asked, p99 ms',
      value: quantile(results.well.asked, 0.99),
      must: 15,
      aim: 6,
      bound: 'at most',
    },
    {
      what: `answered within ${QUICK_MS} ms, the service silent, %`,
      value: (100 * quick) / results.silent.acks.length,
      must: 99,
      aim: 100,
      bound: 'at least',
    },
  ]);
}

/**
 * @param {import('../types.mjs').Bench} bench
 * @param {string} electron
 * @param {'well' | 'silent'} manner
 * @returns {Promise<{ acks: number[], asked: number[] }>}
 */
async function measure({ programs, work, port }, electron, manner) {
  const folder = mkdtempSync(path.join(work, 'notifications-'));
  const file = path.join(folder, 'provision.json');
  writeFileSync(file, JSON.stringify({ receiver: { port }, sources }));
  const desktop = startProgram(path.join(programs, 'notifying.mjs'), manner);
  const address = await desktop.said();
  const hookbell = await startElectron(
    electron,
    [root, `--user-data-dir=${folder}`, '--hidden', '--provision', file],
    'Hookbell listens',
    { DBUS_SESSION_BUS_ADDRESS: address },
  );
  try {
    const deliver = (/** @type {typeof sources} */ to, /** @type {number} */ count) =>
      desktop.ask({ what: 'deliver', port, sources: to, count, isFollowed: manner === 'well' });
    await deliver(sources.slice(0, 1), 1);
    return await deliver(sources.slice(1), manner === 'well' ? SOURCES - 1 : 100);
  } finally {
    await hookbell.stop();
    await desktop.ask({ what: 'end' });
    await desktop.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
