import { median, ratio } from '../numbers.mjs';
import { column, interleaved } from '../rounds.mjs';
import { openSender } from '../sending.mjs';
import { BARE, contenders, EXPRESS, IN_ELECTRON, IN_NODE } from '../servers.mjs';
import { printJudged, printOthers, printTable } from '../table.mjs';

/** @typedef {Record<string, import('../sending.mjs').Result[]>} Results */

const DELIVERIES = /** @type {const} */ ({
  kryptos: '620-byte Kryptos delivery',
  simplehash: '1.5 KB SimpleHash delivery',
});
const CONNECTIONS = [1, 16, 64];

/** The required figures and the aims, for the Kryptos delivery. */
const AIMS = /** @type {const} */ ([
  { connections: 1, figure: EXPRESS, must: 0.3, aim: 0.5 },
  { connections: 1, figure: 'p99', must: 6, aim: 2 },
  { connections: 16, figure: EXPRESS, must: 1, aim: 1.2 },
  { connections: 16, figure: 'p99', must: 12, aim: 6 },
  { connections: 64, figure: EXPRESS, must: 1.3, aim: 1.7 },
  { connections: 64, figure: 'p99', must: 25, aim: 12 },
]);

/**
 * How many deliveries a second are acknowledged. Hookbell stores them; the floors store nothing.
 *
 * @param {import('../types.mjs').Bench} bench
 */
export async function acks(bench) {
  const sender = openSender(bench);
  for (const provider of /** @type {const} */ (['kryptos', 'simplehash'])) {
    for (const connections of CONNECTIONS) {
      const title = `acks: ${DELIVERIES[provider]}, ${connections} at a time`;
      await sender.prepare(provider);
      const measures = contenders(bench).map((contender) => [
        contender.name,
        () => sender.measure(contender, connections),
      ]);
      const results = await interleaved(title, bench.rounds, Object.fromEntries(measures));
      print(title, results);
      printOthers(results);
      if (provider === 'kryptos') judge(results, connections);
    }
  }
  await sender.stop();
}

/**
 * @param {string} title
 * @param {Results} results
 */
const print = (title, results) =>
  printTable(
    title,
    ['', 'acks/s', 'p50 ms', 'p99 ms', 'CPU µs', '/ node:http', '/ Express'],
    Object.keys(results).map((name) => [
      name,
      .../** @type {const} */ (['perSecond', 'p50', 'p99', 'cpu', BARE, EXPRESS]).map((figure) =>
        figureOf(results, name, figure),
      ),
    ]),
  );

/**
 * @param {Results} results
 * @param {number} connections
 */
function judge(results, connections) {
  const name = IN_ELECTRON in results ? IN_ELECTRON : IN_NODE;
  printJudged(
    AIMS.filter((aim) => aim.connections === connections).map(({ figure, must, aim }) => ({
      what: `${name}: ${figure === 'p99' ? 'p99, ms' : `acks/s against ${figure}`}`,
      value: figureOf(results, name, figure),
      must,
      aim,
      bound: figure === 'p99' ? 'at most' : 'at least',
    })),
  );
}

/**
 * The median of a figure; for a floor, the median ratio of acknowledgements to it.
 *
 * @param {Results} results
 * @param {string} name
 * @param {keyof import('../sending.mjs').Result | typeof BARE | typeof EXPRESS} figure
 */
const figureOf = (results, name, figure) =>
  figure === BARE || figure === EXPRESS
    ? ratio(column(results[name], 'perSecond'), column(results[figure], 'perSecond'))
    : median(column(results[name], figure));
