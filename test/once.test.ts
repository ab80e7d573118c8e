import { expect, test } from 'vitest';
import { runOnce } from '../electron/once.ts';

test('runOnce runs a task once and retries it after a failure', async () => {
  let times = 0;
  const run = runOnce(async () => {
    times += 1;
    if (times === 1) throw new Error('not now');
  });
  await expect(Promise.all([run(), run()])).rejects.toThrow('not now');
  expect(times).toBe(1);
  await Promise.all([run(), run()]);
  await run();
  expect(times).toBe(2);
});
