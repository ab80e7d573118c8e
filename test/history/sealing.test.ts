import { copyFileSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  appendAll,
  appendText,
  type Entry,
  entriesIn,
  folderAt,
  openSmallLog,
  reopened,
  textsIn,
} from './support/small-log.ts';
import { systemError, tempFolder, withStores } from './support/temp-folder.ts';

const textsOf = (entries: readonly Entry[]) => entries.map(({ text }) => text);
const journals = (names: readonly string[]) => names.filter((name) => name.endsWith('.journal'));

test('however much comes at once, only so many journals wait to be sealed', async () => {
  using temp = tempFolder();
  let most = 0;
  const log = await openSmallLog(temp.folder, {
    failpoint: (step) => {
      if (step === 'write:before')
        most = Math.max(most, temp.names().filter((name) => name.endsWith('.journal')).length);
    },
  });
  await appendAll(log, ...Array.from({ length: 400 }, (_, number) => `text ${number}`));
  expect(most).toBeGreaterThan(1);
  expect(most).toBeLessThanOrEqual(14);
  await log.close();
});

test('what cannot be sealed stays readable in its journals, is not held in memory, and is sealed when it can be (H4)', async () => {
  using temp = tempFolder();
  let refuses = true;
  const read: string[] = [];
  const folder = withStores(temp.folder, () => refuses);
  const log = await openSmallLog({
    ...folder,
    read: (name) => {
      read.push(name);
      return folder.read(name);
    },
  });
  const texts = Array.from({ length: 50 }, (_, number) => `text ${number}`);
  await appendAll(log, ...texts);
  expect(await textsIn(log)).toEqual(texts);
  expect(read).toContain('seg-000001.journal');
  expect([log.segments.length, log.unsealedCount]).toEqual([0, 50]);
  await log.close();
  expect(journals(temp.names())).toHaveLength(13);

  const schedule = await openSmallLog(folder);
  expect(await textsIn(schedule)).toEqual(texts);
  refuses = false;
  await schedule.sealFull();
  expect([schedule.segments.length, schedule.unsealedCount]).toEqual([12, 2]);
  expect(await textsIn(schedule)).toEqual(texts);
  await schedule.close();
  expect(journals(temp.names())).toEqual([]);
});

test('what rots in a journal before it is sealed is told when it is, and the journal is kept (H11, H14)', async () => {
  using temp = tempFolder();
  let refuses = true;
  const reports: string[] = [];
  const log = await openSmallLog(
    withStores(temp.folder, () => refuses),
    { report: (damage) => reports.push(damage) },
  );
  await appendAll(log, ...Array.from({ length: 50 }, (_, number) => `text ${number}`));
  await log.sealFull().catch(() => {});
  const first = temp.file('seg-000001.journal');
  writeFileSync(first, readFileSync(first, 'utf8').replace('text 3', 'tExt 3'));
  writeFileSync(temp.file('seg-000002.journal'), 'rotten\n');
  refuses = false;
  await log.sealFull();

  expect(reports).toEqual([
    '1 of 4 entries in seg-000001.journal cannot be read',
    '4 of 4 entries in seg-000002.journal cannot be read',
  ]);
  expect(log.numbers).toEqual([
    [1, 3],
    [9, 50],
  ]);
  expect(temp.names()).toEqual(
    expect.arrayContaining(['seg-000001.journal.corrupt-1', 'seg-000002.journal.corrupt-1']),
  );
  expect(textsOf(await entriesIn(log))).toHaveLength(45);
  await log.close();
  expect(await reopened(temp.folder)).toHaveLength(45);
});

test('a cut file, as a full disk leaves it, is not in the way of its seal (H4, H5)', async () => {
  using temp = tempFolder();
  const log = await openSmallLog(temp.folder);
  await appendAll(log, 'a', 'b');
  writeFileSync(temp.file('seg-000001.json'), '{"crc":"12');
  await appendAll(log, 'c', 'd', 'e');
  await log.close();

  expect(temp.names().join()).not.toMatch(/seg-000001.journal|corrupt/);
  expect(textsOf(await reopened(temp.folder))).toEqual([...'abcde']);
});

test('a journal that could not be removed keeps its place in the order, and a removed segment does not come back from it (H5, H15)', async () => {
  using temp = tempFolder();
  let refuses = true;
  const folder = {
    ...temp.folder,
    remove: async (name: string) => {
      if (refuses && name === 'seg-000001.journal') throw systemError('EBUSY');
      return temp.folder.remove(name);
    },
  };
  const log = await openSmallLog(folder);
  await appendAll(log, ...'abcdefghijkl', 'm');
  await log.close();
  expect(journals(temp.names())).toEqual(['seg-000001.journal']);

  const again = await openSmallLog(folder);
  expect(await textsIn(again)).toEqual([...'abcdefghijklm']);
  await again.sealFull();
  expect(again.segments.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
  refuses = false;
  await again.removeOldest(({ number }) => number === 1);
  await again.close();
  expect(textsOf(await reopened(temp.folder))).toEqual([...'efghijklm']);
});

test('a journal older than the sealed segments, as a restored copy leaves it, takes nothing new (H5)', async () => {
  using temp = tempFolder();
  let isOver = false;
  const log = await openSmallLog(withStores(temp.folder, () => isOver));
  await appendAll(log, ...'abc');
  copyFileSync(temp.file('seg-000001.journal'), temp.file('copy'));
  await appendAll(log, ...'defghi');
  await log.sealFull();
  isOver = true;
  await log.close();
  rmSync(temp.file('seg-000003.journal'));
  renameSync(temp.file('copy'), temp.file('seg-000001.journal'));

  const restored = await openSmallLog(temp.folder);
  await appendText(restored, 'new');
  await restored.close();
  const entries = await reopened(temp.folder);
  expect(textsOf(entries)).toEqual([...'abc', ...'efgh', 'new']);
  expect(entries.map(({ seq }) => seq)).toEqual([1, 2, 3, 5, 6, 7, 8, 9]);
});

test('what follows from the records may fail to be saved without holding up a seal (H4)', async () => {
  using temp = tempFolder();
  const errors: unknown[] = [];
  const no = new Error('no');
  const log = await openSmallLog(temp.folder, {
    onWriteResult: (_what, error) => errors.push(error),
    onSealed: () => {
      throw no;
    },
  });
  await appendAll(log, ...'abcdefghi');
  await log.close();
  expect(journals(temp.names())).toEqual([]);
  expect(errors.filter((error) => error !== null)).toEqual([no, no, no]);
});

test('a segment is removed on a full disk too, which makes room (H15, R14)', async () => {
  using temp = tempFolder();
  let full = false;
  const log = await openSmallLog(withStores(temp.folder, () => full));
  await appendAll(log, ...'abcdefghij');
  await log.sealFull();
  full = true;
  await log.removeOldest(({ number }) => number === 1);
  expect(temp.names()).not.toContain('seg-000001.json');
  full = false;
  await appendAll(log, ...'klm');
  await log.close();

  const reports: string[] = [];
  const again = await openSmallLog(temp.folder, { report: (damage) => reports.push(damage) });
  expect(await textsIn(again)).toEqual([...'efghijklm']);
  expect(reports).toEqual([]);
  await again.close();
});

test('what is appended while the open segment is sealed early goes to the next one (H4, A3)', async () => {
  using temp = tempFolder();
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const log = await openSmallLog(temp.folder, {
    failpoint: (step) => (step === 'segment:cleared' ? held : undefined),
  });
  await appendAll(log, 'a', 'b', 'c');
  const sealed = log.sealEarly();
  await appendAll(log, 'd', 'e');
  letGo();
  await sealed;
  expect(log.segments.map(({ count }) => count)).toEqual([3]);
  expect(await textsIn(log)).toEqual([...'abcde']);
  await log.close();
  expect(textsOf(await reopened(folderAt(temp.path)))).toEqual([...'abcde']);
});

test('a journal that goes while it is being read is read from its segment (H5)', async () => {
  using temp = tempFolder();
  let refuses = true;
  let held: Promise<void> | null = null;
  const folder = withStores(temp.folder, () => refuses);
  const log = await openSmallLog({
    ...folder,
    read: async (name) => {
      const hold = name === 'seg-000001.journal' ? held : null;
      held = hold ? null : held;
      await hold;
      return folder.read(name);
    },
  });
  const texts = Array.from({ length: 50 }, (_, number) => `text ${number}`);
  await appendAll(log, ...texts);
  await log.sealFull().catch(() => {});
  await textsIn(log);

  let letGo = () => {};
  held = new Promise((resolve) => {
    letGo = resolve;
  });
  const reading = textsIn(log);
  refuses = false;
  await log.sealFull();
  letGo();
  expect(await reading).toEqual(texts);
  expect(await textsIn(log)).toEqual(texts);
  await log.close();
});

test('a segment that many ask for at once is read once (a burst of repeats of old entries)', async () => {
  using temp = tempFolder();
  const filled = await openSmallLog(temp.folder);
  await appendAll(filled, ...Array.from({ length: 40 }, (_, number) => `text ${number}`));
  await filled.close();

  const reads: string[] = [];
  const log = await openSmallLog({
    ...temp.folder,
    read: (name) => {
      reads.push(name);
      return temp.folder.read(name);
    },
  });
  reads.length = 0;
  const numbers = Array.from({ length: 40 }, (_, at) => at + 1);
  const found = await Promise.all(numbers.map(log.get));
  expect(found.map((entry) => entry?.seq)).toEqual(numbers);
  expect(reads.length).toBe(new Set(reads).size);
  await log.close();
});

test('what is read while it is sealed or removed is neither missed nor called damaged (P4)', async () => {
  using temp = tempFolder();
  const reports: string[] = [];
  const log = await openSmallLog(temp.folder, { report: (damage) => reports.push(damage) });
  for (let round = 0; round < 20; round += 1) {
    const { lastSeq } = log;
    const [, entries] = await Promise.all([
      appendAll(log, ...'abcdefgh'),
      entriesIn(log),
      log.removeOldest(({ lastSeq }) => lastSeq < log.lastSeq - 20),
      entriesIn(log),
    ]);
    // Of what was removed meanwhile it may have had some.
    const { firstSeq } = log;
    const seqs = entries.map(({ seq }) => seq).filter((seq) => seq >= firstSeq);
    expect(seqs).toEqual(seqs.map((_, at) => firstSeq + at));
    expect(seqs.length).toBeGreaterThan(lastSeq - firstSeq);
  }
  await log.close();
  expect(reports).toEqual([]);
});

test('a segment that another writer sealed is set aside and told, never written over (H18)', async () => {
  using temp = tempFolder();
  using theirs = tempFolder();
  const told: string[] = [];
  const other = await openSmallLog(theirs.folder);
  await appendAll(other, 'theirs 1', 'theirs 2');
  await other.close();

  const log = await openSmallLog(temp.folder, { report: (damage) => told.push(damage) });
  await appendAll(log, 'ours 1', 'ours 2');
  copyFileSync(theirs.file('seg-000001.json'), temp.file('seg-000001.json'));
  await log.close();

  expect(told).toEqual([
    'seg-000001.json held entries that its journal does not, and was set aside',
  ]);
  expect(readFileSync(temp.file('seg-000001.json.corrupt-1'))).toEqual(
    readFileSync(theirs.file('seg-000001.json')),
  );
  expect(textsOf(await reopened(temp.folder))).toEqual(['ours 1', 'ours 2']);
});

test('a log that is closed has sealed everything, and numbers go on where they ended (A3, H1)', async () => {
  using temp = tempFolder();
  for (const [letter, seq] of [
    ['a', 1],
    ['b', 2],
    ['c', 3],
  ] as const) {
    const log = await openSmallLog(temp.folder);
    expect((await appendText(log, letter)).seq).toBe(seq);
    await log.close();
    expect(temp.names()).toEqual(expect.arrayContaining([`seg-00000${seq}.json`, 'index.json']));
    expect(journals(temp.names())).toEqual([]);
  }
  expect(textsOf(await reopened(temp.folder))).toEqual([...'abc']);
});

test('the newest segment stays while nothing came after it, so that its numbers are not given again (H1, H15)', async () => {
  using temp = tempFolder();
  const log = await openSmallLog(temp.folder);
  await appendAll(log, ...'abcdef');
  await log.close();

  const again = await openSmallLog(temp.folder);
  expect((await again.wouldRemove(() => true)).map(({ number }) => number)).toEqual([1]);
  await again.removeOldest(() => true);
  expect(await textsIn(again)).toEqual([...'ef']);
  expect((await appendText(again, 'g')).seq).toBe(7);
  await again.removeOldest(() => true);
  expect(await textsIn(again)).toEqual(['g']);
  await again.close();
});
