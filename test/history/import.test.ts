import { expect, test } from 'vitest';
import { importLines } from '../../electron/history/import.ts';
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
  let said = 0;
  const following = (read: AsyncIterable<string>, of: number) => {
    said = of;
    return read;
  };
  expect(await importLines(file, history, following)).toEqual({
    ...{ status: 'done', entries: 600, skipped: 0 },
  });
  expect(said).toBe(600);
  const times: number[] = [];
  for await (const { record } of history.oldestFirst()) times.push(record.receivedAt);
  expect(times).toEqual(lines.map((_, at) => at));
  await history.close();
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
