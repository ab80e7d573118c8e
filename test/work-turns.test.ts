import { expect, test } from 'vitest';
import { createWorkTurns } from '../electron/work-turns.ts';

const large = 100_000;
const busyFor = (ms: number): void => {
  const until = performance.now() + ms;
  while (performance.now() < until);
};

test('large bodies of one source leave main to others in between, and a large one of another source comes next (P7)', async () => {
  const inTurn = createWorkTurns();
  const order: string[] = [];
  let isOver = false;
  let turnsOfOthers = 0;
  const others = (): void => {
    turnsOfOthers += 1;
    if (!isOver) setImmediate(others);
  };
  const work = (sourceId: string) =>
    inTurn(sourceId, large, () => {
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

test('a small body waits for no turn, and what throws rejects and holds up nothing (P7)', async () => {
  const inTurn = createWorkTurns();
  const done: string[] = [];
  const failing = inTurn('a', large, () => {
    throw new Error('broken');
  });
  const after = inTurn('a', large, () => done.push('large'));
  void inTurn('a', 10, () => done.push('small'));
  expect(done).toEqual(['small']);
  await expect(failing).rejects.toThrow('broken');
  await after;
  expect(done).toEqual(['small', 'large']);
});
