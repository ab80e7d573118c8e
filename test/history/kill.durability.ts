import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundle, type Program } from '../support/bundle.ts';
import { killLoop } from './support/kill-loop.ts';
import { seeded } from './support/random.ts';

const rounds = 50;
let program: Program;
let folder = '';
beforeAll(async () => {
  program = await bundle('test/history/support/receiver-program.ts');
  folder = mkdtempSync(join(tmpdir(), 'hookbell-kill-'));
}, 300_000);
afterAll(() => {
  program[Symbol.dispose]();
  rmSync(folder, { recursive: true, force: true });
});

test('what was answered 200 is there once and in order, however often the receiver is killed (Q1, P1)', async () => {
  const tally = await killLoop({
    ...{ program: program.file, folder: join(folder, 'ours'), rounds },
    random: seeded(1),
  });

  expect(tally).toMatchObject({ rounds, lost: 0, doubled: 0, misplaced: 0, missing: 0 });
  expect(tally.acknowledged).toBeGreaterThan(8 * rounds);
  expect(tally.startMs).toBeLessThan(1000);
}, 300_000);

test('a receiver that answers before it stores loses some: the loop can fail (Q1)', async () => {
  const tally = await killLoop({
    ...{ program: program.file, folder: join(folder, 'control'), rounds, fault: 'answers-first' },
    random: seeded(1),
    isEnough: ({ lost }) => lost > 0,
  });

  expect(tally.lost).toBeGreaterThan(0);
}, 300_000);
