import { expect, test } from 'vitest';
import { failOnce, isRight, meetDamageOnce } from './support/failing-disk.ts';
import { faults } from './support/faulty-folder.ts';

test.each(faults)(
  'a disk that fails with %s at any call of a start and a seal, costs nothing that was acknowledged (Q5, H3, H4)',
  async (fault) => {
    const { calls, refused } = await failOnce(0, fault, false);
    expect([calls > 25, refused]).toEqual([true, 0]);

    const wrong = [];
    for (let nth = 1; nth <= calls + 2; nth += 1) {
      // The system's errors are one to us: those that also last are tried with two of them.
      for (const lasts of fault === 'ENOSPC' || fault === 'cut' ? [false, true] : [false]) {
        const outcome = await failOnce(nth, fault, lasts);
        if (!isRight(outcome)) wrong.push(outcome);
      }
    }
    expect(wrong).toEqual([]);
  },
  30_000,
);

test.each(faults)(
  'a disk that fails with %s at any call of a start that meets a damaged journal, costs nothing but the damaged lines (Q5, H11)',
  async (fault) => {
    const { calls } = await meetDamageOnce(0, fault, false);
    expect(calls).toBeGreaterThan(20);

    const wrong = [];
    for (let nth = 1; nth <= calls; nth += 1)
      for (const all of [false, true]) {
        const outcome = await meetDamageOnce(nth, fault, all);
        if (outcome.present !== outcome.acknowledged || outcome.misplaced > 0) wrong.push(outcome);
      }
    expect(wrong).toEqual([]);
  },
  30_000,
);
