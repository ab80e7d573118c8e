import { execFileSync } from 'node:child_process';
import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { linesIn, settingsIn } from '../../electron/edges/files.ts';
import type { FileLine } from '../../electron/file-lines.ts';
import { tempFolder } from '../history/support/temp-folder.ts';

const linesOf = async (file: string): Promise<FileLine[]> => {
  const lines: FileLine[] = [];
  for await (const line of linesIn(file)) lines.push(line);
  return lines;
};

test('a line ends at its newline and nowhere else, however long it is and whatever JSON leaves in it', async () => {
  using temp = tempFolder();
  const lines = ['{"a":"\u2028\u2029\u0085\r"}', `"${'é'.repeat(100_000)}"`, '{}'];
  writeFileSync(temp.file('whole'), `${lines.join('\n')}\n\n`);
  expect(await linesOf(temp.file('whole'))).toEqual([...lines, '']);
  writeFileSync(temp.file('cut'), lines.join('\n'));
  expect(await linesOf(temp.file('cut'))).toEqual(lines);
  writeFileSync(temp.file('empty'), '');
  expect(await linesOf(temp.file('empty'))).toEqual([]);
});

test('what is no file of settings is refused at once with the reason, and never waited for (P8)', async () => {
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
