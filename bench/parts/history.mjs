import { keptHistory, taskResult } from '../kept.mjs';
import { median } from '../numbers.mjs';
import { column, interleaved } from '../rounds.mjs';
import { provision } from '../sources.mjs';
import { printJudged, printTable } from '../table.mjs';

/**
 * The answer of `programs/history.ts`.
 *
 * @typedef {{ openMs: number, knownMs: number, pageMs: number, rssBytes: number, heapBytes: number }} Opened
 */

const MIB = 1024 * 1024;

/**
 * What a long history costs: the time to open it and to show its first page, memory, and bytes written for one more event.
 *
 * @param {import('../types.mjs').Bench} bench
 */
export async function history(bench) {
  const title = 'history: 620-byte Kryptos deliveries over 90 days; opened warm, in a new process';
  const sizes = bench.quick ? [1000, 10_000] : [1000, 10_000, 100_000];
  /** @type {Record<string, () => Promise<Opened>>} */
  const measures = {};
  /** @type {Record<string, number>} */
  const bytes = {};
  for (const events of sizes) {
    const { folder, bytesPerEvent } = await keptHistory(bench, events);
    const name = `${events.toLocaleString('en')} events`;
    bytes[name] = bytesPerEvent;
    measures[name] = () =>
      taskResult(bench.programs, { what: 'open', folder, provision: provision(bench.port) });
  }
  for (const measure of Object.values(measures)) await measure(); // Warms the system's cache.
  const results = await interleaved(title, bench.rounds, measures);

  const rows = Object.entries(results).map(([name, rounds]) => ({
    name,
    open: median(column(rounds, 'openMs')),
    known: median(column(rounds, 'knownMs')),
    page: median(column(rounds, 'pageMs')),
    rss: median(column(rounds, 'rssBytes')) / MIB,
    heap: median(column(rounds, 'heapBytes')) / MIB,
    bytes: bytes[name] ?? Number.NaN,
  }));
  printTable(
    title,
    [
      '',
      'open ms',
      'then all known ms',
      'first page ms',
      'RSS MiB more',
      'heap MiB more',
      'bytes written per event',
    ],
    rows.map(({ name, open, known, page, rss, heap, bytes }) => [
      name,
      open,
      known,
      page,
      rss,
      heap,
      bytes,
    ]),
  );
  const largest = rows.at(-1);
  if (largest)
    printJudged([
      { what: `${largest.name}: open, ms`, value: largest.open, must: 100, bound: 'at most' },
      { what: `${largest.name}: first page, ms`, value: largest.page, must: 5, bound: 'at most' },
    ]);
}
