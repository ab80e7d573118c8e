import { expect, test } from 'vitest';
import type { History } from '../../electron/history/history.ts';
import { type ExportFile, type ImportOptions, importLines } from '../../electron/history/import.ts';
import { roomFor } from '../../electron/history/retention.ts';
import { CalledOff } from '../../electron/transfers.ts';
import { draft, historyIn } from './support/history.ts';
import { delivery } from './support/kryptos.ts';
import { progress } from './support/progress.ts';
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

const imported = (history: History, changed: Partial<ImportOptions> = {}) =>
  importLines({
    ...{ lines: file, history, isUnfinished: false, progress, onBegin: () => {}, now: 5 },
    ...changed,
  });

const timesIn = async (history: History) => {
  const times: number[] = [];
  for await (const { record } of history.oldestFirst()) times.push(record.receivedAt);
  return times;
};

test('an import keeps the order of its lines, many at once', async () => {
  using temp = tempFolder();
  const history = await historyIn(temp.folder);
  let said: ExportFile | null = null;
  const onBegin = (about: ExportFile) => {
    said = about;
  };
  expect(await imported(history, { onBegin })).toEqual({
    ...{ status: 'done', entries: 600, known: 0, of: 600 },
  });
  expect(said).toMatchObject({ of: 600, rejected: 0, oldestAt: 0, sourceIds: new Set(['s']) });
  expect(await timesIn(history)).toEqual(lines.map((_, at) => at));
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

test('an import that the disk stops says how much was kept, and is read on when the disk is free (H16)', async () => {
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
  const stopped = await imported(history);
  expect(stopped).toMatchObject({ status: 'stopped', of: 600, error: { code: 'ENOSPC' } });
  await history.close();

  const again = await historyIn(temp.folder);
  const { count } = again;
  expect(count).toBeGreaterThan(0);
  expect(stopped).toMatchObject({ entries: count });
  expect(await imported(again)).toEqual({ status: 'not-empty' });
  expect(await imported(again, { isUnfinished: true })).toEqual({
    ...{ status: 'done', entries: 600 - count, known: count, of: 600 },
  });
  expect(await timesIn(again)).toEqual(lines.map((_, at) => at));
  await again.close();
});

/** Progress that is called off with the nth count, or look. */
const callingOffAt = (nth: number) => {
  let counted = 0;
  const count = () => {
    counted += 1;
    if (counted === nth) throw new CalledOff();
  };
  return { ...progress, count, goOn: count };
};

test('an import that is called off while its file is checked reads nothing; later, it keeps and counts what was read', async () => {
  using temp = tempFolder();
  const history = await historyIn(temp.folder);
  await expect(imported(history, { progress: callingOffAt(600) })).rejects.toThrow(CalledOff);
  expect(history.count).toBe(0);

  expect(await imported(history, { progress: callingOffAt(600 + 301) })).toEqual({
    ...{ status: 'called-off', entries: 300, known: 0, of: 600 },
  });
  expect(await timesIn(history)).toEqual(lines.slice(0, 300).map((_, at) => at));

  const onAt = (nth: number) => ({ isUnfinished: true, progress: callingOffAt(nth) });
  await expect(imported(history, onAt(600 + 150))).rejects.toThrow(CalledOff);
  expect(await imported(history, onAt(600 + 300 + 401))).toEqual({
    ...{ status: 'called-off', entries: 100, known: 300, of: 600 },
  });
  await history.close();
});

test('an import that was begun is read on from its own file only, whatever came since', async () => {
  using temp = tempFolder();
  const history = await historyIn(temp.folder);
  await imported(history, { progress: callingOffAt(600 + 11) });
  await history.record(draft(1));

  const rest = async function* () {
    yield* lines.slice(300);
  };
  const on = { isUnfinished: true };
  expect(await imported(history, { ...on, lines: rest })).toEqual({ status: 'another' });
  expect(history.count).toBe(11);
  expect(await imported(history, on)).toMatchObject({ status: 'done', entries: 590, known: 10 });
  await history.close();
});

test('one that was called off before its first event is begun anew, from any file', async () => {
  using temp = tempFolder();
  const history = await historyIn(temp.folder);
  await history.record(draft(1));
  expect(await imported(history, { isUnfinished: true })).toMatchObject({ entries: 600 });
  await history.close();
});

test('a line that came twice is one entry, and two deliveries of one id are two as they were', async () => {
  using temp = tempFolder();
  const history = await historyIn(temp.folder);
  const [first = '', second = ''] = lines;
  const sameDelivery = JSON.stringify({ ...JSON.parse(second), body: JSON.parse(first).body });
  const of = (...some: string[]) => ({
    lines: async function* () {
      yield* some;
    },
  });
  expect(await imported(history, of(first, first))).toMatchObject({
    ...{ status: 'done', entries: 1, known: 1, of: 2 },
  });
  expect(await imported(history, { isUnfinished: true, ...of(first, sameDelivery) })).toMatchObject(
    { status: 'done', entries: 1, known: 1, of: 2 },
  );
  expect(await timesIn(history)).toEqual([0, 1]);
  await history.close();
});

test('what cannot be begun reads nothing, and counts what is here', async () => {
  using temp = tempFolder();
  const history = await historyIn(temp.folder);
  const onBegin = () => {
    throw systemError('ENOSPC');
  };
  expect(await imported(history, { onBegin })).toMatchObject({ status: 'stopped', entries: 0 });
  expect(history.count).toBe(0);

  await imported(history, { progress: callingOffAt(600 + 301) });
  expect(await imported(history, { isUnfinished: true, onBegin })).toMatchObject({
    ...{ status: 'stopped', entries: 0, known: 300, of: 600 },
  });
  await history.close();
});
