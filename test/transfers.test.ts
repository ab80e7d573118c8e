import { expect, test } from 'vitest';
import { CalledOff, createTransfers } from '../electron/transfers.ts';
import type { Transfer } from '../shared/transfer.ts';

/** Transfers on a clock that goes on by so many ms with each item, and all that was told of them. */
const scene = (msPerItem: number) => {
  let now = 1000;
  const told: (Transfer | null)[] = [];
  const transfers = createTransfers(
    () => now,
    () => told.push(transfers.current()),
  );
  async function* items(count: number) {
    for (let item = 1; item <= count; item += 1) {
      now += msPerItem;
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

test('how far a transfer is, is told four times a second, and that it is over', async () => {
  const { transfers, told, items } = scene(100);
  expect(await all(transfers.following({ what: 'all', of: 7 }, items(7)))).toHaveLength(7);
  expect(told).toEqual([{ what: 'all', done: 3, of: 7 }, { what: 'all', done: 6, of: 7 }, null]);
});

test('what is over at once is told nobody as under way, and a heading is no event', async () => {
  const { transfers, told, items } = scene(0);
  await all(transfers.following({ what: 'all', of: 7 }, items(7)));
  expect(told).toEqual([null]);

  const slow = scene(300);
  await all(slow.transfers.following({ what: 'table', of: 1, headings: 1 }, slow.items(2)));
  expect(slow.told.map((transfer) => transfer?.done)).toEqual([0, 1, undefined]);
});

test('a transfer that is called off ends with the next item, and the one after it is another (H16)', async () => {
  const { transfers, told, items } = scene(300);
  const got: number[] = [];
  const calledOff = (async () => {
    for await (const item of transfers.following({ what: 'found', of: null }, items(5))) {
      got.push(item);
      if (item === 2) transfers.callOff();
    }
  })();
  await expect(calledOff).rejects.toBeInstanceOf(CalledOff);
  expect(got).toEqual([1, 2]);
  expect(told.at(-1)).toBeNull();
  expect(await all(transfers.following({ what: 'all', of: 5 }, items(5)))).toHaveLength(5);
});

test('one that finds nothing to pass on is told as under way too, and can be called off', async () => {
  const { transfers, told, items } = scene(300);
  async function* nothingIn(many: number) {
    for await (const item of items(many)) {
      transfers.goOn();
      if (item === 3) transfers.callOff();
    }
    yield 'never';
  }
  await expect(
    all(transfers.following({ what: 'found', of: null }, nothingIn(9))),
  ).rejects.toBeInstanceOf(CalledOff);
  expect(told).toEqual([...[1, 2, 3].map(() => ({ what: 'found', of: null, done: 0 })), null]);
  transfers.goOn();
});
