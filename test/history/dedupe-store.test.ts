import { statSync, truncateSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { History } from '../../electron/history/history.ts';
import { draft, historyIn, listener } from './support/history.ts';
import { systemError, tempFolder } from './support/temp-folder.ts';

const day = 86_400_000;
const block = (number: number) => `dedupe-${String(number * 2048).padStart(8, '0')}.json`;
const isBlock = (name: string) => name.startsWith('dedupe');

/** Records deliveries of these numbers; gives how many were new. */
const recordAll = async (history: History, from: number, to: number, receivedAt = 0) => {
  const outcomes = await Promise.all(
    Array.from({ length: to - from + 1 }, (_, at) =>
      history.record({ ...draft(from + at), receivedAt }),
    ),
  );
  return outcomes.filter(({ outcome }) => outcome === 'recorded').length;
};

/** A history of 5,000 entries, whose idempotency keys are in three files. */
const kept = async () => {
  const temp = tempFolder();
  const history = await historyIn(temp.folder);
  await recordAll(history, 1, 5000);
  await history.close();
  return temp;
};

test('what was remembered of a full block is written once, however many come after it', async () => {
  using temp = await kept();
  expect(temp.names().filter(isBlock)).toEqual([block(0), block(1), block(2)]);
  const writtenAt = () => [block(0), block(1)].map((name) => statSync(temp.file(name)).mtimeMs);
  const before = writtenAt();
  const history = await historyIn(temp.folder);
  expect(await recordAll(history, 1, 5100)).toBe(100);
  await history.close();
  expect(writtenAt()).toEqual(before);

  const again = await historyIn(temp.folder);
  expect(await recordAll(again, 4900, 5200)).toBe(100);
  await again.close();
});

test('a block that is missing or damaged is made anew from its entries, and the others are left as they are (H13)', async () => {
  using temp = await kept();
  const before = temp.contents().filter(([name]) => isBlock(String(name)));
  await temp.folder.remove(block(0));
  truncateSync(temp.file(block(1)), 5000);
  const { told, telling } = listener();
  const history = await historyIn(temp.folder, telling);
  expect(await recordAll(history, 1, 5000)).toBe(0);
  await history.close();
  expect(told).toEqual([`${block(1)} was damaged and has been rebuilt`]);
  const after = temp.contents().filter(([name]) => isBlock(String(name)));
  expect(after.filter(([name]) => !String(name).includes('corrupt'))).toEqual(before);
});

test('what was remembered of another history is not believed', async () => {
  using temp = await kept();
  for (const name of temp.names().filter((name) => !isBlock(name))) await temp.folder.remove(name);
  const history = await historyIn(temp.folder);
  expect(await recordAll(history, 4999, 5001)).toBe(3);
  await history.close();
  const again = await historyIn(temp.folder);
  expect(await recordAll(again, 4998, 5001)).toBe(1);
  await again.close();
});

test('the files of what is removed go, and are not made anew (R10)', async () => {
  using temp = tempFolder();
  const now = () => 41 * day;
  const history = await historyIn(temp.folder, undefined, now);
  await recordAll(history, 1, 3000);
  await recordAll(history, 3001, 23_100, 40 * day);
  await history.close();
  expect(temp.names().filter(isBlock).slice(0, 2)).toEqual([block(1), block(2)]);

  const again = await historyIn(temp.folder, undefined, now);
  expect(await recordAll(again, 1, 2047, 41 * day)).toBe(2047);
  expect(await recordAll(again, 3102, 23_100, 41 * day)).toBe(0);
  await again.close();
  expect(temp.names()).not.toContain(block(0));
});

test('while its files cannot be listed a delivery is refused, and the next one is not (R11)', async () => {
  using temp = await kept();
  let refuses = false;
  const history = await historyIn({
    ...temp.folder,
    list: async () => {
      if (refuses) throw systemError('EMFILE');
      return temp.folder.list();
    },
  });
  refuses = true;
  await expect(history.record(draft(1))).rejects.toThrow('EMFILE');
  refuses = false;
  expect((await history.record(draft(1))).outcome).toBe('duplicate');
  expect((await history.record(draft(5001))).outcome).toBe('recorded');
  await history.close();
});
