import { expect, test } from 'vitest';
import { watchClock } from '../../electron/tunnel/clock-watch.ts';
import { virtualTime } from '../support/virtual-time.ts';

/** A calendar and a steady clock that can be moved apart. */
const watching = () => {
  const time = virtualTime();
  const ahead = { calendar: 0, steady: 0 };
  let jumps = 0;
  const stop = watchClock({
    later: time.later,
    now: () => time.now() + ahead.calendar,
    steady: () => time.steady() + ahead.steady,
    onJump: () => {
      jumps += 1;
    },
  });
  return { time, ahead, stop, jumps: () => jumps };
};

test('time that passes is no jump', async () => {
  const { time, jumps } = watching();
  await time.pass(60 * 60_000);
  expect(jumps()).toBe(0);
});

test('a calendar that runs ahead by more than 30 s says that the computer slept (T5)', async () => {
  const { time, ahead, jumps } = watching();
  await time.pass(2000);
  ahead.calendar += 31_000;
  await time.pass(60_000);
  expect(jumps()).toBe(1);
});

test('a calendar that is set back, or forward a little, is no sleep', async () => {
  const { time, ahead, jumps } = watching();
  ahead.calendar -= 3_600_000;
  await time.pass(10_000);
  ahead.calendar += 29_000;
  await time.pass(10_000);
  expect(jumps()).toBe(0);
});

test('a tick that comes far too late says that the process was stopped', async () => {
  const { time, ahead, jumps } = watching();
  await time.pass(2000);
  ahead.calendar += 20_000;
  ahead.steady += 20_000;
  await time.pass(60_000);
  expect(jumps()).toBe(1);
});

test('nobody watches after it was stopped', async () => {
  const { time, stop } = watching();
  stop();
  expect(time.waiting()).toBe(0);
});
