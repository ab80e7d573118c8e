import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openHistory } from '../../electron/history/history.ts';
import { virtualTime } from '../support/virtual-time.ts';
import { draft, listener } from './support/history.ts';
import { tempFolder } from './support/temp-folder.ts';

test('a thousand repeats at once are told in a few messages, each entry once, oldest first', async () => {
  using temp = tempFolder();
  const time = virtualTime();
  const told: (readonly [seq: number, repeats: number])[][] = [];
  const history = await openHistory({
    ...{ folder: temp.folder, later: time.later, ...listener().telling },
    reread: ({ reading }) => reading,
    factsOf: () => [],
    onMarked: (entries) => told.push(entries.map(({ seq, repeats }) => [seq, repeats] as const)),
    retention: () => ({ days: 90, entries: 100_000, bytes: 1024 ** 3 }),
    now: () => 0,
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
