import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Folder } from '../../electron/storage/folder.ts';
import { draft, historyIn } from './support/history.ts';
import { tempFolder } from './support/temp-folder.ts';

/** A history of 700 entries: two full segments of 256, and the rest. */
const filled = async (folder: Folder) => {
  const history = await historyIn(folder);
  await Promise.all(Array.from({ length: 700 }, (_, at) => history.record(draft(at + 1))));
  await history.close();
};

test('an entry is found by its id, wherever it is stored', async () => {
  using temp = tempFolder();
  await filled(temp.folder);
  const history = await historyIn(temp.folder);
  await history.record(draft(701));
  for (const number of [1, 256, 257, 512, 513, 700, 701])
    expect(await history.seqOf(`id ${number}`)).toBe(number);
  await history.close();
});

test('an id that no entry has is not found, also where the text of one is it', async () => {
  using temp = tempFolder();
  await filled(temp.folder);
  const history = await historyIn(temp.folder);
  await history.record({ ...draft(701), body: { text: '{"id":"id 999"}' } });
  for (const id of ['id 999', 'id 7000', 'ID 1', '', 'key 1', '"', 'id 1","receivedAt":1'])
    expect(await history.seqOf(id)).toBe(null);
  await history.close();
});

test('a search for an old entry parses no segment but its own', async () => {
  using temp = tempFolder();
  await filled(temp.folder);
  const read: string[] = [];
  const history = await historyIn({
    ...temp.folder,
    read: (name) => {
      read.push(name);
      return temp.folder.read(name);
    },
  });
  read.length = 0;
  expect(await history.seqOf('id 3')).toBe(3);
  const files = [3, 2, 1, 1].map((number) => `seg-00000${number}.json`);
  expect(read).toEqual(files);
  await history.close();
});

test('a damaged segment hides its own entries alone (P4)', async () => {
  using temp = tempFolder();
  await filled(temp.folder);
  writeFileSync(temp.file('seg-000002.json'), 'rot');
  const history = await historyIn(temp.folder);
  expect(await history.seqOf('id 300')).toBe(null);
  expect(await history.seqOf('id 3')).toBe(3);
  await history.close();
});
