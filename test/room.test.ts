import { expect, test } from 'vitest';
import { createRoom, roomLimits, type Seat } from '../electron/room.ts';
import { virtualTime } from './support/virtual-time.ts';

const mebibyte = 1024 * 1024;

/** A room, and what became of each who wanted in: true with a place, false without, null while it waits. */
const opened = (limits = roomLimits) => {
  const time = virtualTime();
  const room = createRoom(limits, time.later);
  const places: (Seat | null | undefined)[] = [];
  const gone = new Set<number>();
  const enter = (bytes = 0): void => {
    const mine = places.push(undefined) - 1;
    void room
      .enter(bytes, () => gone.has(mine))
      .then((place) => {
        places[mine] = place;
      });
  };
  const got = () => places.map((place) => (place === undefined ? null : place !== null));
  const leave = (which: number) => places[which]?.leave();
  const takes = (which: number, bytes: number) => places[which]?.takes(bytes);
  return { time, room, enter, got, leave, takes, goes: (which: number) => gone.add(which) };
};
const small = { ...roomLimits, requests: 2, bytes: 100 };

test('there is room for 512 requests and 64 MiB of bodies, and patience of 5 s (R12)', async () => {
  const many = opened();
  for (let each = 0; each < 513; each += 1) many.enter();
  await many.time.pass(4999);
  expect(many.got().slice(-2)).toEqual([true, null]);
  await many.time.pass(1);
  expect(many.got().slice(-2)).toEqual([true, false]);

  const large = opened();
  for (let each = 0; each < 33; each += 1) large.enter(2 * mebibyte);
  await large.time.pass(0);
  expect(large.got().slice(-2)).toEqual([true, null]);
});

test('who waits gets in as soon as there is room, in the order in which they came (R12)', async () => {
  const { time, enter, got, leave } = opened(small);
  for (let each = 0; each < 5; each += 1) enter();
  await time.pass(0);
  expect(got()).toEqual([true, true, null, null, null]);
  leave(1);
  leave(1);
  await time.pass(0);
  expect(got()).toEqual([true, true, true, null, null]);
  leave(0);
  leave(2);
  await time.pass(0);
  expect(got()).toEqual([true, true, true, true, true]);
  expect(time.waiting()).toBe(0);
});

test('nobody overtakes who waits for more room, and who gives up lets the next one in', async () => {
  const { time, enter, got } = opened(small);
  enter(60);
  enter(60);
  await time.pass(1000);
  enter(10);
  await time.pass(3999);
  expect(got()).toEqual([true, null, null]);
  await time.pass(1);
  expect(got()).toEqual([true, false, true]);
});

test('a body that turns out smaller makes room for others', async () => {
  const { time, enter, got, takes } = opened(small);
  enter(100);
  enter(60);
  await time.pass(0);
  takes(0, 41);
  await time.pass(0);
  expect(got()).toEqual([true, null]);
  takes(0, 40);
  await time.pass(0);
  expect(got()).toEqual([true, true]);
});

test('who is gone takes no place and holds up nobody', async () => {
  const { time, enter, got, leave, goes } = opened(small);
  enter(60);
  enter(60);
  enter(60);
  await time.pass(0);
  goes(1);
  enter(30);
  await time.pass(0);
  expect(got(), 'the third still waits for more room').toEqual([true, false, null, null]);
  goes(2);
  leave(0);
  await time.pass(0);
  expect(got()).toEqual([true, false, false, true]);
  expect(time.waiting()).toBe(0);
});

test('no more than so many wait; one more hears at once that there is no room', async () => {
  const { time, enter, got } = opened({ ...small, waiting: 1 });
  for (let each = 0; each < 4; each += 1) enter();
  await time.pass(0);
  expect(got()).toEqual([true, true, null, false]);
});

test('once it is closed nobody waits or gets in', async () => {
  const { time, room, enter, got, leave } = opened(small);
  for (let each = 0; each < 3; each += 1) enter();
  await time.pass(0);
  room.close();
  leave(0);
  enter();
  await time.pass(0);
  expect(got()).toEqual([true, true, false, false]);
  expect(time.waiting()).toBe(0);
});
