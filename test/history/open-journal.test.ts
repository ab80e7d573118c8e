import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { encodeLines } from '../../electron/storage/journal-codec.ts';
import { appendAll, Entry, openSmallLog, textsIn, wholeSegments } from './support/small-log.ts';
import { tempFolder, withStores } from './support/temp-folder.ts';

test('a journal that is as it was written is opened by its first and last line, and goes on where it ended', async () => {
  using temp = tempFolder();
  const words = Array.from({ length: 100 }, (_, at) => `word ${at}`);
  const log = await openSmallLog(
    withStores(temp.folder, () => true),
    wholeSegments,
  );
  await appendAll(log, ...words);
  await log.close();

  let parsed = 0;
  const again = await openSmallLog(temp.folder, {
    ...wholeSegments,
    parse: (value) => {
      parsed += 1;
      return Entry.safeParse(value).data ?? null;
    },
  });
  expect([parsed, again.lastSeq]).toEqual([2, 100]);
  await appendAll(again, 'one more');
  expect(await textsIn(again)).toEqual([...words, 'one more']);
  await again.close();
});

test('what is whole and still no record is told when it is come upon, and is not thrown away', async () => {
  using temp = tempFolder();
  const texts = [
    '{"seq":1,"receivedAt":1001,"text":"a"}',
    '{"seq":2,"receivedAt":1002,"unknown":"of another version"}',
    '{"seq":3,"receivedAt":1003,"text":"c"}',
  ];
  writeFileSync(temp.file('seg-000001.journal'), encodeLines(texts));
  const reports: string[] = [];
  const log = await openSmallLog(temp.folder, { report: (line) => reports.push(line) });
  await appendAll(log, 'd');
  expect(await textsIn(log)).toEqual(['a', 'c', 'd']);
  expect(reports).toEqual(['1 of 3 entries in seg-000001.journal cannot be read']);
  await log.close();

  const sealed = JSON.parse((await temp.folder.read('seg-000001.json'))?.toString() ?? '');
  expect(sealed.events).toHaveLength(4);
});
