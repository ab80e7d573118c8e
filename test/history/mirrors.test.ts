import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { damagesIn } from '../../electron/history/damages.ts';
import { exportLines } from '../../electron/history/export.ts';
import type { Folder } from '../../electron/history/folder.ts';
import { searchFor } from '../../electron/history/search.ts';
import { inOrder } from '../../electron/history/segments.ts';
import { parseQuery } from '../../shared/query.ts';
import { filled, opened } from './support/damaged-log.ts';
import { draft, historyIn } from './support/history.ts';
import {
  appendAll,
  appendText,
  entriesIn,
  openSmallLog,
  reopened,
  type SmallLog,
  textsIn,
} from './support/small-log.ts';
import { systemError, tempFolder, withStores } from './support/temp-folder.ts';

type Temp = ReturnType<typeof tempFolder>;

const damagesOf = ({ segments, unsealed }: SmallLog) =>
  damagesIn(inOrder([...segments, ...unsealed]));
const numberedIn = async (log: SmallLog) =>
  (await entriesIn(log)).map(({ seq, text }) => `${seq}${text}`);

const journal = (temp: Temp, number: number) => temp.file(`seg-00000${number}.journal`);
const mirror = (temp: Temp, number: number) => temp.file(`seg-00000${number}.json`);
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

test('what a journal lost is read from its mirror, wherever it was, and stays after the segment was sealed (H5, H11, P4)', async () => {
  for (const lost of ['e', 'f', 'g', 'eg', 'efg']) {
    using temp = await filled('abcdefg');
    rotLines(temp, 2, lost);
    const { log, reports } = await opened(temp.folder);
    expect(await numberedIn(log)).toEqual(['1a', '2b', '3c', '4d', '5e', '6f', '7g']);
    expect(reports).toEqual([
      'seg-000002.journal was damaged, and what it lost was read from its copy',
    ]);
    expect(damagesOf(log)).toEqual([]);
    expect((await appendText(log, 'h')).seq).toBe(8);
    await log.close();
    expect(temp.names()).toContain('seg-000002.journal.corrupt-1');

    const again = await opened(temp.folder);
    expect((await numberedIn(again.log)).slice(4)).toEqual(['5e', '6f', '7g', '8h']);
    expect(again.reports).toEqual([]);
    await again.log.close();
  }
});

test('of a journal cut off, emptied or overwritten nothing is lost that its mirror holds (H5, H11)', async () => {
  const whole = await filled('abcdefg');
  const bytes = readFileSync(journal(whole, 2));
  whole[Symbol.dispose]();
  for (const content of [bytes.subarray(0, -3), Buffer.alloc(0), Buffer.alloc(bytes.length)]) {
    using temp = await filled('abcdefg');
    writeFileSync(journal(temp, 2), content);
    const { log } = await opened(temp.folder);
    expect(await textsIn(log)).toEqual([...'abcdefg']);
    expect((await appendText(log, 'h')).seq).toBe(8);
    await log.close();
    expect((await reopened(temp.folder)).map(({ text }) => text)).toEqual([...'abcdefgh']);
  }
});

test('a mirror adds nothing to what its journal says: an intact one, and whatever stands between two good lines (H5)', async () => {
  using temp = await filled('abc');
  const before = readFileSync(journal(temp, 1));
  const log = await openSmallLog(temp.folder);
  await appendText(log, 'd');
  await log.close();
  expect(readFileSync(mirror(temp, 1), 'utf8')).toContain('"text":"d"');
  writeFileSync(journal(temp, 1), before);
  rmSync(temp.file('index.json'), { force: true });
  expect((await reopened(temp.folder)).map(({ text }) => text)).toEqual([...'abc']);

  using other = await filled('abc');
  const lines = readFileSync(journal(other, 1), 'utf8').split('\n');
  writeFileSync(journal(other, 1), `${[lines[1], lines[2], 'rotten'].join('\n')}\n`);
  expect((await reopened(other.folder)).map(({ text }) => text)).toEqual([...'bc']);
});

test('a journal the system cannot read now is shown as its mirror has it, stays where it is, and counts again when it can be read (P4, H1, H5)', async () => {
  using temp = await filled('abcdef');
  const { log, reports } = await opened(refusing(temp.folder, 'seg-000002.journal'));
  const before = readFileSync(journal(temp, 2));
  await appendText(log, 'new');
  expect(await textsIn(log)).toEqual([...'abcdef', 'new']);
  expect(log.numbers).toEqual([[1, 7]]);
  expect(reports).toEqual(['seg-000002.journal cannot be read: what its copy holds is shown']);
  expect(damagesOf(log)).toEqual([]);
  await log.mirror();
  await log.close();
  expect(readFileSync(journal(temp, 2))).toEqual(before);

  const again = await opened(temp.folder);
  expect(await numberedIn(again.log)).toEqual(['1a', '2b', '3c', '4d', '5e', '6f', '7new']);
  expect(again.reports).toEqual([]);
  await again.log.close();
});

test('what came after the mirror of an unread journal is one row of damage until it can be read, and its numbers stay its own (H1, H14)', async () => {
  using temp = await filled('abcdef');
  const mirrored = readFileSync(mirror(temp, 2));
  const more = await openSmallLog(temp.folder);
  await appendText(more, 'g');
  await more.close();
  writeFileSync(mirror(temp, 2), mirrored);

  for (const round of [1, 2]) {
    const { log } = await opened(refusing(temp.folder, 'seg-000002.journal'));
    if (round === 1) expect((await appendText(log, 'new')).seq).toBe(9);
    expect(await numberedIn(log)).toEqual(['1a', '2b', '3c', '4d', '5e', '6f', '9new']);
    expect(await log.get(7)).toBeNull();
    expect(damagesOf(log)).toEqual([{ from: 1005, to: 1009, entries: 1, guessed: true }]);
    await log.close();
  }
  const { log } = await opened(temp.folder);
  expect(await numberedIn(log)).toEqual(['1a', '2b', '3c', '4d', '5e', '6f', '7g', '9new']);
  expect(damagesOf(log)).toEqual([]);
  await log.close();
});

test('an unread journal without a mirror is one row of damage, dated by what lies around it (H14)', async () => {
  using temp = await filled('abcdefg');
  rmSync(mirror(temp, 2));
  for (const round of [1, 2]) {
    const { log, reports } = await opened(refusing(temp.folder, 'seg-000002.journal'));
    if (round === 1) expect((await appendText(log, 'new')).seq).toBe(9);
    expect(await textsIn(log)).toEqual([...'abcd', 'new']);
    expect(damagesOf(log)).toEqual([{ from: 1004, to: 1009, entries: 3, guessed: true }]);
    expect(reports).toEqual(['seg-000002.journal cannot be read']);
    await log.close();
  }
  expect((await reopened(temp.folder)).map(({ text }) => text)).toEqual([...'abcdefg', 'new']);
});

test('retention keeps an unread journal as long as what came before it, and lets it go with what came after (H15)', async () => {
  using temp = await filled('abcdefg');
  rmSync(mirror(temp, 2));
  const { log } = await opened(refusing(temp.folder, 'seg-000002.journal'));
  await log.dropOldest(() => true);
  expect(temp.names()).toContain('seg-000002.journal');
  await appendAll(log, ...'hijkl');
  await log.mirror();
  await log.dropOldest(({ number }) => number === 3);
  expect(temp.names().filter((name) => name.startsWith('seg-000002'))).toEqual([]);
  expect(await textsIn(log)).toEqual(['l']);
  await log.close();
});

test('a journal that is rotten throughout, and has no mirror, is one row of damage at once and for good (H1, H11, H14)', async () => {
  using temp = await filled('abcdefg');
  rmSync(mirror(temp, 2));
  rotLines(temp, 2, 'efg');
  const first = await opened(temp.folder);
  expect(first.reports).toEqual(['3 of 3 entries in seg-000002.journal cannot be read']);
  expect(damagesOf(first.log)).toEqual([{ from: 1005, to: 1007, entries: 3, guessed: true }]);
  expect(temp.names()).toContain('seg-000002.journal.corrupt-1');
  await first.log.close();

  const second = await opened(temp.folder);
  expect((await appendText(second.log, 'h')).seq).toBe(9);
  expect(second.reports).toEqual([]);
  expect(damagesOf(second.log)).toEqual([{ from: 1005, to: 1007, entries: 3, guessed: true }]);
  await second.log.close();
});

test('a journal whose loss cannot be noted keeps its place, so that its numbers are not given again (H1)', async () => {
  using temp = await filled('abcdefg');
  rmSync(mirror(temp, 2));
  rotLines(temp, 2, 'efg');
  const { log } = await opened(withStores(temp.folder, (name) => name === 'index'));
  await log.close();
  expect(temp.names()).toContain('seg-000002.journal');
  const again = await opened(temp.folder);
  expect((await appendText(again.log, 'h')).seq).toBeGreaterThan(7);
  await again.log.close();
});

test('a journal that is gone from between others is told as missing, with its dates (H14, P4)', async () => {
  using temp = await filled('abcdef');
  const away = await opened(refusing(temp.folder, 'seg-000002.journal'));
  await appendText(away.log, 'new');
  await away.log.close();
  for (const file of ['index.json', 'seg-000002.json', 'seg-000002.journal'])
    rmSync(temp.file(file));
  const first = await opened(temp.folder);
  expect(first.reports).toEqual(['seg-000002.journal is missing']);
  expect(damagesOf(first.log)).toEqual([{ from: 1004, to: 1007, entries: 2, guessed: true }]);
  await first.log.close();
  const second = await opened(temp.folder);
  expect(second.reports).toEqual([]);
  expect(damagesOf(second.log)).toEqual([{ from: 1004, to: 1007, entries: 2, guessed: true }]);
  await second.log.close();
});

test('lines a journal lost are damage at once, also where it cannot be sealed, and at its ends dated by its neighbours (H11, H14)', async () => {
  for (const [lost, from, to] of [
    ['f', 1005, 1007],
    ['e', 1004, 1007],
    ['g', 1005, 1009],
  ] as const) {
    using temp = await filled('abcdefg');
    rmSync(mirror(temp, 2));
    rotLines(temp, 2, lost);
    const refused = await opened(withStores(temp.folder, () => true));
    expect(damagesOf(refused.log).map(({ entries }) => entries)).toEqual([1]);
    await refused.log.close();

    const { log } = await opened(temp.folder);
    await appendAll(log, 'h', 'i');
    expect(damagesOf(log)).toEqual([
      { from, to: lost === 'g' ? 1008 : to, entries: 1, guessed: false },
    ]);
    expect(log.numbers.flat()).not.toContain({ e: 5, f: 6, g: 7 }[lost]);
    await log.close();
    const again = await opened(temp.folder);
    expect(damagesOf(again.log)).toEqual([
      { from, to: lost === 'g' ? 1008 : to, entries: 1, guessed: false },
    ]);
    expect(again.log.lastSeq).toBe(9);
    await again.log.close();
  }
});

test('what only a mirror holds is listed, found and exported like any other entry (H5, H14)', async () => {
  using temp = tempFolder();
  const first = await historyIn(temp.folder);
  for (let number = 1; number <= 300; number += 1) await first.record(draft(number));
  await first.close();

  const history = await historyIn(refusing(temp.folder, 'seg-000002.journal'));
  await history.record(draft(400));
  const numbers = [301, ...Array.from({ length: 44 }, (_, at) => 300 - at)];
  const search = searchFor(
    parseQuery('after:1970-01-01', 0),
    { sources: [], providers: [] },
    () => 0,
  );
  for (const asked of [null, search]) {
    const { entries } = await history.page(null, asked);
    expect(entries.slice(0, 45).map(({ seq }) => seq)).toEqual(numbers);
  }
  const lines: string[] = [];
  const plainly = { now: 0, masking: (text: string) => text };
  for await (const line of exportLines(history.oldestFirst(), null, plainly)) lines.push(line);
  expect([lines.length, history.count, history.unseen]).toEqual([301, 301, 301]);
  expect(history.damages()).toEqual([]);
  await history.close();
});

test('a mirror the system cannot read now still makes its journal whole at another start (H5, P4)', async () => {
  using temp = await filled('abcdefg');
  rotLines(temp, 2, 'f');
  const { log } = await opened(refusing(temp.folder, 'seg-000002.json'));
  expect(await textsIn(log)).toEqual([...'abcdeg']);
  expect(damagesOf(log)).toEqual([{ from: 1005, to: 1007, entries: 1, guessed: false }]);
  await appendAll(log, ...'hijklmno');
  expect(await textsIn(log)).toEqual([...'abcdeghijklmno']);
  await log.close();

  const again = await opened(temp.folder);
  expect(await textsIn(again.log)).toEqual([...'abcdefghijklmno']);
  expect(damagesOf(again.log)).toEqual([]);
  await again.log.close();
});
