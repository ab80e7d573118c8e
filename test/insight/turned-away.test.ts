import { expect, test } from 'vitest';
import { createTurnedAway } from '../../electron/insight/turned-away.ts';

test('each reason is counted with its last time, tests of our own as tests, and the order stays', () => {
  let at = 1000;
  let changes = 0;
  const turnedAway = createTurnedAway(
    () => at,
    () => {
      changes += 1;
    },
  );
  turnedAway.note('too-slow');
  turnedAway.note('wrong-path', { simulated: true });
  at = 2000;
  turnedAway.note('wrong-path', { simulated: false });
  turnedAway.note('too-slow');

  expect(turnedAway.list()).toEqual([
    { why: 'wrong-path', times: 2, tests: 1, lastAt: 2000 },
    { why: 'too-slow', times: 2, tests: 0, lastAt: 2000 },
  ]);
  expect(changes).toBe(4);
});
