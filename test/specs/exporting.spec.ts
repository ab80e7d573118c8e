import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { kryptosDelivery, kryptosSource, vezgoSource } from '../../bench/harness/deliveries.ts';
import { openApp, timelineOf } from '../support/app.ts';
import { recorded } from '../support/fixtures.ts';
import type { TestApp } from '../support/test-app.ts';

const kryptos = kryptosSource('kryptos-main', { name: 'Tax office' });
const vezgo = vezgoSource();
const provision = { sources: [kryptos, vezgo] };

const failed = (name: string, id: string) =>
  kryptosDelivery(
    { id, event: 'integration.failed', data: { walletId: `w_${id}`, providerPublicName: name } },
    kryptos,
  );

const Line = z.object({ seq: z.int(), title: z.optional(z.string()), body: z.string() });
const linesIn = (file: string) =>
  readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => Line.parse(JSON.parse(line)));

/** So many deliveries, every third about Kraken, several at a time. */
const deliverMany = async (app: TestApp, count: number) => {
  const numbers = Array.from({ length: count }, (_, index) => index);
  for (let from = 0; from < count; from += 50) {
    await Promise.all(
      numbers
        .slice(from, from + 50)
        .map((number) =>
          app.deliver(failed(number % 3 === 0 ? 'Kraken' : 'Gemini', `whd_${number}x`)),
        ),
    );
  }
};

test('what a search finds is exported whole, oldest first, far beyond what a page of the timeline holds', async () => {
  await using app = await openApp({ provision });
  await deliverMany(app, 660);
  const file = join(app.folder, 'kraken.jsonl');
  await app.choose(file);

  expect(await app.ask('exportHistory', { format: 'jsonl', query: 'kraken' })).toEqual({
    entries: 220,
    name: 'kraken.jsonl',
    folder: app.folder,
  });
  const lines = linesIn(file);
  expect(lines).toHaveLength(220);
  expect(new Set(lines.map(({ title }) => title))).toEqual(new Set(['Kraken could not sync']));
  const seqs = lines.map(({ seq }) => seq);
  expect(seqs).toEqual(seqs.toSorted((a, b) => a - b));

  expect(await app.ask('exportHistory', { format: 'jsonl' })).toMatchObject({ entries: 660 });
  expect(linesIn(file).map(({ seq }) => seq)).toEqual(numbersTo(660));
});

const numbersTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

test('a table of what was found counts its events, not its lines', async () => {
  await using app = await openApp({ provision });
  await app.deliver(failed('Kraken', 'whd_1'));
  await app.deliver(failed('Gemini', 'whd_2'));
  await app.deliver(recorded('vezgo/SyncAccount.json', vezgo));
  const file = join(app.folder, 'found.csv');
  await app.choose(file);

  expect(
    await app.ask('exportHistory', { format: 'csv', query: 'source:"Tax office" -gemini' }),
  ).toMatchObject({ entries: 1 });
  const [header, ...rows] = readFileSync(file, 'utf8').trimEnd().split('\r\n');
  expect(header).toMatch(/^\uFEFFreceived,/);
  expect(rows).toHaveLength(1);
  expect(rows[0]).toContain('Kraken could not sync');
});

test('an export of what was found can be read on a new computer', async () => {
  await using app = await openApp({ provision });
  await app.deliver(failed('Kraken', 'whd_1'));
  await app.deliver(failed('Gemini', 'whd_2'));
  await app.deliver(failed('Kraken', 'whd_3'));
  const file = join(app.folder, 'found.jsonl');
  await app.choose(file);
  await app.ask('exportHistory', { format: 'jsonl', query: 'kraken' });
  const found = (await timelineOf(app)).filter(({ seq }) => seq !== 2);

  await using another = await openApp({ provision });
  await another.choose(file);
  expect(await another.ask('importHistory', undefined)).toEqual({
    ...{ status: 'done', entries: 2, known: 0, of: 2 },
    ...{ rejected: 0, unknownSources: 0, keptForDays: null },
  });
  const idsOf = (entries: typeof found) => entries.map(({ id, receivedAt }) => [id, receivedAt]);
  expect(idsOf(await timelineOf(another))).toEqual(idsOf(found));

  const { lastEventAt, conditions } = await another.ask('state', undefined);
  expect(lastEventAt).toBe(found[0]?.receivedAt);
  const failing = conditions.flatMap(({ reason }) =>
    reason.code === 'account-failing' ? [reason] : [],
  );
  expect(failing).toHaveLength(2);
  await another.restart();
  expect((await another.ask('state', undefined)).conditions.map(({ reason }) => reason)).toEqual(
    expect.arrayContaining(failing),
  );
});

test('an export that is called off while it is written leaves no file (H16)', async () => {
  await using app = await openApp({ provision });
  await deliverMany(app, 1200);
  await app.choose(join(app.folder, 'all.jsonl'));

  let isOver = false;
  const exporting = app.ask('exportHistory', { format: 'jsonl' }).finally(() => {
    isOver = true;
  });
  while (!isOver) {
    await app.ask('cancelTransfer', undefined);
    await nextTurn();
  }
  expect(await exporting).toBeNull();
  expect(readdirSync(app.folder).filter((name) => name.startsWith('all.jsonl'))).toEqual([]);
  expect((await app.ask('state', undefined)).transfer).toBeNull();

  expect(await app.ask('exportHistory', { format: 'jsonl' })).toMatchObject({ entries: 1200 });
});

test('who thinks better of it gets no file, and a place that cannot be written leaves nothing behind', async () => {
  await using app = await openApp({ provision });
  await app.deliver(failed('Kraken', 'whd_1'));

  await app.choose(null);
  expect(await app.ask('exportHistory', { format: 'csv', query: 'kraken' })).toBeNull();
  await app.choose(join(app.folder, 'nowhere', 'found.csv'));
  await expect(app.ask('exportHistory', { format: 'csv', query: 'kraken' })).rejects.toThrow();
});
