import { Agent } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { kryptosSource } from '../../bench/harness/deliveries.ts';
import { memoryOf } from '../history/soak/memory.ts';
import { post, startReceiver } from '../history/support/kill-loop.ts';
import { tempFolder } from '../history/support/temp-folder.ts';
import { bundle, type Program } from '../support/bundle.ts';
import { startStrangers } from '../support/strangers.ts';
import type { BehaviourName } from '../support/strangers-program.ts';

const source = kryptosSource();

let receiverProgram: Program;
let strangersProgram: Program;
beforeAll(async () => {
  receiverProgram = await bundle('test/history/support/receiver-program.ts');
  strangersProgram = await bundle('test/support/strangers-program.ts');
}, 300_000);
afterAll(() => {
  receiverProgram[Symbol.dispose]();
  strangersProgram[Symbol.dispose]();
});

/** 64 MiB of bodies, and garbage not collected yet. */
const mostMiB = 64 + 32;

test.runIf(process.platform === 'linux').each<[string, number, BehaviourName]>([
  ['bodies in chunks of one byte', 4, 'oneByteChunks'],
  ['lengths behind too many headers', 64, 'hiddenLength'],
  ['bodies of almost 2 MiB', 120, 'almostWhole'],
  ['requests sent ahead', 4, 'pipelining'],
])(
  'genuine deliveries are answered beside %s, with little more memory than when idle (R12)',
  async (what, count, behaviour) => {
    using temp = tempFolder();
    const receiver = await startReceiver({ program: receiverProgram.file, folder: temp.path });
    const idleMiB = memoryOf(receiver.pid).peakMiB;
    const target = { port: receiver.port, path: `/hooks/${source.provider}/${source.token}` };
    {
      await using _around = await startStrangers(strangersProgram.file, target, count, behaviour);
      const agent = new Agent({ keepAlive: true });
      for (let each = 0; each < 60; each += 1)
        expect(await post(receiver.port, agent, `whd_${each}`)).toBe(200);
      agent.destroy();
    }
    const grownMiB = memoryOf(receiver.pid).peakMiB - idleMiB;
    receiver.kill();
    await receiver.ended;
    console.log(`${what}: ${Math.round(grownMiB)} MiB over idle`);
    expect(grownMiB).toBeLessThan(mostMiB);
  },
  60_000,
);
