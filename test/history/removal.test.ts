import { readFileSync, truncateSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { History } from '../../electron/history/history.ts';
import { openLog } from '../../electron/history/log/log.ts';
import { HistoryRecord } from '../../electron/history/record.ts';
import type { Folder } from '../../electron/storage/folder.ts';
import type { Retention } from '../../shared/settings.ts';
import { virtualClock } from '../support/clock.ts';
import { draft, historyIn, listener } from './support/history.ts';
import { wholeSegments } from './support/small-log.ts';
import { systemError, takenOverByNewer, tempFolder, withUnsealed } from './support/temp-folder.ts';

const day = 86_400_000;
const everything: Retention = { days: 90, entries: 100_000, bytes: 1024 ** 3 };
const few: Retention = { ...everything, entries: 2000 };
const marksFile = (block: number) => `marks-${String(block * 2048).padStart(8, '0')}.json`;
const why = { shown: false, why: 'not by default' };

/** A history whose limits can be changed, and which tells what it removed. */
const open = async (folder: Folder, limits = everything, now = () => 0) => {
  const limited = { retention: limits };
  const removed: number[] = [];
  const { told, telling } = listener();
  const history = await historyIn(folder, telling, now, {
    retention: () => limited.retention,
    onRemoved: (upTo) => removed.push(upTo),
  });
  const keepAtMost = (retention: Retention) => {
    limited.retention = retention;
    return history.removeOld();
  };
  return { history, keepAtMost, removed, told };
};

/** Records deliveries and decides about each. */
const record = async (history: History, from: number, to: number, receivedAt = 0) => {
  const numbers = Array.from({ length: to - from + 1 }, (_, at) => from + at);
  const drafts = numbers.map((number) => ({ ...draft(number), receivedAt }));
  for (const { outcome, ...rest } of await Promise.all(drafts.map(history.record)))
    if ('entry' in rest) history.decide(rest.entry.seq, why);
};

/** A history of so many entries, as it lies on the disk after an ordinary end. */
const filled = async (entries: number) => {
  const temp = tempFolder();
  const { history } = await open(temp.folder);
  await record(history, 1, entries);
  await history.close();
  return { ...temp, marks: () => temp.names().filter((name) => name.startsWith('marks')) };
};

/** Lets the oldest entries go and comes to an end before their marks do. */
const removeOldest = async (folder: Folder) => {
  const parse = (value: unknown) => HistoryRecord.safeParse(value).data ?? null;
  const log = await openLog<HistoryRecord>({
    ...{ folder, parse, ...wholeSegments, report: () => {} },
  });
  await log.removeOldest(({ lastSeq }) => lastSeq < 3000);
  await log.close();
};

const notificationOf = async (history: History, seq: number) =>
  (await history.get(seq))?.entry.notification;

test('what was marked of entries goes with them, and nothing of an entry that is kept (H15)', async () => {
  using temp = await filled(5000);
  const { history, keepAtMost } = await open(temp.folder);
  history.markSeen(
    Array.from({ length: 250 }, (_, at) => at * 20 + 1),
    true,
  );
  await keepAtMost(few);
  await history.close();
  expect(temp.marks()).toEqual([marksFile(1), marksFile(2)]);
  const { seen } = JSON.parse(readFileSync(temp.file('seen.json'), 'utf8'));
  expect(seen).toEqual(Array.from({ length: 109 }, (_, at) => [2821 + at * 20, 2821 + at * 20]));

  const again = await open(temp.folder, few);
  expect(await again.history.get(2816)).toBeNull();
  for (const seq of [2817, 4096, 5000])
    expect(await notificationOf(again.history, seq)).toEqual(why);
  expect(again.history.unseen).toBe(5000 - 2816 - 109);
  await again.history.close();
});

test('a repeat of a removed entry makes its marks not anew (H15, R10)', async () => {
  using temp = await filled(5000);
  const { history, keepAtMost } = await open(temp.folder);
  await keepAtMost(few);
  expect((await history.record(draft(7))).outcome).toBe('duplicate');
  history.decide(8, why);
  await history.close();
  expect(temp.marks()).toEqual([marksFile(1), marksFile(2)]);
});

test('marks that the disk does not let go are tried again, also by the next start (H15)', async () => {
  using temp = await filled(5000);
  let refuses = true;
  const refusing: Folder = {
    ...temp.folder,
    remove: async (name) => {
      if (refuses && name.startsWith('marks')) throw systemError('EBUSY');
      await temp.folder.remove(name);
    },
  };
  const first = await open(refusing);
  await first.keepAtMost(few);
  expect(first.told).toEqual([]);
  await first.history.close();
  expect(temp.marks()).toHaveLength(3);

  const second = await open(refusing, few);
  await second.history.removeOld();
  expect(temp.marks()).toHaveLength(3);
  refuses = false;
  await second.history.removeOld();
  expect(temp.marks()).toEqual([marksFile(1), marksFile(2)]);
  await second.history.close();
});

test('an end between the entries and their marks leaves what the next start lets go (P1, H15)', async () => {
  using temp = await filled(5000);
  await removeOldest(temp.folder);
  expect(temp.marks()).toHaveLength(3);

  const { history } = await open(temp.folder);
  await history.removeOld();
  expect(temp.marks()).toEqual([marksFile(1), marksFile(2)]);
  expect(await notificationOf(history, 3000)).toEqual(why);
  await history.close();
});

test('what a newer Hookbell wrote stays, however old it is (H17)', async () => {
  using temp = await filled(5000);
  await removeOldest(temp.folder);
  const newer = takenOverByNewer(temp.path);
  const before = temp.contents();
  const { history, keepAtMost } = await open(newer);
  await keepAtMost({ ...few, entries: 1000 });
  expect(await history.lossUnder({ ...few, entries: 1000 })).toBeNull();
  await history.close();
  expect(temp.contents()).toEqual(before);
});

test('while the oldest segment cannot be read no mark goes, and with it those that were set aside (H14, H15)', async () => {
  using temp = await filled(7000);
  truncateSync(temp.file('seg-000017.json'), 100);
  truncateSync(temp.file(marksFile(0)), 20);
  const { history, keepAtMost } = await open(temp.folder);
  expect(await notificationOf(history, 1)).toBeNull();
  expect(temp.names()).toContain(`${marksFile(0)}.corrupt-1`);

  // All of the sixteen before it.
  await keepAtMost({ ...everything, entries: 7000 - 4096 });
  expect(await history.get(4096)).toBeNull();
  expect(temp.marks()).toEqual([
    `${marksFile(0)}.corrupt-1`,
    marksFile(1),
    marksFile(2),
    marksFile(3),
  ]);

  await keepAtMost({ ...everything, entries: 2000 });
  expect(temp.marks()).toEqual([marksFile(2), marksFile(3)]);
  await history.close();
});

test('the marks of a journal that cannot be read now wait for it (P4, H15)', async () => {
  using temp = tempFolder();
  const before = await open(withUnsealed(temp.folder, 2));
  await record(before.history, 1, 300);
  before.history.markSeen([300], true);
  await before.history.close();
  const refusing: Folder = {
    ...temp.folder,
    read: async (name) => {
      if (/^seg-000002\.j/.test(name)) throw systemError('EACCES');
      return temp.folder.read(name);
    },
  };
  const first = await open(refusing);
  await record(first.history, 1001, 1600);
  await first.keepAtMost({ ...everything, entries: 600 });
  expect(await first.history.get(1)).toBeNull();
  await first.history.close();

  const again = await open(temp.folder);
  expect((await again.history.get(300))?.entry).toMatchObject({ seen: true, notification: why });
  await again.history.close();
});

test('a segment whose file the disk does not let go keeps its marks, and goes the next time (H15)', async () => {
  using temp = await filled(5000);
  let refuses = true;
  const { history, keepAtMost, told, removed } = await open({
    ...temp.folder,
    remove: async (name) => {
      if (refuses && name === 'seg-000001.json') throw systemError('EBUSY');
      await temp.folder.remove(name);
    },
  });
  await keepAtMost(few);
  expect(told).toEqual(['retention: the system says EBUSY']);
  expect(removed).toEqual([2816]);
  expect(temp.names().filter((name) => /^seg-00000\d.json/.test(name))).toEqual([
    'seg-000001.json',
  ]);
  expect(temp.marks()).toHaveLength(3);

  refuses = false;
  await history.removeOld();
  expect(temp.names()).not.toContain('seg-000001.json');
  expect(temp.marks()).toEqual([marksFile(1), marksFile(2)]);
  expect(removed).toEqual([2816]);
  await history.close();
});

test('what a shorter limit would remove is what it removes, to the event (H15)', async () => {
  using temp = tempFolder();
  const clock = virtualClock({ startsAt: 0 });
  const { history, keepAtMost, removed } = await open(temp.folder, everything, clock.now);
  for (let at = 0; at < 12; at += 1) await record(history, at * 250 + 1, at * 250 + 250, at * day);
  clock.skip(12 * day);
  const bytesOfHalf = history.bytes / 2;
  for (const shorter of [
    { ...everything, entries: 2999 },
    { ...everything, entries: 2500 },
    { ...everything, days: 9 },
    { ...everything, days: 8, entries: 2000 },
    { ...everything, bytes: bytesOfHalf },
    { days: 1, entries: 1000, bytes: 1 },
  ]) {
    const before = history.count;
    const loss = await history.lossUnder(shorter);
    expect(history.count).toBe(before);
    const newest = loss && (await history.get(loss.upTo));
    await keepAtMost(shorter);
    expect(loss?.events ?? 0).toBe(before - history.count);
    expect(await history.lossUnder(shorter)).toBeNull();
    if (!loss) continue;
    expect(loss).toEqual({
      ...{ events: before - history.count, unreadable: 0 },
      ...{ until: newest?.entry.receivedAt, upTo: removed.at(-1) },
    });
    expect(await history.get(loss.upTo)).toBeNull();
    expect(await history.get(loss.upTo + 1)).not.toBeNull();
  }
  expect(removed.length).toBeGreaterThan(3);
  await history.close();
});

test('a loss names apart what cannot be read any more (H14)', async () => {
  using temp = await filled(1000);
  truncateSync(temp.file('seg-000001.json'), 100);
  const { history } = await open(temp.folder);
  expect(await history.lossUnder({ ...everything, entries: 400 })).toMatchObject({
    ...{ events: 256, unreadable: 256, upTo: 512 },
  });
  await history.close();
});
