import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { confStore } from '../../../bench/harness/conf-store.ts';
import { openFolder } from '../../../electron/edges/folder.ts';
import { openLog } from '../../../electron/history/log/log.ts';
import type { Folder } from '../../../electron/storage/folder.ts';

const Entry = z.object({ seq: z.int(), receivedAt: z.int(), text: z.string() });
type Entry = z.infer<typeof Entry>;

let path = '';
let reports: string[] = [];
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'hookbell-log-'));
  reports = [];
});
afterEach(() => rmSync(path, { recursive: true, force: true }));

const open = (changed: Partial<Folder> = {}) =>
  openLog<Entry>({
    folder: { ...openFolder(path, confStore), ...changed },
    parse: (value) => Entry.safeParse(value).data ?? null,
    segmentRecords: 4,
    segmentBytes: 10_000,
    report: (damage) => reports.push(damage),
  });
type OpenLog = Awaited<ReturnType<typeof open>>;

const write = (log: OpenLog, ...texts: string[]) =>
  Promise.all(texts.map((text) => log.append((seq) => ({ seq, receivedAt: 1000 + seq, text }))));
const textsIn = async (log: OpenLog): Promise<string[]> => {
  const texts: string[] = [];
  for await (const { text } of log.oldestFirst(1)) texts.push(text);
  return texts;
};
const reopened = async () => {
  const log = await open();
  const texts = await textsIn(log);
  await log.close();
  return texts;
};
const file = (name: string) => join(path, name);

describe('a log', () => {
  test('gives back what was written, in order and without a gap, after it was closed (H1, H10)', async () => {
    const log = await open();
    const texts = Array.from({ length: 11 }, (_, index) => `text ${index}`);
    const records = await write(log, ...texts);
    await log.close();

    expect(records.map(({ seq }) => seq)).toEqual(texts.map((_, index) => index + 1));
    expect(await reopened()).toEqual(texts);
    expect(readdirSync(path).sort()).toEqual([
      'format.json',
      'index.json',
      'seg-000001.json',
      'seg-000002.json',
      'seg-000003.json',
      'seg-000004.journal',
    ]);
  });

  test('reads newest first and from anywhere', async () => {
    const log = await open();
    await write(log, 'a', 'b', 'c', 'd', 'e', 'f');
    const seqs: number[] = [];
    for await (const { seq } of log.newestFirst(6)) seqs.push(seq);

    expect(seqs).toEqual([5, 4, 3, 2, 1]);
    expect((await log.get(3))?.text).toBe('c');
    expect(await log.get(7)).toBeNull();
    await log.close();
  });

  test('cut at every byte of its last two lines opens, keeps whole lines and goes on (H11, Q3)', async () => {
    const log = await open();
    await write(log, 'first', 'second', 'third');
    const journal = readFileSync(file('seg-000001.journal'));
    const lines = journal
      .toString('utf8')
      .trimEnd()
      .split('\n')
      .map((line) => line.length + 1);
    const [one = 0, two = 0] = lines;
    await log.close();

    for (let length = one; length < journal.byteLength; length += 1) {
      rmSync(path, { recursive: true });
      const folder = openFolder(path, confStore);
      writeFileSync(file('seg-000001.journal'), journal.subarray(0, length));
      expect(folder.sizes(['seg-000001.journal'])).toEqual([length]);

      const cut = await open();
      await write(cut, 'later');
      await cut.close();

      const whole = length < one + two ? ['first'] : ['first', 'second'];
      expect(await reopened()).toEqual([...whole, 'later']);
    }
    expect(reports).toEqual([]);
  });

  test('skips a damaged line in the middle, says so, and keeps the lines after it (H11)', async () => {
    const log = await open();
    await write(log, 'first', 'second', 'third');
    const text = readFileSync(file('seg-000001.journal'), 'utf8').replace('second', 'sEcond');
    await log.close();
    for (const name of ['seg-000001.json', 'index.json']) rmSync(file(name));
    writeFileSync(file('seg-000001.journal'), text);

    expect(await reopened()).toEqual(['first', 'third']);
    expect(reports).toEqual(['1 of 3 entries in seg-000001.journal cannot be read']);
  });

  test('refuses what the disk refuses, keeps nothing of it, and serves again when it can (H3, A12)', async () => {
    let full = false;
    const real = openFolder(path, confStore);
    const log = await open({
      openAppender: async (name) => {
        const appender = await real.openAppender(name);
        return {
          ...appender,
          append: async (bytes) => {
            if (!full) return appender.append(bytes);
            await appender.append(bytes.subarray(0, bytes.byteLength / 2));
            throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
          },
        };
      },
    });
    await write(log, 'before');
    full = true;
    await expect(write(log, 'lost', 'lost too')).rejects.toThrow('no space');
    full = false;
    await write(log, 'after');
    await log.close();

    expect(await reopened()).toEqual(['before', 'after']);
    expect(reports).toEqual([]);
  });

  test('seals a full segment that a crash left as a journal, the journal being the truth (H4, H5)', async () => {
    const log = await open();
    await write(log, 'a', 'b', 'c');
    const journal = readFileSync(file('seg-000001.journal'));
    await write(log, 'd', 'e');
    await log.close();
    // As if the app had died between writing the segment and removing its journal.
    writeFileSync(file('seg-000001.journal'), journal);

    expect(await reopened()).toEqual(['a', 'b', 'c', 'e']);
    expect(existsSync(file('seg-000001.journal'))).toBe(false);
  });

  test('keeps the journal of a segment it cannot write, and seals it at the next chance (H4)', async () => {
    let refuses = true;
    const real = openFolder(path, confStore);
    const log = await open({
      store: (name) => {
        const store = real.store(name);
        return { ...store, write: (value) => (refuses ? fail() : store.write(value)) };
      },
    });
    await write(log, 'a', 'b', 'c', 'd', 'e');
    expect(await textsIn(log)).toEqual(['a', 'b', 'c', 'd', 'e']);
    refuses = false;
    await write(log, 'f', 'g', 'h', 'i');
    await log.close();

    expect(readdirSync(path).filter((name) => name.endsWith('.journal'))).toEqual([]);
    expect(await reopened()).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i']);
  });

  test('rebuilds a lost or damaged index from its segments (H13)', async () => {
    const log = await open();
    await write(log, ...'abcdefghij');
    await log.close();
    rmSync(file('index.json'));
    expect(await reopened()).toEqual([...'abcdefghij']);

    writeFileSync(file('index.json'), '{"crc":"00000000","v":1,"segments":[]}');
    expect(await reopened()).toEqual([...'abcdefghij']);
    expect(reports).toEqual(['The index was damaged and has been rebuilt']);
  });

  test('sets a damaged segment aside, keeps the rest, and starts (H14, P4)', async () => {
    const log = await open();
    await write(log, ...'abcdefghij');
    await log.close();
    truncateSync(file('seg-000001.json'), 50);

    expect(await reopened()).toEqual([...'efghij']);
    expect(readdirSync(path)).toContain('seg-000001.json.corrupt-1');
    const again = await open();
    expect(again.segments[0]).toMatchObject({ number: 1, damaged: true, firstSeq: 1, lastSeq: 4 });
    await again.close();
  });

  test('removes what killed writes left behind (H12)', async () => {
    openFolder(path, confStore);
    appendFileSync(file('seg-000001.json.tmp-123456'), 'half');
    await reopened();
    expect(readdirSync(path)).toEqual(['format.json', 'seg-000001.journal']);
  });

  test('removes whole segments, the oldest first, and never the open one (H15)', async () => {
    const log = await open();
    await write(log, ...'abcdefghij');
    await log.removeOldest((oldest) => oldest.lastSeq <= 4);
    expect(await textsIn(log)).toEqual([...'efghij']);
    expect(log.firstSeq).toBe(5);
    await log.removeOldest(() => true);
    await log.close();
    expect(await reopened()).toEqual([...'ij']);
  });
});

const fail = (): never => {
  throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
};
