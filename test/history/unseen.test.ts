import { readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openQuarantine, type Quarantine } from '../../electron/history/quarantine.ts';
import { draft, historyIn, listener, quarantineOptions } from './support/history.ts';
import { appendAll, openSmallLog } from './support/small-log.ts';
import { tempFolder, withUnsealed } from './support/temp-folder.ts';

/** A history of so many entries, as a crash leaves it. */
const crashed = async (entries: number) => {
  const temp = tempFolder();
  const history = await historyIn(withUnsealed(temp.folder, Math.ceil(entries / 256)));
  for (let number = 1; number <= entries; number += 1) await history.record(draft(number));
  expect(history.unseen).toBe(entries);
  await history.close();
  return temp;
};
const rot = (file: string, text: string) =>
  writeFileSync(
    file,
    readFileSync(file, 'latin1').replace(text, 'R'.repeat(text.length)),
    'latin1',
  );

test('what was lost is not waiting to be read: a segment, a line of a journal (H11, H14)', async () => {
  using temp = await crashed(520);
  rot(temp.file('seg-000003.journal'), 'body 515.');
  const one = await historyIn(temp.folder);
  expect(one.unseen).toBe(519);
  one.markSeen([514, 515], true);
  expect(one.unseen).toBe(518);
  await one.close();

  truncateSync(temp.file('seg-000001.json'), 100);
  const fewer = await historyIn(temp.folder);
  expect(fewer.unseen).toBe(518 - 256);
  fewer.markSeen([300], true);
  expect(fewer.unseen).toBe(518 - 257);
  fewer.mark('seen', true, [[1, fewer.lastSeq]]);
  expect(fewer.unseen).toBe(0);
  await fewer.close();
});

test('a lost line stays lost after its segment was sealed, also for an index that only counted (H11, H13)', async () => {
  using temp = tempFolder();
  const first = await openSmallLog(withUnsealed(temp.folder, 2));
  await appendAll(first, ...'abcd', ...'efg');
  await first.close();
  rot(temp.file('seg-000002.journal'), '"text":"f"');
  const sealed = await openSmallLog(temp.folder);
  await appendAll(sealed, ...'hi');
  await sealed.close();
  expect(temp.names()).not.toContain('seg-000002.journal');

  const numbers = [
    [1, 5],
    [7, 9],
  ];
  const again = await openSmallLog(temp.folder);
  expect(again.numbers).toEqual(numbers);
  await again.close();

  const { segments } = JSON.parse(readFileSync(temp.file('index.json'), 'utf8'));
  rmSync(temp.file('index.json'));
  temp.folder.store('index').write({
    v: 1,
    segments: segments.map(({ missing: _, ...info }: Record<string, unknown>) => info),
  });
  const older = await openSmallLog(temp.folder);
  expect(older.numbers).toEqual(numbers);
  await older.close();
});

const reject = (quarantine: Quarantine, at: number) =>
  quarantine.keep(
    { id: 's', provider: 'nobody' },
    {
      ...{ id: `id ${at}`, receivedAt: at, headers: [], body: Buffer.from(`body ${at}.`) },
      ...{ senderAddress: null, peerAddress: '', simulated: false },
    },
    { status: 'rejected', reason: 'signature-wrong', answer: 401 },
    { unread: false, newestEntry: 0 },
  );

test('what is still rejected is listed below what was admitted', async () => {
  using temp = tempFolder();
  const quarantine = await openQuarantine(temp.folder, quarantineOptions(listener().telling));
  for (let at = 1; at <= 4; at += 1) await reject(quarantine, at);
  quarantine.release(4);
  quarantine.release(2);
  expect((await quarantine.page(null, 50, 0)).map(({ seq }) => seq)).toEqual([3, 1]);
  expect(quarantine.count(0)).toBe(2);
  await quarantine.close();
});

test('after seven days what was rejected is neither listed nor counted', async () => {
  using temp = tempFolder();
  const quarantine = await openQuarantine(temp.folder, quarantineOptions(listener().telling));
  const week = 7 * 86_400_000;
  for (const at of [0, week / 2, week - 1]) await reject(quarantine, at);
  expect((await quarantine.page(null, 50, week)).map(({ seq }) => seq)).toEqual([3, 2]);
  expect(quarantine.count(week)).toBe(2);
  await quarantine.close();
});

test('a rejected delivery that cannot be read is not counted among those kept (P4)', async () => {
  using temp = tempFolder();
  const quarantine = await openQuarantine(
    withUnsealed(temp.folder, 1),
    quarantineOptions(listener().telling),
  );
  for (let at = 1; at <= 3; at += 1) await reject(quarantine, at);
  await quarantine.close();
  rot(temp.file('seg-000001.journal'), 'body 2.');
  const again = await openQuarantine(temp.folder, quarantineOptions(listener().telling));
  expect(again.count(0)).toBe(2);
  again.release(3);
  expect(again.count(0)).toBe(1);
  await again.close();
});

test('an event that cannot be read is counted as lost and not as kept, a line of a segment too (H11, H14)', async () => {
  using temp = tempFolder();
  const history = await historyIn(withUnsealed(temp.folder, 3));
  for (let number = 1; number <= 600; number += 1) await history.record(draft(number));
  await history.close();
  rot(temp.file('seg-000001.json'), 'body 7.');
  rot(temp.file('seg-000003.journal'), 'body 590.');

  const again = await historyIn(temp.folder);
  for (let number = 601; number <= 900; number += 1) await again.record(draft(number));
  for await (const _ of again.oldestFirst());
  expect(again.damages().map(({ entries }) => entries)).toEqual([256, 1]);
  expect(again.count).toBe(900 - 256 - 1);
  await again.close();
});
