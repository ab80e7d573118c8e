import { expect, test } from 'vitest';
import { createArrivals } from '../electron/arrivals.ts';
import type { TimelineEntry } from '../shared/timeline.ts';
import { virtualTime } from './support/virtual-time.ts';

const entry = (seq: number): TimelineEntry => ({
  ...{ status: 'unrecognized', type: null, seq, id: `${seq}`, sourceId: 's', provider: 'kryptos' },
  ...{ receivedAt: seq, proof: { status: 'verified', secret: 0 }, simulated: false },
  ...{ conflicts: false, notes: [], notification: null, seen: false, repeats: 0 },
});

test('what comes alone is told at once, a flood a few times a second, and everything once and in order', async () => {
  const time = virtualTime();
  const told: number[][] = [];
  const arrived = createArrivals(time.later, (entries) => told.push(entries.map(({ seq }) => seq)));
  arrived([entry(1)]);
  expect(told).toEqual([[1]]);

  await time.pass(50);
  for (let seq = 2; seq <= 1001; seq += 1) {
    arrived([entry(seq)]);
    await time.pass(1);
  }
  await time.pass(50);
  expect(told.flat()).toEqual(Array.from({ length: 1001 }, (_, at) => at + 1));
  expect(told.length).toBeLessThan(40);

  arrived(Array.from({ length: 450 }, (_, at) => entry(2000 + at)));
  arrived([entry(3000)]);
  await time.pass(50);
  expect(told.slice(-4).map(({ length }) => length)).toEqual([200, 200, 50, 1]);
  await time.pass(50);
  expect(time.waiting()).toBe(0);
});
