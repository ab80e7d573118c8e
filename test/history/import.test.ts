import { expect, test } from 'vitest';
import { type ExportFile, importLines } from '../../electron/history/import.ts';
import { roomFor } from '../../electron/history/retention.ts';
import { historyIn } from './support/history.ts';
import { delivery } from './support/kryptos.ts';
import { systemError, tempFolder, withAppender } from './support/temp-folder.ts';

const lines = Array.from({ length: 600 }, (_, at) =>
  JSON.stringify({
    id: `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
    ...{ receivedAt: at, source: 's', provider: 'kryptos', status: 'event', headers: {} },
    body: delivery(`whd_${at}`).body,
  }),
);
const file = async function* () {
  yield* lines;
};

test('an import keeps the order of its lines, many at once', async () => {
  using temp = tempFolder();
  const history = await historyIn(temp.folder);
  let said: ExportFile | null = null;
  const following = (read: AsyncIterable<string>, about: ExportFile) => {
    said = about;
    return read;
  };
  expect(await importLines(file, history, following)).toEqual({
    ...{ status: 'done', entries: 600, skipped: 0 },
  });
  expect(said).toEqual({ of: 600, oldestAt: 0 });
  const times: number[] = [];
  for await (const { record } of history.oldestFirst()) times.push(record.receivedAt);
  expect(times).toEqual(lines.map((_, at) => at));
  await history.close();
});

const day = 86_400_000;
const limits = { days: 90, entries: 100_000, bytes: 1024 ** 3 };

test.each([
  ['nothing where all of it fits', { of: 99_999, oldestAt: 11 * day }, {}],
  ['a longer time for what is older', { of: 5, oldestAt: 0 }, { days: 365 }],
  [
    'the longest there is for what is older than any',
    { of: 5, oldestAt: -9999 * day },
    { days: 3650 },
  ],
  ['more entries for more', { of: 100_000, oldestAt: 100 * day }, { entries: 200_000 }],
])('an import is given room: %s', (_, about, changed) => {
  expect(roomFor(about, limits, 100 * day)).toEqual({ ...limits, ...changed });
});

test('an import that the disk stops says how much was kept', async () => {
  using temp = tempFolder();
  let appends = 0;
  const filling = withAppender(temp.folder, ({ append }) => ({
    append: async (bytes) => {
      appends += 1;
      if (appends > 1) throw systemError('ENOSPC');
      await append(bytes);
    },
  }));
  const history = await historyIn(filling);
  const imported = await importLines(file, history, (read) => read);
  expect(imported).toMatchObject({ status: 'stopped', error: { code: 'ENOSPC' } });
  await history.close();

  const again = await historyIn(temp.folder);
  expect(again.count).toBeGreaterThan(0);
  expect(imported).toMatchObject({ entries: again.count });
  await again.close();
});
