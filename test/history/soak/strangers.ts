import { mkdtempSync, rmSync } from 'node:fs';
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kryptosSource } from '../../../bench/harness/deliveries.ts';
import { startStrangers } from '../../support/strangers.ts';
import type { BehaviourName } from '../../support/strangers-program.ts';
import { post, startReceiver } from '../support/kill-loop.ts';
import { memoryOf } from './memory.ts';

const source = kryptosSource();

/** How strangers who know one URL behave, and how many connections they hold. */
export const crowds: readonly (readonly [BehaviourName, count: number])[] = [
  ['slowBody', 32],
  ['pipelining', 4],
  ['idle', 256],
  ['oneByteChunks', 4],
  ['hiddenLength', 32],
  ['almostWhole', 40],
  ['commas', 4],
];

export type BesideStrangers = {
  readonly delivered: number;
  readonly refused: number;
  readonly p50Ms: number;
  readonly slowestMs: number;
  /** The peak of memory over that of the idle receiver. */
  readonly grownMiB: number;
};

/** Posts genuine deliveries, ten a second, while strangers hold the same URL busy (P7). */
export async function besideStrangers(
  programs: { readonly receiver: string; readonly strangers: string },
  [behaviour, count]: (typeof crowds)[number],
  seconds: number,
): Promise<BesideStrangers> {
  const folder = mkdtempSync(join(tmpdir(), 'hookbell-strangers-'));
  const receiver = await startReceiver({ program: programs.receiver, folder });
  const agent = new Agent({ keepAlive: false });
  const took: number[] = [];
  let refused = 0;
  const deliver = async (id: string): Promise<void> => {
    const startedAt = performance.now();
    const status = await post(receiver.port, agent, id).catch(() => 0);
    took.push(performance.now() - startedAt);
    if (status !== 200) refused += 1;
  };
  try {
    for (let each = 0; each < 20; each += 1) await deliver(`whd_before_${each}`);
    took.length = 0;
    const idleMiB = memoryOf(receiver.pid).peakMiB;
    const target = { port: receiver.port, path: `/hooks/${source.provider}/${source.token}` };
    await using _around = await startStrangers(programs.strangers, target, count, behaviour);
    const until = performance.now() + seconds * 1000;
    for (let each = 0; performance.now() < until; each += 1) {
      const next = new Promise((resolve) => setTimeout(resolve, 100));
      await deliver(`whd_beside_${each}`);
      await next;
    }
    took.sort((a, b) => a - b);
    return {
      delivered: took.length - refused,
      refused,
      p50Ms: took[Math.floor(took.length / 2)] ?? 0,
      slowestMs: took.at(-1) ?? 0,
      grownMiB: memoryOf(receiver.pid).peakMiB - idleMiB,
    };
  } finally {
    agent.destroy();
    receiver.kill();
    await receiver.ended;
    rmSync(folder, { recursive: true, force: true });
  }
}
