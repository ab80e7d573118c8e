import { expect, test } from 'vitest';
import { capacityLimits, createCapacity, type Lease } from '../../electron/receiver/capacity.ts';
import { virtualClock } from '../support/clock.ts';

const mebibyte = 1024 * 1024;

/** A capacity, with its leases in order and the events of each. */
const opened = (limits = capacityLimits) => {
  const time = virtualClock();
  const capacity = createCapacity(limits, time.schedule, time.steady);
  const leases: Lease[] = [];
  const drained: number[] = [];
  const refused: number[] = [];
  const granted: (boolean | null)[] = [];
  const open = (sourceId: string): number => {
    const mine = leases.length;
    leases.push(
      capacity.acquire(sourceId, {
        onDrain: () => drained.push(mine),
        onRefused: () => refused.push(mine),
      }),
    );
    granted.push(null);
    return mine;
  };
  const process = (which: number): void =>
    void leases[which]?.process().then((is) => {
      granted[which] = is;
    });
  return {
    ...{ time, capacity, drained, refused, granted, open, process },
    /** A body that is complete at once. */
    complete: (sourceId: string) => process(open(sourceId)),
    arrived: (which: number, bytes: number) => leases[which]?.arrived(bytes),
    release: (which: number) => leases[which]?.release(),
  };
};
const small = { ...capacityLimits, requests: 8, bytes: 400, spareBytes: 0 };

test('at most 512 requests are processed at once, a quarter of them of one source, and others wait 5 s (R12)', async () => {
  const { time, complete, granted } = opened();
  for (let each = 0; each < 129; each += 1) complete('one');
  for (const source of ['two', 'three', 'four'])
    for (let each = 0; each < 128; each += 1) complete(source);
  complete('five');
  await time.pass(4999);
  expect(granted.filter((is) => is === true)).toHaveLength(512);
  expect([granted[128], granted.at(-1)]).toEqual([null, null]);
  await time.pass(1);
  expect([granted[128], granted.at(-1)]).toEqual([false, false]);
});

test('waiting requests are processed in the order of arrival, and one source does not delay another (R12)', async () => {
  const { time, complete, granted, release } = opened(small);
  for (let each = 0; each < 4; each += 1) complete('one');
  complete('two');
  await time.pass(0);
  expect(granted).toEqual([true, true, null, null, true]);
  release(1);
  release(1);
  await time.pass(0);
  expect(granted).toEqual([true, true, true, null, true]);
  release(0);
  await time.pass(0);
  expect(granted).toEqual([true, true, true, true, true]);
});

test('bodies in flight are at most 64 MiB with one read of each of 256 connections beyond the limit (R12)', () => {
  const { open, arrived } = opened();
  let bytes = 0;
  for (const source of ['one', 'two', 'three', 'four', 'five', 'six'])
    for (let each = 0; each < 5; each += 1)
      for (let body = open(source), goesOn = true, size = 0; goesOn && size < 2 * mebibyte; ) {
        goesOn = arrived(body, 65_536) ?? false;
        size += 65_536;
        bytes += 65_536;
      }
  expect(bytes).toBeLessThanOrEqual(48 * mebibyte + 30 * 65_536);
  expect(48 * mebibyte + 256 * 65_536).toBe(64 * mebibyte);
});

test('a source may use a quarter of the bytes, and others go on (R12)', () => {
  const { open, arrived } = opened(small);
  expect(arrived(open('one'), 60)).toBe(true);
  expect(arrived(open('one'), 60)).toBe(false);
  expect(arrived(open('two'), 60)).toBe(true);
});

test('a body waits until there is capacity for more of it, at most 5 s (R12)', async () => {
  const { time, open, arrived, release, drained, refused, complete, granted } = opened({
    ...small,
    youngMs: 60_000,
  });
  const [first, second, third] = [open('one'), open('one'), open('one')];
  arrived(first, 80);
  arrived(second, 30);
  await time.pass(1000);
  arrived(third, 10);
  release(first);
  expect([drained, refused]).toEqual([[second, third], []]);
  arrived(second, 100);
  await time.pass(4999);
  expect(refused).toEqual([]);
  await time.pass(1);
  expect(refused).toEqual([second]);
  complete('one');
  await time.pass(0);
  expect(granted.at(-1)).toBe(true);
});

test('the slowest incomplete body is dropped when another lacks bytes, and young ones are not (R12)', async () => {
  const { time, open, arrived, drained, refused } = opened(small);
  const [quick, slow] = [open('one'), open('one')];
  arrived(quick, 50);
  arrived(slow, 40);
  await time.pass(499);
  const large = open('one');
  expect(arrived(large, 30)).toBe(false);
  expect(refused).toEqual([]);
  await time.pass(1000);
  expect([refused, drained]).toEqual([[slow], [large]]);
  expect(arrived(large, 30)).toBe(true);
  expect(refused).toEqual([slow, quick]);
});

test('a complete body never waits for bytes', async () => {
  const { time, open, arrived, process, granted } = opened(small);
  const [first, second] = [open('one'), open('one')];
  arrived(first, 100);
  expect(arrived(second, 20)).toBe(false);
  process(second);
  await time.pass(0);
  expect(granted[second]).toBe(true);
});

test('a closed capacity processes nothing, and nothing waits (A3)', async () => {
  const { time, capacity, complete, granted } = opened(small);
  for (let each = 0; each < 3; each += 1) complete('one');
  await time.pass(0);
  capacity.close();
  complete('two');
  await time.pass(0);
  expect(granted).toEqual([true, true, false, false]);
  expect(time.waiting()).toBe(0);
});
