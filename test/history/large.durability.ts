import { expect, test } from 'vitest';
import type { Folder } from '../../electron/storage/folder.ts';
import { type Entry, openSmallLog, wholeSegments } from './support/small-log.ts';
import { tempFolder, withUnsealed } from './support/temp-folder.ts';

const many = 100_000;

test('a long history opens and shows its first page without reading its segments, one at a time (H10, Q6)', async () => {
  using temp = tempFolder();
  const log = await openSmallLog(withUnsealed(temp.folder, 391), wholeSegments);
  for (let at = 0; at < many; at += 1000) {
    const thousand = Array.from({ length: 1000 }, (_, index) =>
      log.append((seq) => ({ seq, receivedAt: seq, text: `event ${at + index}` })),
    );
    await Promise.all(thousand);
  }
  await log.close();

  const read: string[] = [];
  const counting: Folder = {
    ...temp.folder,
    read: (name) => {
      read.push(name);
      return temp.folder.read(name);
    },
  };
  const again = await openSmallLog(counting, wholeSegments);
  expect(read).toEqual(['seg-000391.journal']);
  expect([again.segments.length, again.lastSeq, again.firstSeq]).toEqual([390, many, 1]);

  const page: Entry[] = [];
  for await (const entry of again.newestFirst(null)) if (page.push(entry) === 200) break;
  expect(page.at(-1)?.text).toBe(`event ${many - 200}`);
  expect(read.slice(1)).toEqual(['seg-000390.json']);

  let counted = 0;
  for await (const { seq } of again.oldestFirst(1)) if (seq === counted + 1) counted += 1;
  expect(counted).toBe(many);
  await again.close();
}, 120_000);
