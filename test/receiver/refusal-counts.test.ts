import { expect, test } from 'vitest';
import { createRefusalCounts } from '../../electron/receiver/refusal-counts.ts';

test('each reason is counted with its last time and its simulated requests, in a fixed order', () => {
  let at = 1000;
  let changes = 0;
  const counts = createRefusalCounts(
    () => at,
    () => {
      changes += 1;
    },
  );
  counts.note('too-slow');
  counts.note('wrong-path', { simulated: true });
  at = 2000;
  counts.note('wrong-path', { simulated: false });
  counts.note('too-slow');

  expect(counts.list()).toEqual([
    { why: 'wrong-path', times: 2, tests: 1, lastAt: 2000 },
    { why: 'too-slow', times: 2, tests: 0, lastAt: 2000 },
  ]);
  expect(changes).toBe(4);
});
