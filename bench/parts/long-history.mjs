import { furnish, keptHistory } from '../kept.mjs';
import { median, ratio } from '../numbers.mjs';
import { column, interleaved } from '../rounds.mjs';
import { openSender } from '../sending.mjs';
import { receiver } from '../servers.mjs';
import { printJudged, printOthers, printTable } from '../table.mjs';

const CONNECTIONS = 16;

/**
 * Whether a long history slows down the acknowledgement of deliveries.
 *
 * @param {import('../types.mjs').Bench} bench
 */
export async function longHistory(bench) {
  const events = bench.quick ? 10_000 : 100_000;
  const { folder } = await keptHistory(bench, events);
  const sender = openSender(bench);
  await sender.prepare('kryptos');
  const title = `long-history: Hookbell in plain Node, 620-byte Kryptos delivery, ${CONNECTIONS} at a time`;
  const [none, many] = ['none kept before', `${events.toLocaleString('en')} kept before`];
  const results = await interleaved(title, bench.rounds, {
    [none]: () => sender.measure(receiver(bench), CONNECTIONS),
    [many]: () =>
      sender.measure(receiver(bench), CONNECTIONS, { furnish: (to) => furnish(folder, to) }),
  });
  await sender.stop();

  printTable(
    title,
    ['', 'acks/s', 'p50 ms', 'p99 ms', 'CPU µs'],
    Object.entries(results).map(([name, rounds]) => [
      name,
      .../** @type {const} */ (['perSecond', 'p50', 'p99', 'cpu']).map((figure) =>
        median(column(rounds, figure)),
      ),
    ]),
  );
  printOthers(results);
  const value = ratio(column(results[many], 'perSecond'), column(results[none], 'perSecond'));
  printJudged([{ what: `${many} / ${none}`, value, must: 0.95, aim: 0.98, bound: 'at least' }]);
}
