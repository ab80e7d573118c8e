import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pass } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundleAgent } from './support/forked-agent.ts';
import { openTunnel } from './support/opened.ts';
import { scenarios } from './support/scenarios.ts';

const rounds = 5;

let agent: Awaited<ReturnType<typeof bundleAgent>>;
beforeAll(async () => {
  agent = await bundleAgent();
});
afterAll(() => agent[Symbol.dispose]());

const isReceiving = ({ status }: { status: string }) => status === 'receiving';

describe('faults as long as in life, five times each', () => {
  const table: Record<string, { 'median ms': number; 'worst ms': number }> = {};
  afterAll(() => console.table(table));

  describe.concurrent('heal', () => {
    for (const { name, lasts, healsWithinMs, run } of scenarios) {
      test(name, { timeout: 20 * 60_000 }, async ({ expect }) => {
        const took: number[] = [];
        for (let round = 0; round < rounds; round += 1) {
          await using opened = await openTunnel(agent.file);
          await run(opened, lasts[1] * 1000);
          took.push(Math.round(await opened.receivesAgain()));
          await opened.until(isReceiving);
        }
        const sorted = took.sort((a, b) => a - b);
        const row = { 'median ms': sorted[2] ?? 0, 'worst ms': sorted.at(-1) ?? 0 };
        table[`${name}, ${lasts[1]} s`] = row;
        expect(row['worst ms']).toBeLessThan(healsWithinMs);
      });
    }
  });
});

describe('over time', () => {
  test('two hundred cuts leave no growth of memory or handles', { timeout: 600_000 }, async () => {
    await using opened = await openTunnel(agent.file);
    await opened.receiving();
    const cycle = async () => {
      opened.edge.faults.cut('fin');
      await opened.edge.until(() => !opened.edge.isOnline());
      await opened.receivesAgain();
      await opened.until(isReceiving);
    };
    for (let warm = 0; warm < 20; warm += 1) await cycle();
    const before = usageOf(opened.agent.children.at(-1)?.pid);
    for (let cut = 0; cut < 200; cut += 1) await cycle();
    const after = usageOf(opened.agent.children.at(-1)?.pid);

    console.log('200 cuts', { before, after, processes: opened.agent.children.length });
    expect(after.kib - before.kib).toBeLessThan(30_000);
    expect(after.handles - before.handles).toBeLessThan(20);
  });

  test('an idle tunnel costs next to nothing', { timeout: 120_000 }, async () => {
    await using opened = await openTunnel(agent.file);
    await opened.receiving();
    const pid = opened.agent.children.at(-1)?.pid;
    const before = usageOf(pid).cpuMs;
    await pass(60_000);
    const share = (usageOf(pid).cpuMs - before) / 60_000;

    console.log('idle CPU of the tunnel process', `${(share * 100).toFixed(3)} %`, usageOf(pid));
    expect(share).toBeLessThan(0.001);
  });
});

/** Of a process, as the system counts it. */
const usageOf = (pid = 0) => {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  const ticks = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
  return {
    kib: Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]),
    handles: readdirSync(`/proc/${pid}/fd`).length,
    cpuMs: ((Number(fields[11]) + Number(fields[12])) / ticks) * 1000,
  };
};
