import { expect, test } from 'vitest';
import { costBasisCompleted, kryptosSource } from '../../bench/harness/deliveries.ts';
import type { History } from '../../electron/history/history.ts';
import { retentionFor } from '../../electron/history/retention.ts';
import {
  type ExportFile,
  type ImportOptions,
  importLines,
} from '../../electron/transfer/import.ts';
import { Cancelled } from '../../electron/transfer/progress.ts';
import { draft, historyIn } from '../history/support/history.ts';
import { progress } from '../history/support/progress.ts';
import { systemError, tempFolder, withAppender } from '../history/support/temp-folder.ts';

const lines = Array.from({ length: 600 }, (_, at) =>
  JSON.stringify({
    id: `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
    receivedAt: at,
    source: 's',
    provider: 'kryptos',
    status: 'event',
    headers: {},
    body: costBasisCompleted(kryptosSource(), { id: `whd_${at}` }).body,
  }),
);
const file = async function* () {
  yield* lines;
};

const imported = (history: History, changed: Partial<ImportOptions> = {}) =>
  importLines({
    lines: file,
    history,
    isUnfinished: false,
    progress,
    onBegin: () => {},
    now: 5,
    ...changed,
  });

const timesIn = async (history: History) => {
  const times: number[] = [];
  for await (const { record } of history.oldestFirst()) times.push(record.receivedAt);
  return times;
};

test('an import keeps the order of its lines', async () => {
  using temp = tempFolder();
  const history = await historyIn(temp.folder);
  let said: ExportFile | null = null;
  const onBegin = (about: ExportFile) => {
    said = about;
  };
  expect(await imported(history, { onBegin })).toEqual({
    status: 'done',
    entries: 600,
    known: 0,
    of: 600,
  });
  expect(said).toMatchObject({ of: 600, rejected: 0, oldestAt: 0, sourceIds: new Set(['s']) });
  expect(await timesIn(history)).toEqual(lines.map((_, at) => at));
  await history.close();
});

const day = 86_400_000;
const limits = { days: 90, entries: 100_000, bytes: 1024 ** 3 };

test.each([
  ['not when everything fits', { of: 99_999, oldestAt: 11 * day }, {}],
  ['more days for older entries', { of: 5, oldestAt: 0 }, { days: 365 }],
  ['at most the maximum of days', { of: 5, oldestAt: -9999 * day }, { days: 3650 }],
  ['more entries', { of: 100_000, oldestAt: 100 * day }, { entries: 200_000 }],
])('an import widens the retention: %s', (_, about, changed) => {
  expect(retentionFor(about, limits, 100 * day)).toEqual({ ...limits, ...changed });
});

test('an import that the disk stops reports its progress and resumes when the disk has space (H16)', async () => {
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
    status: 'done',
    entries: 600 - count,
    known: count,
    of: 600,
  });
  expect(await timesIn(again)).toEqual(lines.map((_, at) => at));
  await again.close();
});

/** Progress that is cancelled with the nth count, or look. */
const cancellingAt = (nth: number) => {
  let counted = 0;
  const count = () => {
    counted += 1;
    if (counted === nth) throw new Cancelled();
  };
  return { ...progress, count, checkCancelled: count };
};

test('an import that is cancelled during validation imports nothing; one that is cancelled later keeps and counts its entries', async () => {
  using temp = tempFolder();
  const history = await historyIn(temp.folder);
  await expect(imported(history, { progress: cancellingAt(600) })).rejects.toThrow(Cancelled);
  expect(history.count).toBe(0);

  expect(await imported(history, { progress: cancellingAt(600 + 301) })).toEqual({
    status: 'cancelled',
    entries: 300,
    known: 0,
    of: 600,
  });
  expect(await timesIn(history)).toEqual(lines.slice(0, 300).map((_, at) => at));

  const onAt = (nth: number) => ({ isUnfinished: true, progress: cancellingAt(nth) });
  await expect(imported(history, onAt(600 + 150))).rejects.toThrow(Cancelled);
  expect(await imported(history, onAt(600 + 300 + 401))).toEqual({
    status: 'cancelled',
    entries: 100,
    known: 300,
    of: 600,
  });
  await history.close();
});

test('an unfinished import resumes only from its own file', async () => {
  using temp = tempFolder();
  const history = await historyIn(temp.folder);
  await imported(history, { progress: cancellingAt(600 + 11) });
  await history.record(draft(1));

  const rest = async function* () {
    yield* lines.slice(300);
  };
  const on = { isUnfinished: true };
  expect(await imported(history, { ...on, lines: rest })).toEqual({ status: 'other-file' });
  expect(history.count).toBe(11);
  expect(await imported(history, on)).toMatchObject({ status: 'done', entries: 590, known: 10 });
  await history.close();
});

test('an import that was cancelled before its first event starts again from any file', async () => {
  using temp = tempFolder();
  const history = await historyIn(temp.folder);
  await history.record(draft(1));
  expect(await imported(history, { isUnfinished: true })).toMatchObject({ entries: 600 });
  await history.close();
});

test('a repeated line is one entry, and two deliveries with one id stay two', async () => {
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
    status: 'done',
    entries: 1,
    known: 1,
    of: 2,
  });
  expect(await imported(history, { isUnfinished: true, ...of(first, sameDelivery) })).toMatchObject(
    { status: 'done', entries: 1, known: 1, of: 2 },
  );
  expect(await timesIn(history)).toEqual([0, 1]);
  await history.close();
});

test('an import that cannot begin imports nothing and counts the existing entries', async () => {
  using temp = tempFolder();
  const history = await historyIn(temp.folder);
  const onBegin = () => {
    throw systemError('ENOSPC');
  };
  expect(await imported(history, { onBegin })).toMatchObject({ status: 'stopped', entries: 0 });
  expect(history.count).toBe(0);

  await imported(history, { progress: cancellingAt(600 + 301) });
  expect(await imported(history, { isUnfinished: true, onBegin })).toMatchObject({
    status: 'stopped',
    entries: 0,
    known: 300,
    of: 600,
  });
  await history.close();
});
