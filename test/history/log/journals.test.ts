import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { damagesIn, inOrder } from '../../../electron/history/log/segments.ts';
import type { Folder } from '../../../electron/storage/folder.ts';
import { crashed, opened } from '../support/damaged-log.ts';
import { appendAll, appendText, reopened, type SmallLog, textsIn } from '../support/small-log.ts';
import { systemError, tempFolder, withStores } from '../support/temp-folder.ts';

type Temp = ReturnType<typeof tempFolder>;

const damagesOf = ({ segments, unsealed }: SmallLog) =>
  damagesIn(inOrder([...segments, ...unsealed]));

const journal = (temp: Temp, number: number) => temp.file(`seg-00000${number}.journal`);
/** Changes a byte of each of these entries' lines. */
const rotLines = (temp: Temp, number: number, letters: string) => {
  let text = readFileSync(journal(temp, number), 'latin1');
  for (const letter of letters) {
    expect(text).toContain(`"text":"${letter}`);
    text = text.replace(`"text":"${letter}`, `"text":"~`);
  }
  writeFileSync(journal(temp, number), text, 'latin1');
};
/** A folder whose system refuses to read a file. */
const refusing = (folder: Folder, file: string): Folder => ({
  ...folder,
  read: async (name) => {
    if (name === file) throw systemError('EIO');
    return folder.read(name);
  },
});

test('an unread journal is one row of damage, dated by what lies around it (H14)', async () => {
  using temp = await crashed('abcdefg');
  for (const round of [1, 2]) {
    const { log, reports } = await opened(refusing(temp.folder, 'seg-000002.journal'));
    if (round === 1) expect((await appendText(log, 'new')).seq).toBe(41);
    expect(await textsIn(log)).toEqual([...'abcd', 'new']);
    expect(damagesOf(log)).toEqual([{ from: 1004, to: 1041, entries: null }]);
    expect(reports).toEqual(['seg-000002.journal cannot be read']);
    await log.close();
  }
  expect((await reopened(temp.folder)).map(({ text }) => text)).toEqual([...'abcdefg', 'new']);
});

test('retention keeps an unread journal as long as what came before it, and lets it go with what came after (H15)', async () => {
  using temp = await crashed('abcdefg');
  const { log } = await opened(refusing(temp.folder, 'seg-000002.journal'));
  await log.removeOldest(() => true);
  expect(temp.names()).toContain('seg-000002.journal');
  await appendAll(log, ...'hijkl');
  await log.sealFull();
  await log.removeOldest(({ number }) => number === 3);
  expect(temp.names().filter((name) => name.startsWith('seg-000002'))).toEqual([]);
  expect(await textsIn(log)).toEqual(['l']);
  await log.close();
});

test('a journal that is rotten throughout is one row of damage at once and for good (H1, H11, H14)', async () => {
  using temp = await crashed('abcdefg');
  rotLines(temp, 2, 'efg');
  const first = await opened(temp.folder);
  expect(first.reports).toEqual(['3 of 3 entries in seg-000002.journal cannot be read']);
  expect(damagesOf(first.log)).toEqual([{ from: 1005, to: 1007, entries: null }]);
  expect(temp.names()).toContain('seg-000002.journal.corrupt-1');
  await first.log.close();

  const second = await opened(temp.folder);
  expect((await appendText(second.log, 'h')).seq).toBe(41);
  expect(second.reports).toEqual([]);
  expect(damagesOf(second.log)).toEqual([{ from: 1005, to: 1007, entries: null }]);
  await second.log.close();
});

test('a journal whose loss cannot be noted keeps its place, so that its numbers are not given again (H1)', async () => {
  using temp = await crashed('abcdefg');
  rotLines(temp, 2, 'efg');
  const { log } = await opened(withStores(temp.folder, (name) => name === 'index'));
  await log.close();
  expect(temp.names()).toContain('seg-000002.journal');
  const again = await opened(temp.folder);
  expect((await appendText(again.log, 'h')).seq).toBeGreaterThan(7);
  await again.log.close();
});

test('a journal that is gone from between others is told as missing, with its dates (H14, P4)', async () => {
  using temp = await crashed('abcdef');
  const away = await opened(refusing(temp.folder, 'seg-000002.journal'));
  await appendText(away.log, 'new');
  await away.log.close();
  for (const file of ['index.json', 'seg-000002.journal']) rmSync(temp.file(file));
  const first = await opened(temp.folder);
  expect(first.reports).toEqual(['seg-000002.journal is missing']);
  expect(damagesOf(first.log)).toEqual([{ from: 1004, to: 1041, entries: null }]);
  await first.log.close();
  const second = await opened(temp.folder);
  expect(second.reports).toEqual([]);
  expect(damagesOf(second.log)).toEqual([{ from: 1004, to: 1041, entries: null }]);
  await second.log.close();
});

test('lines a journal lost are damage at once, also where it cannot be sealed, and at its ends dated by its neighbours (H11, H14)', async () => {
  for (const [lost, from, to] of [
    ['f', 1005, 1007],
    ['e', 1004, 1007],
    ['g', 1005, 1009],
  ] as const) {
    using temp = await crashed('abcdefg');
    rotLines(temp, 2, lost);
    const refused = await opened(withStores(temp.folder, () => true));
    expect(damagesOf(refused.log).map(({ entries }) => entries)).toEqual([1]);
    await refused.log.close();

    const { log } = await opened(temp.folder);
    await appendAll(log, 'h', 'i');
    expect(damagesOf(log)).toEqual([{ from, to: lost === 'g' ? 1008 : to, entries: 1 }]);
    expect(log.numbers.flat()).not.toContain({ e: 5, f: 6, g: 7 }[lost]);
    await log.close();
    const again = await opened(temp.folder);
    expect(damagesOf(again.log)).toEqual([{ from, to: lost === 'g' ? 1008 : to, entries: 1 }]);
    expect(again.log.lastSeq).toBe(9);
    await again.log.close();
  }
});

test('a journal that cannot be read and is no longer needed costs nothing: its segment is sealed and listed (H5, P4)', async () => {
  using temp = tempFolder();
  const stuck: Folder = {
    ...temp.folder,
    remove: async (name) => {
      if (name === 'seg-000001.journal') throw systemError('EBUSY');
      return temp.folder.remove(name);
    },
  };
  const first = await opened(stuck);
  await appendAll(first.log, ...'abcdef');
  await first.log.close();
  expect(temp.names()).toContain('seg-000001.journal');

  const { log, reports } = await opened(refusing(temp.folder, 'seg-000001.journal'));
  expect([await textsIn(log), reports, damagesOf(log)]).toEqual([[...'abcdef'], [], []]);
  await log.close();
});
