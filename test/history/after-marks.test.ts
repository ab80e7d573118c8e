import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Folder } from '../../electron/storage/folder.ts';
import type { NotificationDecision } from '../../shared/timeline.ts';
import { virtualClock } from '../support/clock.ts';
import { draft, historyIn, listener } from './support/history.ts';
import { tempFolder } from './support/temp-folder.ts';

test('a thousand duplicates at once are told in a few messages, each entry once, oldest first', async () => {
  using temp = tempFolder();
  const time = virtualClock();
  const told: (readonly [seq: number, duplicates: number])[][] = [];
  const history = await historyIn(temp.folder, listener().telling, () => 0, {
    schedule: time.schedule,
    onMarked: (entries) =>
      told.push(entries.map(({ seq, duplicates }) => [seq, duplicates] as const)),
  });
  const numbers = Array.from({ length: 500 }, (_, at) => at + 1);
  const recordAll = () => Promise.all(numbers.map((number) => history.record(draft(number))));
  for (const _ of ['new', 'again', 'and again']) await recordAll();
  expect(told).toEqual([]);

  await time.pass(50);
  while (told.flat().length < numbers.length) await setImmediate();
  expect(told.map(({ length }) => length)).toEqual([200, 200, 100]);
  expect(told.flat()).toEqual(numbers.map((seq) => [seq, 2]));

  history.markSeen([7], true);
  await time.pass(50);
  while (told.length < 4) await setImmediate();
  expect(told[3]).toEqual([[7, 2]]);

  history.markSeen([8], true);
  await history.close();
  await time.pass(50);
  await setImmediate();
  expect(told).toHaveLength(4);
});

test('a decision that is made while changed entries are read is not taken back by their push', async () => {
  using temp = tempFolder();
  const time = virtualClock();
  const decided = { shown: true, why: 'shown' };
  const known: (NotificationDecision | null)[] = [];
  let onRead = () => {};
  const folder: Folder = {
    ...temp.folder,
    read: (name) => {
      if (name === 'seg-000002.json') onRead();
      return temp.folder.read(name);
    },
  };
  const history = await historyIn(folder, listener().telling, () => 0, {
    schedule: time.schedule,
    onMarked: (entries) => {
      for (const { seq, notification } of entries) if (seq === 1) known.push(notification);
    },
    onDecided: ({ seq, notification }) => {
      if (seq === 1) known.push(notification);
    },
  });
  // More segments than stay in memory.
  for (const number of [1, 2, 3, 4, 5, 6]) {
    await history.record(draft(number));
    await history.sealEarly();
  }
  onRead = () => history.decide(1, decided);
  history.markSeen([1, 2], true);
  await time.pass(50);
  while (known.length < 2) await setImmediate();
  expect(known).toEqual([decided, decided]);
  await history.close();
});
