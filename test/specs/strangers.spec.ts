import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  costBasisCompleted,
  kryptosSource,
  pathOf,
  simplehashSource,
  vezgoSource,
} from '../../bench/harness/deliveries.ts';
import type { Sent } from '../../bench/harness/http.ts';
import { openApp } from '../support/app.ts';
import { bundle, type Program } from '../support/bundle.ts';
import { recorded } from '../support/fixtures.ts';
import { startStrangers } from '../support/strangers.ts';
import type { BehaviourName } from '../support/strangers-program.ts';
import type { TestApp } from '../support/test-app.ts';

let program: Program;
beforeAll(async () => {
  program = await bundle('test/support/strangers-program.ts');
}, 60_000);
afterAll(() => program[Symbol.dispose]());

const kryptos = kryptosSource();
const vezgo = vezgoSource();
const unsigned = simplehashSource('simplehash-unsigned', { secrets: [] });
const provision = { sources: [kryptos, vezgo, unsigned] };

/** Twenty deliveries to each source, to all sources at once; how each was answered, and how long the slowest took in ms. */
const deliverBeside = async (app: TestApp) => {
  const statuses: number[] = [];
  let slowestMs = 0;
  const deliver = async (sent: Sent) => {
    const startedAt = performance.now();
    statuses.push((await app.deliver(sent)).status);
    slowestMs = Math.max(slowestMs, performance.now() - startedAt);
  };
  for (let round = 0; round < 20; round += 1)
    await Promise.all([
      deliver(costBasisCompleted(kryptos, { id: `whd_beside_${round}` })),
      deliver(recorded('vezgo/SyncAccount.json', vezgo)),
      deliver(recorded('simplehash/wallet.inbound_transfer.unsigned.json', unsigned)),
    ]);
  return { statuses, slowestMs };
};

const problemsOf = async (app: TestApp) =>
  (await app.ask('state', undefined)).conditions
    .map(({ reason }) => reason)
    .map(({ code }) => code);

test.each<[string, number, BehaviourName]>([
  ['32 connections with slow bodies', 32, 'slowBody'],
  ['200 connections with slow bodies', 200, 'slowBody'],
  ['four connections that send without waiting', 4, 'pipelining'],
  ['256 idle connections', 256, 'idle'],
  ['bodies in chunks of one byte', 4, 'oneByteChunks'],
  ['lengths behind too many headers', 32, 'hiddenLength'],
  ['40 bodies of almost 2 MiB', 40, 'almostWhole'],
  ['proofs of nothing but commas', 4, 'commas'],
])(
  'beside %s every genuine delivery is answered at once (P7, R12)',
  async (what, count, behaviour) => {
    await using app = await openApp({ provision });
    const target = { port: app.port(), path: pathOf(kryptos) };
    await using _around = await startStrangers(program.file, target, count, behaviour);
    const { statuses, slowestMs } = await deliverBeside(app);
    console.log(`${what}: slowest ${Math.round(slowestMs)} ms`);
    expect(statuses).toEqual(Array(60).fill(200));
    // A busy machine is slow, not wrong; the figure above is what is asked for.
    expect(slowestMs).toBeLessThan(10_000);
  },
  60_000,
);

test('beside large bodies of many values for an unsigned source, genuine deliveries of others are answered soon (P7)', async () => {
  await using app = await openApp({ provision });
  const target = { port: app.port(), path: pathOf(unsigned) };
  await using _around = await startStrangers(program.file, target, 8, 'manyValues');
  let slowestMs = 0;
  for (let round = 0; round < 20; round += 1) {
    const startedAt = performance.now();
    const sent = costBasisCompleted(kryptos, { id: `whd_beside_${round}` });
    expect((await app.deliver(sent)).status).toBe(200);
    slowestMs = Math.max(slowestMs, performance.now() - startedAt);
  }
  console.log(`bodies of many values: slowest ${Math.round(slowestMs)} ms`);
  // It was 25 s. A busy machine is slow, not wrong; the figure above is what is asked for.
  expect(slowestMs).toBeLessThan(10_000);
}, 60_000);

test('while idle connections take all there are, that is said and our own server is found well (R5, R12)', async () => {
  await using app = await openApp({ provision });
  const target = { port: app.port(), path: '/' };
  await using _around = await startStrangers(program.file, target, 300, 'idle');
  await expect.poll(() => problemsOf(app)).toContain('receiver-crowded');
  for (let round = 0; round < 5; round += 1)
    expect((await app.deliver({ path: '/healthz', method: 'GET' })).status).toBe(200);
  const { pipe, refusals } = await app.ask('state', undefined);
  expect(pipe.status).toBe('local-only');
  expect(refusals.map(({ why }) => why)).toEqual(['too-many-connections']);
});
