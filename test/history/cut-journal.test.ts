import { copyFileSync, renameSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { damagesIn, inOrder } from '../../electron/history/log/segments.ts';
import { appendAll, entriesIn, openSmallLog } from './support/small-log.ts';
import { tempFolder } from './support/temp-folder.ts';

/** Two segments, as after a crash between the seal of the first and the index: the first has a file and its journal. */
const crashed = async () => {
  const temp = tempFolder();
  const log = await openSmallLog(temp.folder, {
    failpoint: (name) => {
      if (name === 'segment:before')
        copyFileSync(temp.file('seg-000001.journal'), temp.file('kept'));
    },
  });
  await appendAll(log, 'a', 'b', 'c', 'd');
  await log.sealEarly();
  await appendAll(log, 'e', 'f');
  renameSync(temp.file('kept'), temp.file('seg-000001.journal'));
  return temp;
};

const opened = async (temp: Awaited<ReturnType<typeof crashed>>) => {
  const reports: string[] = [];
  const log = await openSmallLog(temp.folder, { report: (damage) => reports.push(damage) });
  const damages = damagesIn(inOrder([...log.segments, ...log.unsealed]));
  return { log, reports, damages, seqs: (await entriesIn(log)).map(({ seq }) => seq) };
};

test('a full journal that was cut off within a line says how many entries it lost, and stays as evidence (P4, H14)', async () => {
  using temp = await crashed();
  const journal = temp.file('seg-000001.journal');
  truncateSync(journal, statSync(journal).size / 2 + 5);
  const { log, reports, damages, seqs } = await opened(temp);
  expect(seqs).toEqual([1, 2, 5, 6]);
  expect(reports).toContain('2 entries at the end of seg-000001.journal cannot be read');
  expect(damages).toEqual([{ from: 1001, to: 1005, entries: 2 }]);
  expect(await log.append((seq) => ({ seq, receivedAt: 1007, text: 'g' }))).toMatchObject({
    seq: 7,
  });
  await log.close();
  expect(temp.names()).toContain('seg-000001.journal.corrupt-1');
  expect((await opened(temp)).damages).toEqual(damages);
});

test.each([
  ['empty', ''],
  ['without a readable line', 'rotten\nrotten\n'],
])('a journal that is %s hides nothing of its sealed segment', async (_what, content) => {
  using temp = await crashed();
  writeFileSync(temp.file('seg-000001.journal'), content);
  const { log, damages, seqs } = await opened(temp);
  expect(seqs).toEqual([1, 2, 3, 4, 5, 6]);
  expect(damages).toEqual([]);
  await log.close();
  expect((await opened(temp)).seqs).toEqual([1, 2, 3, 4, 5, 6]);
});
