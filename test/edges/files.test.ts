import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { expect, test } from 'vitest';
import { linesIn, settingsIn, writeLines } from '../../electron/edges/files.ts';
import type { FileLine } from '../../electron/storage/file-lines.ts';
import { tempFolder } from '../history/support/temp-folder.ts';

const linesOf = async (file: string): Promise<FileLine[]> => {
  const lines: FileLine[] = [];
  for await (const line of linesIn(file)) lines.push(line);
  return lines;
};

test('a line ends only at its newline, whatever its length and content', async () => {
  using temp = tempFolder();
  const lines = ['{"a":"\u2028\u2029\u0085\r"}', `"${'é'.repeat(100_000)}"`, '{}'];
  writeFileSync(temp.file('whole'), `${lines.join('\n')}\n\n`);
  expect(await linesOf(temp.file('whole'))).toEqual([...lines, '']);
  writeFileSync(temp.file('cut'), lines.join('\n'));
  expect(await linesOf(temp.file('cut'))).toEqual(lines);
  writeFileSync(temp.file('empty'), '');
  expect(await linesOf(temp.file('empty'))).toEqual([]);
});

test('a path that is no settings file is refused at once with the reason (P8)', async () => {
  using temp = tempFolder();
  const [pipe, folder, large] = [temp.file('pipe'), temp.file('folder'), temp.file('large')];
  execFileSync('mkfifo', [pipe]);
  mkdirSync(folder);
  writeFileSync(large, '');
  truncateSync(large, 1024 * 1024 + 1);
  for (const file of [pipe, folder, '/dev/zero'])
    expect(await settingsIn(file)).toMatchObject({
      unreadable: 'has to be a plain file, and is a folder, a pipe or a device',
    });
  expect(await settingsIn(large)).toMatchObject({ unreadable: expect.stringContaining('large') });
  expect(await settingsIn(temp.file('none'))).toMatchObject({
    unreadable: expect.stringContaining('ENOENT'),
  });
});

async function* numbered(count: number, word: string) {
  for (let at = 0; at < count; at += 1) yield `${word} ${at}\n`;
}

test('of files that are written to one place at once each is whole, and the last one stays', async () => {
  using temp = tempFolder();
  const file = temp.file('all.txt');
  const words = Array.from({ length: 20 }, (_, at) => `writer ${at}`);
  const counts = await Promise.all(words.map((word, at) => writeLines(file, numbered(at, word))));
  expect(counts).toEqual(words.map((_, at) => at));
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  const [last = ''] = words.filter((word) => lines[0]?.startsWith(`${word} `));
  expect(lines).toEqual(Array.from({ length: lines.length }, (_, at) => `${last} ${at}`));
  expect(lines).toHaveLength(words.indexOf(last));
  expect(readdirSync(temp.path).filter((name) => name.includes('all'))).toEqual(['all.txt']);
});

test('what is no file is not replaced by one', async () => {
  using temp = tempFolder();
  const [pipe, folder] = [temp.file('pipe'), temp.file('folder')];
  execFileSync('mkfifo', [pipe]);
  mkdirSync(folder);
  for (const place of [pipe, folder])
    await expect(writeLines(place, numbered(3, 'x'))).rejects.toThrow(
      `there is something other than a file at '${place}'`,
    );
  expect(statSync(pipe).isFIFO()).toBe(true);
  expect(readdirSync(temp.path).filter((name) => name.includes('unfinished'))).toEqual([]);
});
