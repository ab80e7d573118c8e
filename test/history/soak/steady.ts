import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { post, startReceiver } from '../support/kill-loop.ts';

type Sample = { readonly rssMiB: number; readonly handles: number; readonly p99Ms: number };
export type Steady = {
  readonly acknowledged: number;
  readonly refused: number;
  readonly lost: number;
  readonly doubled: number;
  readonly tempFiles: number;
  /** The medians of the first and the last quarter, without the start. */
  readonly first: Sample;
  readonly last: Sample;
};

const perSecond = 20;
const burst = 200;
const burstEverySeconds = 10;

/** Sends twenty deliveries a second, and two hundred at once every ten seconds (Q10). */
export async function runSteadily(program: string, seconds: number): Promise<Steady> {
  const folder = mkdtempSync(join(tmpdir(), 'hookbell-steady-'));
  const receiver = await startReceiver({ program, folder });
  // Connections that a burst opened are closed after it, as senders do.
  const agent = new Agent({ keepAlive: true, maxSockets: 64, maxFreeSockets: perSecond });
  const acknowledged: string[] = [];
  const samples: Sample[] = [];
  let refused = 0;
  let count = 0;
  try {
    for (let second = 0; second < seconds; second += 1) {
      const nextSecond = new Promise((resolve) => setTimeout(resolve, 1000));
      const took: number[] = [];
      const sendOne = async () => {
        count += 1;
        const id = `whd_0_0_${count}`;
        const startedAt = performance.now();
        const status = await post(receiver.port, agent, id);
        took.push(performance.now() - startedAt);
        if (status === 200) acknowledged.push(id);
        else refused += 1;
      };
      const atOnce = second % burstEverySeconds === burstEverySeconds - 1 ? burst : perSecond;
      await Promise.all(Array.from({ length: atOnce }, sendOne));
      took.sort((a, b) => a - b);
      samples.push({ ...usageOf(receiver.pid), p99Ms: took[Math.floor(took.length * 0.99)] ?? 0 });
      await nextSecond;
    }
    const kept = await receiver.kept();
    const ids = new Set(kept.map(([, id]) => id));
    const tempFiles = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.includes('.tmp-'),
    );
    const settled = samples.slice(Math.min(30, Math.floor(samples.length / 4)));
    const quarter = Math.max(1, Math.floor(settled.length / 4));
    return {
      acknowledged: acknowledged.length,
      refused,
      tempFiles: tempFiles.length,
      lost: acknowledged.filter((id) => !ids.has(id)).length,
      doubled: kept.length - ids.size,
      first: medianOf(settled.slice(0, quarter)),
      last: medianOf(settled.slice(-quarter)),
    };
  } finally {
    receiver.kill();
    agent.destroy();
    await receiver.ended;
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Linux alone; elsewhere 0. */
function usageOf(pid: number): { rssMiB: number; handles: number } {
  try {
    const [, pages = '0'] = readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ');
    return {
      rssMiB: (Number(pages) * 4096) / 2 ** 20,
      handles: readdirSync(`/proc/${pid}/fd`).length,
    };
  } catch {
    return { rssMiB: 0, handles: 0 };
  }
}

function medianOf(samples: readonly Sample[]): Sample {
  const median = (of: (sample: Sample) => number) =>
    samples.map(of).sort((a, b) => a - b)[Math.floor(samples.length / 2)] ?? 0;
  return {
    rssMiB: median(({ rssMiB }) => rssMiB),
    handles: median(({ handles }) => handles),
    p99Ms: median(({ p99Ms }) => p99Ms),
  };
}
