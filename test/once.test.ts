import { expect, test } from 'vitest';
import { onceDone } from '../electron/once.ts';

test('a task that was asked for twice runs once, and one that failed is tried again', async () => {
  let times = 0;
  const run = onceDone(async () => {
    times += 1;
    if (times === 1) throw new Error('not now');
  });
  await expect(Promise.all([run(), run()])).rejects.toThrow('not now');
  expect(times).toBe(1);
  await Promise.all([run(), run()]);
  await run();
  expect(times).toBe(2);
});
