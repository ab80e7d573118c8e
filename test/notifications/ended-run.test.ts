import { expect, test } from 'vitest';
import { createRuns } from '../../electron/insight/runs.ts';
import { watchRun } from '../../electron/notifications/ended-run.ts';
import type { RunStep } from '../../shared/event.ts';
import { entryOf, hour, minute, noon } from '../renderer/entries.ts';

/** Applies steps of one user's gains and losses, and returns what the last one does. */
const effectOf = (...steps: readonly (readonly [phase: RunStep['phase'], at: number])[]) => {
  const runs = createRuns();
  let last = () => ({ ends: null as string | null, tookWords: '' });
  steps.forEach(([phase, at], index) => {
    const run = { stage: 'gains' as const, phase, userId: 'anna', at };
    const entry = entryOf({ run }, { seq: index + 1, id: `id ${index}`, receivedAt: at });
    const after = watchRun(entry, { runs }, at);
    runs.apply(entry);
    last = after;
  });
  return last();
};

test('an end says how long the run took, against the usual time where that is known', () => {
  const whole = (at: number, ms: number) => [
    ['started', at] as const,
    ['completed', at + ms] as const,
  ];
  expect(effectOf(...whole(noon, 6 * minute)).tookWords).toBe('It took 6 min');
  expect(effectOf(...whole(noon, 30 * minute), ...whole(noon + hour, 20 * minute)).tookWords).toBe(
    'It took 20 min, 10 min less than usual',
  );
  expect(effectOf(...whole(noon, 30 * minute), ...whole(noon + hour, 3 * hour)).tookWords).toBe(
    'It took 3 h, 3 h more than usual',
  );
  expect(effectOf(...whole(noon, 30 * minute), ...whole(noon + hour, 30 * minute)).tookWords).toBe(
    'It took 30 min',
  );
});

test('an end without a start says no length, and a start none either', () => {
  expect(effectOf(['completed', noon]).tookWords).toBe('');
  expect(effectOf(['started', noon]).tookWords).toBe('');
});

test('the end of a run, or the start of the next one, ends the condition of a stuck one', () => {
  const stuckId = 'run-stuck real main anna';
  expect(effectOf(['started', noon], ['completed', noon + 3 * hour]).ends).toBe(stuckId);
  expect(effectOf(['started', noon], ['failed', noon + 3 * hour]).ends).toBe(stuckId);
  expect(effectOf(['started', noon], ['started', noon + 3 * hour]).ends).toBe(stuckId);
  expect(effectOf(['started', noon], ['completed', noon + hour]).ends).toBeNull();
});
