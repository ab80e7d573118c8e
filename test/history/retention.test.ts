import { expect, test } from 'vitest';
import type { SegmentInfo } from '../../electron/history/log/segments.ts';
import { goes } from '../../electron/history/retention.ts';

const day = 86_400_000;
const now = Date.UTC(2026, 10, 21);
const limits = { days: 90, entries: 100_000, bytes: 1024 ** 3 };

/** Segments that were filled at these times, by the clock there was. */
const filled = (...times: readonly number[]): SegmentInfo[] =>
  times.map((at, index) => ({
    ...{ number: index + 1, count: 256, firstSeq: 1 + index * 256, lastSeq: 256 + index * 256 },
    ...{ firstAt: at, lastAt: at, bytes: 1000, damaged: false },
  }));
const oldestGoes = (...times: readonly number[]): boolean => {
  const [oldest, ...others] = filled(...times);
  return oldest ? goes(oldest, [oldest, ...others], 0, limits, now) : false;
};

test('what is older than it is kept goes (H15)', () => {
  expect(oldestGoes(now - 91 * day, now - day)).toBe(true);
  expect(oldestGoes(now - 89 * day, now - day)).toBe(false);
});

test.each([
  ['1970', 0],
  ['2031', Date.UTC(2031, 0, 1)],
])(
  'what came while the clock stood in %s goes with what came next, not before and not later (A7, H15)',
  (_year, wrong) => {
    expect(oldestGoes(wrong, wrong, now - 89 * day)).toBe(false);
    expect(oldestGoes(wrong, wrong, now - 91 * day)).toBe(true);
    expect(oldestGoes(wrong)).toBe(false);
  },
);
