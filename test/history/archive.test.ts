import { mkdtempSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { confStore } from '../../bench/harness/conf-store.ts';
import { openFolder } from '../../electron/edges/folder.ts';
import { openArchive } from '../../electron/history/archive.ts';
import { createExports } from '../../electron/transfer/exports.ts';
import { importLines } from '../../electron/transfer/import.ts';
import type { Retention } from '../../shared/settings.ts';
import { virtualClock } from '../support/clock.ts';
import { progress } from './support/progress.ts';

let path = '';
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'hookbell-kept-'));
});
afterEach(() => rmSync(path, { recursive: true, force: true }));

const day = 86_400_000;
const start = Date.UTC(2026, 10, 21);
const everything: Retention = { days: 90, entries: 100_000, bytes: 1024 ** 3 };

const open = (name: string, retention: () => Retention = () => everything, now = () => start) =>
  openArchive({
    folders: {
      history: openFolder(join(path, name), confStore),
      quarantine: openFolder(join(path, `${name}-quarantine`), confStore),
    },
    schedule: () => () => {},
    now,
    report: () => {},
    onWriteResult: () => {},
    onMarked: () => {},
    retention,
  });
const exportsOf = (archive: Kept) =>
  createExports({ archive, now: () => start, masking: () => (text) => text });
type Kept = Awaited<ReturnType<typeof open>>;

const importAll = (lines: readonly string[], { history }: Kept) =>
  importLines({
    ...{ history, isUnfinished: false, progress, onBegin: () => {}, now: start },
    lines: async function* () {
      yield* lines;
    },
  });

const body = (id: number) =>
  JSON.stringify({
    id: `whd_${id}`,
    event: 'integration.failed',
    data: { providerPublicName: '=Binance', walletId: 'w', errorMessage: 'a, "b"' },
  });

/** Keeps deliveries `from` to `to`, one an hour. */
const fill = async (kept: Kept, from: number, to: number) => {
  for (let id = from; id <= to; id += 1) {
    const imported = {
      id: `00000000-0000-4000-8000-${String(id).padStart(12, '0')}`,
      receivedAt: start + id * 3_600_000,
      source: 'kryptos-main',
      provider: 'kryptos',
      status: 'event',
      proof: 'verified',
      headers: { 'content-type': 'application/json' },
      body: body(id),
    };
    if (kept.history.count === 0) {
      await importAll([JSON.stringify(imported)], kept);
      continue;
    }
    const { source: sourceId, status: _status, ...rest } = imported;
    await kept.history.record({
      ...rest,
      sourceId,
      proof: { status: 'verified', secret: 0 },
      simulated: false,
      headers: [],
      body: { text: body(id) },
      reading: { status: 'unrecognized', type: null },
      keys: [{ id: `whd_${id}`, version: 'a', differing: 'conflict', withinMs: null }],
    });
  }
};

const linesOf = async (lines: AsyncIterable<string>) => {
  const all: string[] = [];
  for await (const line of lines) all.push(line);
  return all;
};

test('entries go when they are too many or too old, the oldest first, and new ones are always taken (H15)', async () => {
  let retention: Retention = { ...everything, entries: 1000 };
  const clock = virtualClock({ startsAt: start });
  const kept = await open('a', () => retention, clock.now);
  await fill(kept, 1, 600);
  await kept.history.removeOld();
  expect(kept.history.count).toBe(600);

  retention = { ...everything, entries: 300 };
  await kept.history.removeOld();
  expect(kept.history.count).toBe(344);

  clock.skip(200 * day);
  await kept.history.removeOld();
  expect(kept.history.count).toBe(88);
  await fill(kept, 601, 601);
  expect(kept.history.count).toBe(89);
  expect(await kept.history.get(1)).toBeNull();
  await kept.close();
});

test('an export read into an empty history is the same history, with what was read and told', async () => {
  const first = await open('a');
  await fill(first, 1, 5);
  first.history.markSeen([2], true);
  first.history.decide(3, { shown: true, why: 'Rule' });
  const exported = await linesOf(exportsOf(first).exportLines(true));
  await first.close();

  const second = await open('b');
  expect(
    await importAll(
      exported.map((line) => line.trimEnd()),
      second,
    ),
  ).toEqual({
    ...{ status: 'done', entries: 5, known: 0, of: 5 },
  });
  const again = (await linesOf(exportsOf(second).exportLines(true))).map((line) =>
    JSON.parse(line),
  );
  expect(
    again.map(({ id, receivedAt, title, seen, notification, body: text }) => ({
      id,
      receivedAt,
      title,
      seen,
      notification,
      text,
    })),
  ).toEqual(
    exported.map((line) => {
      const { id, receivedAt, title, seen, notification, body: text } = JSON.parse(line);
      return { id, receivedAt, title, seen, notification, text };
    }),
  );
  expect(await importAll([], second)).toEqual({ status: 'not-empty' });
  await second.close();
});

test('a broken export is refused with its line, and nothing of it is kept', async () => {
  const kept = await open('a');
  const good =
    '{"id":"00000000-0000-4000-8000-000000000001","receivedAt":1,"source":"s","provider":"kryptos","status":"event","headers":{},"body":"{}"}';
  expect(await importAll([good, '{"half'], kept)).toEqual({
    status: 'unreadable',
    line: 2,
    fault: { what: 'no-entry' },
  });
  expect(kept.history.count).toBe(0);
  expect(await importAll([good], kept)).toEqual({
    ...{ status: 'done', entries: 1, known: 0, of: 1 },
  });
  await kept.close();
});

test('a table quotes what needs quoting and makes no formula of a stranger’s text', async () => {
  const kept = await open('a');
  await fill(kept, 1, 1);
  const [header, row] = await linesOf(exportsOf(kept).csvLines());
  expect(header).toMatch(/^\uFEFFreceived,provider,source,kind/);
  expect(row).toContain(
    '2026-11-21T01:00:00.000Z,kryptos,kryptos-main,sync.failed,integration.failed,\'=Binance could not sync,"a, ""b""",error,,verified,false,false,\'=Binance,w,',
  );
  await kept.close();
});

test('a damaged part is named with its dates and its size, and the rest is there (H14, H13b)', async () => {
  const kept = await open('a');
  await fill(kept, 1, 300);
  await kept.close();
  truncateSync(join(path, 'a', 'seg-000001.json'), 1000);

  const again = await open('a');
  expect(again.history.damages()).toEqual([
    { from: start + 3_600_000, to: start + 256 * 3_600_000, entries: 256 },
  ]);
  expect(await again.history.get(257)).not.toBeNull();
  await again.close();
});
