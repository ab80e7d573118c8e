import { expect, test } from 'vitest';
import { cutBesideDamage, cutPower, isUnharmed } from './support/power-cut.ts';

const callsOfALife = async () => (await cutPower(1, Number.POSITIVE_INFINITY)).calls;

test('a power cut at any call of the disk, and again in the start after it, costs nothing that was acknowledged and is told as no damage (Q5, P1, H4)', async () => {
  const calls = await callsOfALife();
  expect(calls).toBeGreaterThan(90);

  const harmed = [];
  for (let cutAt = 1; cutAt <= calls; cutAt += 1)
    for (let seed = 1; seed <= 12; seed += 1) {
      const survived = await cutPower(seed, cutAt);
      if (!isUnharmed(survived)) harmed.push(survived);
    }
  expect(harmed).toEqual([]);
}, 60_000);

test('a disk that says too early that bytes are safe loses some: the cut can fail (Q5)', async () => {
  const halfway = Math.floor((await callsOfALife()) / 2);

  let lost = 0;
  for (let seed = 1; seed <= 10; seed += 1)
    lost += (await cutPower(seed, halfway, { syncs: false })).lost.length;
  expect(lost).toBeGreaterThan(0);
});

test('a power cut at any call of a start that meets a damaged journal costs nothing but the damaged lines (Q5, P1, H11)', async () => {
  for (const all of [false, true]) {
    const { calls } = await cutBesideDamage(1, Number.POSITIVE_INFINITY, all);
    expect(calls).toBeGreaterThan(15);

    const harmed = [];
    for (let cutAt = 1; cutAt <= calls; cutAt += 1)
      for (let seed = 1; seed <= 12; seed += 1) {
        const survived = await cutBesideDamage(seed, cutAt, all);
        if (!isUnharmed(survived)) harmed.push(survived);
      }
    expect(harmed).toEqual([]);
  }
}, 60_000);
