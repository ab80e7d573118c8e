import { expect, test } from 'vitest';
import { createClockTrust } from '../../electron/history/clock-trust.ts';
import { virtualClock } from '../support/clock.ts';

const [minute, hour, day] = [60_000, 3_600_000, 86_400_000];

const scene = (lastSeenAgo: number | null) => {
  const clock = virtualClock();
  const isTrusted = createClockTrust({
    now: clock.now,
    uptime: clock.uptime,
    lastSeenAt: lastSeenAgo === null ? null : clock.now() - lastSeenAgo,
  });
  return { isTrusted, clock };
};

test('a clock that only goes on is trusted, from the first start on', () => {
  for (const lastSeenAgo of [null, 5 * hour]) {
    const { isTrusted, clock } = scene(lastSeenAgo);
    expect(isTrusted()).toBe(true);
    clock.skip(3 * day);
    expect(isTrusted()).toBe(true);
  }
});

test('one that is days ahead of the last sign of life removes nothing by age for an hour (A7)', () => {
  const { isTrusted, clock } = scene(200 * day);
  expect(isTrusted()).toBe(false);
  clock.skip(59 * minute);
  expect(isTrusted()).toBe(false);
  clock.skip(minute);
  expect(isTrusted()).toBe(true);
});

test('nor does one that jumps while the app runs, and set right again it is trusted after that hour', () => {
  const { isTrusted, clock } = scene(null);
  expect(isTrusted()).toBe(true);
  clock.setClock(200 * day);
  expect(isTrusted()).toBe(false);
  clock.setClock(-200 * day);
  expect(isTrusted()).toBe(false);
  clock.skip(hour);
  expect(isTrusted()).toBe(true);
});
