import { expect, test } from 'vitest';
import { createWriteBudget, type Writing } from '../../electron/history/write-budget.ts';

const MiB = 1024 * 1024;
const writing = (changed: Partial<Writing> = {}): Writing => ({
  ...{ bytes: MiB / 16, plausible: true, sourceId: 'a', sender: null },
  ...changed,
});

/** How many bytes are written before the first that is only counted. */
const spendAll = (
  budget: ReturnType<typeof createWriteBudget>,
  changed: Partial<Writing> = {},
  at = 0,
): number => {
  const one = writing(changed);
  let bytes = 0;
  while (budget.spend(one, at)) bytes += one.bytes;
  return bytes;
};

test('rejections write at most so many bytes a minute, of which noise gets half (R13)', () => {
  const budget = createWriteBudget(4 * MiB);
  expect(spendAll(budget, { plausible: false })).toBe(2 * MiB);
  let genuine = 0;
  for (let source = 0; source < 50; source += 1)
    for (let sender = 0; sender < 50; sender += 1)
      genuine += spendAll(budget, { sourceId: `${source}`, sender: `10.0.0.${sender}` }, 59_999);
  expect(genuine).toBeGreaterThan(1.5 * MiB);
  expect(genuine).toBeLessThanOrEqual(2 * MiB);
  expect(spendAll(budget, { plausible: false }, 60_000)).toBe(2 * MiB);
});

test('what looks genuine uses up neither the part of another source nor that of another network (R13, P7)', () => {
  const budget = createWriteBudget(8 * MiB);
  const stranger = (site: number, sender: number) => ({
    sender: `2001:db8:${site}:${sender.toString(16)}::/64`,
  });
  // One site has as many senders as it likes.
  for (let sender = 0; sender < 300; sender += 1) spendAll(budget, stranger(100, sender));
  expect(spendAll(budget, { sender: '52.1.1.1' })).toBeGreaterThan(MiB / 4);
  for (let site = 101; site < 200; site += 1) spendAll(budget, stranger(site, 0));
  expect(spendAll(budget, { sourceId: 'b' })).toBeGreaterThanOrEqual(MiB / 2);
});

test('however small a rejection is, it costs a block of the disk (R13)', () => {
  const budget = createWriteBudget(64 * 1024);
  const one = writing({ bytes: 10, plausible: false });
  const spent = Array.from({ length: 100 }, () => budget.spend(one, 0)).filter(Boolean);
  expect(spent).toHaveLength(8);
});

test('a clock that was set back ends the minute (A7)', () => {
  const budget = createWriteBudget(8192);
  const one = writing({ bytes: 1, plausible: false });
  expect([budget.spend(one, 1_000_000), budget.spend(one, 1_000_001)]).toEqual([true, false]);
  expect(budget.spend(one, 0)).toBe(true);
});
