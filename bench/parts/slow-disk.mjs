import { median } from '../numbers.mjs';
import { column, interleaved } from '../rounds.mjs';
import { openSender } from '../sending.mjs';
import { receiver } from '../servers.mjs';
import { printJudged, printOthers, printTable } from '../table.mjs';

const CONNECTIONS = 16;
const SYNC_MS = 10;

/**
 * Acknowledgements on a disk whose every sync takes 10 ms longer.
 *
 * @param {import('../types.mjs').Bench} bench
 */
export async function slowDisk(bench) {
  const sender = openSender(bench);
  await sender.prepare('kryptos');
  const title = `slow-disk: Hookbell in plain Node, 620-byte Kryptos delivery, ${CONNECTIONS} at a time`;
  const results = await interleaved(title, bench.rounds, {
    'as the disk is': () => sender.measure(receiver(bench), CONNECTIONS),
    [`${SYNC_MS} ms more on every sync`]: () =>
      sender.measure(receiver(bench), CONNECTIONS, { syncMs: SYNC_MS }),
  });
  await sender.stop();

  const rows = Object.entries(results).map(([name, rounds]) => ({
    name,
    perSecond: median(column(rounds, 'perSecond')),
    p50: median(column(rounds, 'p50')),
    p99: median(column(rounds, 'p99')),
  }));
  printTable(
    title,
    ['', 'acks/s', 'p50 ms', 'p99 ms'],
    rows.map(({ name, perSecond, p50, p99 }) => [name, perSecond, p50, p99]),
  );
  printOthers(results);
  const { perSecond = Number.NaN, p99 = Number.NaN } = rows.at(-1) ?? {};
  printJudged([
    { what: 'acks/s', value: perSecond, must: 900, aim: 1300, bound: 'at least' },
    { what: 'p99, ms', value: p99, must: 40, aim: 25, bound: 'at most' },
  ]);
}
