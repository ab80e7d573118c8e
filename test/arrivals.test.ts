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
  const { arrived, catchUp } = createArrivals(time.later, (entries) =>
    told.push(entries.map(({ seq }) => seq)),
  );
  arrived([entry(1)]);
  expect(told).toEqual([[1]]);

  await time.pass(30);
  arrived([entry(2)]);
  expect(told).toEqual([[1], [2]]);
  await time.pass(30);

  told.length = 0;
  for (let seq = 1; seq <= 1000; seq += 1) {
    arrived([entry(seq)]);
    await time.pass(1);
  }
  await time.pass(240);
  expect(told.flat()).toEqual(Array.from({ length: 1000 }, (_, at) => at + 1));
  expect(told.length).toBeLessThan(15);
  await time.pass(240);

  told.length = 0;
  arrived(Array.from({ length: 450 }, (_, at) => entry(2000 + at)));
  arrived([entry(3000)]);
  await time.pass(30);
  expect(told.map(({ length }) => length)).toEqual([200, 200, 50, 1]);
  await time.pass(60);
  expect(time.waiting()).toBe(0);

  told.length = 0;
  for (const seq of [1, 2, 3]) arrived([entry(seq)]);
  catchUp();
  expect(told).toEqual([[1], [2, 3]]);
  catchUp();
  arrived([entry(4)]);
  await time.pass(30);
  expect(told).toEqual([[1], [2, 3], [4]]);
});
