import { expect, test } from 'vitest';
import { createWriteBudget } from '../../electron/history/write-budget.ts';

const MiB = 1024 * 1024;

test('rejections write at most so many bytes a minute, of which noise gets half (R13)', () => {
  const budget = createWriteBudget(4 * MiB);
  const spendAll = (plausible: boolean, at: number) => {
    let bytes = 0;
    while (budget.spend(MiB / 4, plausible, at)) bytes += MiB / 4;
    return bytes;
  };
  expect(spendAll(false, 0)).toBe(2 * MiB);
  expect(spendAll(true, 59_999)).toBe(2 * MiB);
  expect(spendAll(true, 60_000)).toBe(4 * MiB);
});

test('however small a rejection is, it costs a block of the disk (R13)', () => {
  const budget = createWriteBudget(64 * 1024);
  const spent = Array.from({ length: 100 }, () => budget.spend(10, true, 0)).filter(Boolean);
  expect(spent).toHaveLength(16);
});

test('a clock that was set back ends the minute (A7)', () => {
  const budget = createWriteBudget(4096);
  expect([budget.spend(1, true, 1_000_000), budget.spend(1, true, 1_000_001)]).toEqual([
    true,
    false,
  ]);
  expect(budget.spend(1, true, 0)).toBe(true);
});
