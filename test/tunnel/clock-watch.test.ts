import { expect, test } from 'vitest';
import { watchClock } from '../../electron/tunnel/clock-watch.ts';
import { virtualClock } from '../support/clock.ts';

const watching = () => {
  const time = virtualClock();
  let jumps = 0;
  const stop = watchClock({
    schedule: time.schedule,
    now: time.now,
    steady: time.steady,
    onJump: () => {
      jumps += 1;
    },
  });
  return { time, stop, jumps: () => jumps };
};

test('time that passes is no jump', async () => {
  const { time, jumps } = watching();
  await time.pass(60 * 60_000);
  expect(jumps()).toBe(0);
});

test('a calendar that runs ahead by more than 30 s says that the computer slept (T5)', async () => {
  const { time, jumps } = watching();
  await time.pass(2000);
  time.setClock(31_000);
  await time.pass(60_000);
  expect(jumps()).toBe(1);
});

test('a calendar that is set back, or forward a little, is no sleep', async () => {
  const { time, jumps } = watching();
  time.setClock(-3_600_000);
  await time.pass(10_000);
  time.setClock(29_000);
  await time.pass(10_000);
  expect(jumps()).toBe(0);
});

test('a tick that comes far too late says that the process was stopped', async () => {
  const { time, jumps } = watching();
  await time.pass(2000);
  time.skip(20_000);
  await time.pass(60_000);
  expect(jumps()).toBe(1);
});

test('a stopped watch reports nothing', async () => {
  const { time, stop } = watching();
  stop();
  expect(time.waiting()).toBe(0);
});
