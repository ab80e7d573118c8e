import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { linesIn } from '../../electron/edges/files.ts';
import { tempFolder } from '../history/support/temp-folder.ts';

const linesOf = async (file: string): Promise<string[]> => {
  const lines: string[] = [];
  for await (const line of linesIn(file)) lines.push(line);
  return lines;
};

test('a line ends at its newline and nowhere else, however long it is and whatever JSON leaves in it', async () => {
  using temp = tempFolder();
  const lines = ['{"a":"\u2028\u2029\u0085\r"}', `"${'é'.repeat(100_000)}"`, '{}'];
  writeFileSync(temp.file('whole'), `${lines.join('\n')}\n\n`);
  expect(await linesOf(temp.file('whole'))).toEqual(lines);
  writeFileSync(temp.file('cut'), lines.join('\n'));
  expect(await linesOf(temp.file('cut'))).toEqual(lines);
  writeFileSync(temp.file('empty'), '');
  expect(await linesOf(temp.file('empty'))).toEqual([]);
});
