import { mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { startProgram } from './child.mjs';
import { watchMachine } from './machine.mjs';
import { sources } from './sources.mjs';

/**
 * Acknowledgements a second, latencies in ms, the server's CPU time per acknowledgement in µs, and the part of all processors that
 * others used meanwhile.
 *
 * @typedef {{ perSecond: number, p50: number, p99: number, cpu: number, others: number }} Result
 */

/**
 * The sender, in a process of its own.
 *
 * @param {import('./types.mjs').Bench} bench
 */
export function openSender({ programs, work, port, quick }) {
  const load = startProgram(path.join(programs, 'load.mjs'));
  const [warmMs, ms, requests] = quick ? [300, 700, 30_000] : [4000, 2000, 100_000];

  return {
    /**
     * Makes fresh requests, which no server has seen.
     *
     * @param {'kryptos' | 'simplehash'} provider
     */
    prepare: (provider) => load.ask({ what: 'prepare', port, provider, sources, requests }),

    /**
     * Starts a server in a folder of its own, warms it up, and measures it.
     *
     * @param {import('./servers.mjs').Contender} contender
     * @param {number} connections
     * @param {{ syncMs?: number, furnish?: (folder: string) => void }} [options]
     * @returns {Promise<Result>}
     */
    async measure({ start, keeps }, connections, { syncMs = 0, furnish } = {}) {
      const folder = mkdtempSync(path.join(work, 'server-'));
      furnish?.(folder);
      const server = await start({ folder, port, syncMs });
      // A server that dedupes gets half of the requests to warm up, and the other half while it is measured.
      const run = {
        what: 'run',
        connections,
        again: !keeps,
        most: keeps ? requests / 2 : Number.MAX_SAFE_INTEGER,
      };
      try {
        await load.ask({ ...run, ms: warmMs, fromStart: true });
        const machine = watchMachine();
        const before = await server.cpuMicros();
        const sent = await load.ask({ ...run, ms, fromStart: false });
        const after = await server.cpuMicros();
        const cpu = before === null || after === null ? Number.NaN : after - before;
        return {
          perSecond: sent.acks / sent.seconds,
          p50: sent.p50,
          p99: sent.p99,
          cpu: cpu / sent.acks,
          others: machine.usedBesides(cpu + sent.cpuMicros),
        };
      } finally {
        await server.stop();
        rmSync(folder, { recursive: true, force: true });
      }
    },
    stop: load.stop,
  };
}
