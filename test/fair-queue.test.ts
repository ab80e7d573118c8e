import { expect, test } from 'vitest';
import { createFairQueue } from '../electron/fair-queue.ts';

const large = 100_000;
const busyFor = (ms: number): void => {
  const until = performance.now() + ms;
  while (performance.now() < until);
};

test('large bodies of one source yield the main thread between them, and another source takes the next turn (P7)', async () => {
  const fairQueue = createFairQueue();
  const order: string[] = [];
  let isOver = false;
  let turnsOfOthers = 0;
  const others = (): void => {
    turnsOfOthers += 1;
    if (!isOver) setImmediate(others);
  };
  const work = (sourceId: string) =>
    fairQueue(sourceId, large, () => {
      order.push(`${sourceId} after others: ${turnsOfOthers > 0}`);
      turnsOfOthers = 0;
      busyFor(15);
    });
  const ofStranger = Array.from({ length: 6 }, () => work('stranger'));
  setImmediate(others);
  await Promise.all([...ofStranger, work('genuine')]);
  isOver = true;
  expect(order.findIndex((one) => one.startsWith('genuine'))).toBe(1);
  expect(order.slice(1).every((one) => one.endsWith('true'))).toBe(true);
});

test('a small body runs at once, and an error rejects without blocking the queue (P7)', async () => {
  const fairQueue = createFairQueue();
  const done: string[] = [];
  const failing = fairQueue('a', large, () => {
    throw new Error('broken');
  });
  const after = fairQueue('a', large, () => done.push('large'));
  void fairQueue('a', 10, () => done.push('small'));
  expect(done).toEqual(['small']);
  await expect(failing).rejects.toThrow('broken');
  await after;
  expect(done).toEqual(['small', 'large']);
});
