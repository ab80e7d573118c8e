import { readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { confStore } from '../../bench/harness/conf-store.ts';
import { openFolder } from '../../electron/edges/folder.ts';
import { crashed, filled, opened } from './support/damaged-log.ts';
import { appendText, entriesIn, folderAt, reopened, textsIn } from './support/small-log.ts';
import { systemError, takenOverByNewer, tempFolder } from './support/temp-folder.ts';

/** Changes one byte and not the size. */
const rot = (file: string, text: string) => {
  const before = readFileSync(file, 'latin1');
  expect(before).toContain(text);
  writeFileSync(file, before.replace(text, text.replace(/.$/s, '~')), 'latin1');
};

test('rot that only a reader meets is set aside, listed and told once (H14, P4)', async () => {
  using temp = await filled('abcdefghij');
  rot(temp.file('seg-000002.json'), '"text":"f');
  const { log, reports } = await opened(temp.folder);
  expect(reports).toEqual([]);
  expect(await textsIn(log)).toEqual([...'abcdij']);
  expect(await textsIn(log)).toEqual([...'abcdij']);
  expect(await log.get(6)).toBeNull();
  expect(reports).toEqual(['seg-000002.json is damaged and was set aside']);
  await log.close();

  const again = await opened(temp.folder);
  expect(again.log.segments[1]).toMatchObject({
    ...{ number: 2, damaged: true, firstSeq: 5, lastSeq: 8, firstAt: 1005, lastAt: 1008 },
  });
  expect(again.reports).toEqual([]);
  expect(temp.names()).toContain('seg-000002.json.corrupt-1');
  await again.log.close();
});

test('a segment whose file is gone is listed as damaged and told once (H14)', async () => {
  using temp = await filled('abcdefghij');
  rmSync(temp.file('seg-000001.json'));
  const first = await opened(temp.folder);
  expect(first.reports).toEqual(['seg-000001.json is missing']);
  await first.log.close();
  const second = await opened(temp.folder);
  expect(second.log.segments[0]).toMatchObject({ damaged: true, firstSeq: 1, lastSeq: 4 });
  expect(second.reports).toEqual([]);
  await second.log.close();
});

test('without its index a log lists damaged segments among good ones, with their date range (H13, H14)', async () => {
  using temp = await filled('abcdefghijklmnopqrstuv');
  rmSync(temp.file('index.json'));
  for (const number of [1, 3, 4]) truncateSync(temp.file(`seg-00000${number}.json`), 150);
  renameSync(temp.file('seg-000004.json'), temp.file('seg-000004.json.corrupt-1'));
  const { log, reports } = await opened(temp.folder);

  expect(await textsIn(log)).toEqual([...'efghqrstuv']);
  const ranges = log.segments.map(({ number, damaged, firstSeq, lastSeq, firstAt, lastAt }) => [
    ...[number, damaged ? 'damaged' : 'fine', firstSeq, lastSeq, firstAt, lastAt],
  ]);
  expect(ranges).toEqual([
    [1, 'damaged', 1, 4, 1001, 1005],
    [2, 'fine', 5, 8, 1005, 1008],
    // Of two in a row nobody knows which number was whose.
    [3, 'damaged', 9, 16, 1009, 1017],
    [5, 'fine', 17, 20, 1017, 1020],
    [6, 'fine', 21, 22, 1021, 1022],
  ]);
  expect(reports).toEqual([
    'seg-000001.json is damaged and was set aside',
    'seg-000003.json is damaged and was set aside',
  ]);
  await log.close();
});

test('a segment the system cannot read now is not set aside, and is there again when it can (P4)', async () => {
  using temp = await filled('abcdefghij');
  rmSync(temp.file('index.json'));
  const { log, reports } = await opened({
    ...temp.folder,
    read: async (name) => {
      if (name === 'seg-000001.json') throw systemError('EIO');
      return temp.folder.read(name);
    },
  });
  expect(await textsIn(log)).toEqual([...'efghij']);
  expect(reports).toEqual(['seg-000001.json cannot be read']);
  await log.close();
  expect((await reopened(temp.folder)).map(({ text }) => text)).toEqual([...'abcdefghij']);
});

test('the number of a lost entry is not given again (H1, H11)', async () => {
  using temp = await crashed('abc');
  rot(temp.file('seg-000001.journal'), '"text":"c');
  const { log, reports } = await opened(temp.folder);
  const added = await appendText(log, 'd');
  await log.close();

  expect(added.seq).toBe(4);
  expect(reports).toEqual(['1 of 3 entries in seg-000001.journal cannot be read']);
  expect((await reopened(temp.folder)).map(({ seq }) => seq)).toEqual([1, 2, 4]);
  expect(temp.names()).toContain('seg-000001.journal.corrupt-1');

  using other = await filled('abcdefgh');
  rmSync(other.file('index.json'));
  truncateSync(other.file('seg-000002.json'), 3);
  const rest = await opened(other.folder);
  // A segment may have held nine times its limit.
  expect((await appendText(rest.log, 'i')).seq).toBe(4 + 9 * 4 + 1);
  await rest.log.close();
});

test('a newline that rotted joins no lines: nothing is lost, in the middle or at the end (H11)', async () => {
  for (const nth of [0, 1, 2]) {
    using temp = await crashed('abc');
    const journal = readFileSync(temp.file('seg-000001.journal'));
    const newlines = [...journal.keys()].filter((at) => journal[at] === 10);
    journal[newlines[nth] ?? 0] = 10 ^ 64;
    writeFileSync(temp.file('seg-000001.journal'), journal);

    const { log, reports } = await opened(temp.folder);
    await appendText(log, 'd');
    await log.close();
    expect(reports).toEqual([]);
    expect((await reopened(temp.folder)).map(({ seq, text }) => `${seq}${text}`)).toEqual([
      ...['1a', '2b', '3c', '4d'],
    ]);
  }
});

test('a folder of a newer Hookbell is read and never changed, not even what is damaged in it (H17)', async () => {
  using temp = await crashed('abcdefghij');
  truncateSync(temp.file('seg-000001.json'), 50);
  writeFileSync(temp.file('index.json.tmp-1'), 'half');
  temp.folder.store('index').write({ v: 2, segments: 'a shape to come' });
  const folder = takenOverByNewer(temp.path);
  const before = temp.contents();

  const { log, reports } = await opened(folder);
  expect([log.readOnly, await textsIn(log)]).toEqual([true, [...'efghij']]);
  await expect(appendText(log, 'k')).rejects.toThrow('newer Hookbell');
  await log.sealEarly();
  await log.removeOldest(() => true);
  await log.close();
  expect(reports).toEqual(['seg-000001.json is damaged']);
  expect(temp.contents()).toEqual(before);
});

test('a folder says who wrote it; where that is missing, damaged or cannot be written it is ours (H17, S2)', async () => {
  using temp = tempFolder();
  const format = temp.file('format.json');
  expect(readFileSync(format, 'utf8')).toContain('"v":1');
  for (const content of ['no checksum any more', '{"crc":"00000000","v":2}', null]) {
    if (content === null) rmSync(format);
    else writeFileSync(format, content);
    expect(folderAt(temp.path).writtenByNewer).toBe(false);
    expect(readFileSync(format, 'utf8')).toContain('"v":1');
  }
  expect(temp.names()).toContain('format.json.corrupt-2');
  rmSync(format);
  expect(openFolder(temp.path, confStore, { bytesFree: () => 0 }).writtenByNewer).toBe(false);
  expect(takenOverByNewer(temp.path).writtenByNewer).toBe(true);
});

test('what a start cannot move or remove does not stop it (P4)', async () => {
  using temp = await filled('abcdefghij');
  truncateSync(temp.file('seg-000001.json'), 50);
  writeFileSync(temp.file('index.json.tmp-1'), 'half');
  const refuse = async () => {
    throw systemError('EBUSY');
  };
  const { log, reports } = await opened({ ...temp.folder, rename: refuse, remove: refuse });
  expect(await entriesIn(log)).toHaveLength(6);
  expect(reports).toEqual(['seg-000001.json is damaged']);
  await log.close();
  expect(await reopened(temp.folder)).toHaveLength(6);
  expect(temp.names()).toContain('seg-000001.json.corrupt-1');
});
