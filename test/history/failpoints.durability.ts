import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundle, type Program } from '../support/bundle.ts';
import { dieAt, inTurns, steps } from './support/stepping.ts';

let program: Program;
beforeAll(async () => {
  program = await bundle('test/history/support/stepping-program.ts');
}, 60_000);
afterAll(() => program[Symbol.dispose]());

test('a process killed at any step, the first to the fourth time it comes there, loses and doubles nothing (Q2, L4)', async () => {
  const deaths = steps.flatMap((step) => [1, 2, 3, 4].map((time) => ({ step, time })));
  const outcomes = await inTurns(deaths, 3, ({ step, time }) => dieAt(program.file, step, time));

  const wrong = outcomes.filter(
    ({ killed, lost, doubled, misplaced, goesOn }) =>
      !killed || lost.length > 0 || doubled.length > 0 || misplaced > 0 || !goesOn,
  );
  expect(wrong).toEqual([]);
  expect(outcomes).toHaveLength(deaths.length);
}, 60_000);
