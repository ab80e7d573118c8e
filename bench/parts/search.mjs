import { keptHistory, taskResult } from '../kept.mjs';
import { median } from '../numbers.mjs';
import { column, interleaved } from '../rounds.mjs';
import { provision } from '../sources.mjs';
import { printTable } from '../table.mjs';

/**
 * The answer of `programs/history.ts`.
 *
 * @typedef {{ firstMs: number, allMs: number, found: number, blockedMs: number }} Searched
 */

const QUERIES = {
  'a word in every entry': 'binance',
  'a word in none': 'no-such-word',
  'a state of none': 'is:failed',
};

/**
 * The time to the first match, and to the end of the history.
 *
 * @param {import('../types.mjs').Bench} bench
 */
export async function search(bench) {
  const sizes = bench.quick ? [1000, 10_000] : [1000, 10_000, 100_000];
  const title = 'search: over 620-byte Kryptos deliveries, files in the cache of the system';
  /** @type {Record<string, () => Promise<Searched>>} */
  const measures = {};
  for (const events of sizes) {
    const { folder } = await keptHistory(bench, events);
    for (const [name, query] of Object.entries(QUERIES)) {
      const task = { what: 'search', folder, provision: provision(bench.port), query };
      measures[`${events.toLocaleString('en')} events, ${name}`] = () =>
        taskResult(bench.programs, task);
    }
  }
  const results = await interleaved(title, bench.rounds, measures);
  printTable(
    title,
    ['', 'found', 'first page ms', 'to the end ms', 'main blocked ms'],
    Object.entries(results).map(([name, rounds]) => [
      name,
      .../** @type {const} */ (['found', 'firstMs', 'allMs', 'blockedMs']).map((figure) =>
        median(column(rounds, figure)),
      ),
    ]),
  );
}
