import { expect, test } from 'vitest';
import type { Folder } from '../../../electron/storage/folder.ts';
import { appendAll, entriesIn, folderAt, openSmallLog } from '../support/small-log.ts';
import { tempFolder } from '../support/temp-folder.ts';

test('the segments that were used last stay in memory: the newest page is there after the whole log was read', async () => {
  using temp = tempFolder();
  const first = await openSmallLog(temp.folder);
  for (let segment = 1; segment <= 5; segment += 1)
    await appendAll(first, 'one', 'two', 'three', 'four');
  await first.close();

  const read: string[] = [];
  const plain = folderAt(temp.path);
  const folder: Folder = {
    ...plain,
    read: (file) => {
      read.push(file);
      return plain.read(file);
    },
  };
  const log = await openSmallLog(folder);
  const newest = async () => {
    const seqs: number[] = [];
    for await (const { seq } of log.newestFirst(null, 13)) seqs.push(seq);
    return seqs;
  };
  await newest();
  await entriesIn(log);
  read.length = 0;
  expect(await newest()).toEqual([20, 19, 18, 17, 16, 15, 14, 13]);
  expect(read).toEqual([]);
  await log.close();
});
