import { expect, test } from 'vitest';
import { createClockTrust } from '../electron/clock-trust.ts';

const [minute, hour, day] = [60_000, 3_600_000, 86_400_000];

const scene = (lastSeenAgo: number | null) => {
  let [wall, uptime] = [1_000 * day, 5_000];
  const isTrusted = createClockTrust({
    now: () => wall,
    uptime: () => uptime,
    lastSeenAt: lastSeenAgo === null ? null : wall - lastSeenAgo,
  });
  return {
    isTrusted,
    pass: (ms: number) => {
      wall += ms;
      uptime += ms;
    },
    jump: (ms: number) => {
      wall += ms;
    },
  };
};

test('a clock that only goes on is trusted, from the first start on', () => {
  for (const lastSeenAgo of [null, 5 * hour]) {
    const { isTrusted, pass } = scene(lastSeenAgo);
    expect(isTrusted()).toBe(true);
    pass(3 * day);
    expect(isTrusted()).toBe(true);
  }
});

test('one that is days ahead of the last sign of life removes nothing by age for an hour (A7)', () => {
  const { isTrusted, pass } = scene(200 * day);
  expect(isTrusted()).toBe(false);
  pass(59 * minute);
  expect(isTrusted()).toBe(false);
  pass(minute);
  expect(isTrusted()).toBe(true);
});

test('nor does one that jumps while the app runs, and set right again it is trusted after that hour', () => {
  const { isTrusted, pass, jump } = scene(null);
  expect(isTrusted()).toBe(true);
  jump(200 * day);
  expect(isTrusted()).toBe(false);
  jump(-200 * day);
  expect(isTrusted()).toBe(false);
  pass(hour);
  expect(isTrusted()).toBe(true);
});
