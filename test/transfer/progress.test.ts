import { expect, test } from 'vitest';
import { Cancelled, createTransfers } from '../../electron/transfer/progress.ts';
import type { Transfer } from '../../shared/transfer.ts';
import { virtualClock } from '../support/clock.ts';

/** Transfers on a clock that goes on by so many ms with each item, and all that was told of them. */
const scene = (msPerItem: number) => {
  const clock = virtualClock();
  const told: (Transfer | null)[] = [];
  const transfers = createTransfers(clock.now, () => told.push(transfers.current()));
  async function* items(count: number) {
    for (let item = 1; item <= count; item += 1) {
      clock.skip(msPerItem);
      yield item;
    }
  }
  return { transfers, told, items };
};

const all = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const got: T[] = [];
  for await (const item of items) got.push(item);
  return got;
};

test('progress is reported four times a second, and at the end', async () => {
  const { transfers, told, items } = scene(100);
  expect(await all(transfers.counting({ what: 'all', of: 7 }, items(7)))).toHaveLength(7);
  expect(told).toEqual([{ what: 'all', done: 3, of: 7 }, { what: 'all', done: 6, of: 7 }, null]);
});

test('a short transfer reports no progress, and a heading does not count', async () => {
  const { transfers, told, items } = scene(0);
  await all(transfers.counting({ what: 'all', of: 7 }, items(7)));
  expect(told).toEqual([null]);

  const slow = scene(300);
  await all(slow.transfers.counting({ what: 'table', of: 1, headings: 1 }, slow.items(2)));
  expect(slow.told.map((transfer) => transfer?.done)).toEqual([0, 1, undefined]);
});

test('a cancelled transfer ends with the next item, and the next transfer runs (H16)', async () => {
  const { transfers, told, items } = scene(300);
  const got: number[] = [];
  const cancelled = (async () => {
    for await (const item of transfers.counting({ what: 'found', of: null }, items(5))) {
      got.push(item);
      if (item === 2) transfers.cancel();
    }
  })();
  await expect(cancelled).rejects.toBeInstanceOf(Cancelled);
  expect(got).toEqual([1, 2]);
  expect(told.at(-1)).toBeNull();
  expect(await all(transfers.counting({ what: 'all', of: 5 }, items(5)))).toHaveLength(5);
});

test('a search without matches reports progress and can be cancelled', async () => {
  const { transfers, told, items } = scene(300);
  async function* nothingIn(many: number) {
    for await (const item of items(many)) {
      transfers.checkCancelled();
      if (item === 3) transfers.cancel();
    }
    yield 'never';
  }
  await expect(
    all(transfers.counting({ what: 'found', of: null }, nothingIn(9))),
  ).rejects.toBeInstanceOf(Cancelled);
  expect(told).toEqual([...[1, 2, 3].map(() => ({ what: 'found', of: null, done: 0 })), null]);
  transfers.checkCancelled();
});
