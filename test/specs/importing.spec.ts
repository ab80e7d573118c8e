import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { expect, test } from 'vitest';
import {
  kryptosDelivery,
  kryptosSource,
  secrets,
  simplehashDelivery,
  simplehashSource,
  vezgoSource,
} from '../../bench/harness/deliveries.ts';
import type { EntryDetail } from '../../shared/timeline.ts';
import { openApp, timelineOf } from '../support/app.ts';
import { bodyOf, fixtures, recorded } from '../support/fixtures.ts';
import type { TestApp } from '../support/test-app.ts';

const kryptos = kryptosSource('kryptos-main', { name: 'Tax office' });
const rotating = kryptosSource('kryptos-rotating', { secrets: ['the newer one', secrets.kryptos] });
const fixed = kryptosSource('kryptos-fixed', { secrets: ['a wrong one'] });
const vezgo = vezgoSource();
const vezgoListed = vezgoSource('vezgo-listed', { allowedAddresses: ['127.0.0.1'] });
const vezgoAnyone = vezgoSource('vezgo-anyone', { allowedAddresses: [] });
const signed = simplehashSource();
const unsigned = simplehashSource('simplehash-unsigned', { secrets: [] });
const provision = {
  sources: [kryptos, rotating, fixed, vezgo, vezgoListed, vezgoAnyone, signed, unsigned],
};
const sourcesOf = {
  kryptos: [kryptos, rotating],
  vezgo: [vezgo, vezgoListed, vezgoAnyone],
  simplehash: [signed, unsigned],
};

const failed = (number: number) =>
  kryptosDelivery(
    {
      id: `whd_${number}x`,
      event: 'integration.failed',
      data: { walletId: `w_${number}`, providerPublicName: 'Kraken' },
    },
    kryptos,
  );

/** Every recorded delivery at every source of its provider that it can come to. */
const deliverSamples = async (app: TestApp) => {
  for (const { file, provider } of fixtures) {
    const sources = Object.entries(sourcesOf).find(([id]) => id === provider)?.[1] ?? [];
    for (const source of sources) {
      const sent =
        source === signed
          ? simplehashDelivery(bodyOf(file), source, app.now())
          : recorded(file, source);
      expect((await app.deliver(sent)).status).toBe(200);
    }
  }
};

/** Everything that can happen to an entry beside being received. */
const deliverOddities = async (app: TestApp) => {
  await app.deliver(failed(1));
  await app.deliver(failed(1));
  await app.deliver(failed(1));
  const other = String(failed(1).body).replace('Kraken', 'Gemini');
  expect(await app.deliver(kryptosDelivery(other, kryptos))).toMatchObject({ said: 'recorded' });
  const moved = bodyOf('simplehash/wallet.inbound_transfer.json').replace(
    /"block_hash":"0x../,
    '"block_hash":"0xff',
  );
  expect(await app.deliver(simplehashDelivery(moved, signed, app.now()))).toMatchObject({
    said: 'duplicate',
  });
  await app.deliver(kryptosDelivery({ id: 'whd_odd', event: 'moon.landed' }, kryptos));
  const bytes = Buffer.concat([
    Buffer.from('{"hook":"Odd","a":"'),
    Buffer.from([0xff]),
    Buffer.from('"}'),
  ]);
  const { path, headers } = recorded('vezgo/SyncAccount.json', vezgo);
  await app.deliver({
    path,
    headers: { ...headers, 'X-Odd-Spelling': ['one', 'two'], 'x-mask': '(masked)', cookie: 'a=b' },
    body: bytes,
  });
  await app.ask('simulate', {
    ...{ what: 'delivery', sourceId: kryptos.id, simulation: 'costbasis.completed' },
  });
  expect((await app.deliver(recorded('kryptos/costbasis.failed.json', fixed))).status).toBe(401);
  await app.ask('changeSource', {
    change: { id: fixed.id, secrets: [secrets.kryptos] },
    withoutKeyring: true,
  });
  await app.ask('markSeen', { seqs: [1, 3, 4], seen: true });
};

/** All that a person is shown of every entry, newest first. */
const detailsOf = async (app: TestApp): Promise<EntryDetail[]> => {
  const details: EntryDetail[] = [];
  for (const { seq } of await timelineOf(app)) {
    const detail = await app.ask('entry', { seq });
    if (detail) details.push(detail);
  }
  return details;
};

/** Exports it, again where something was decided meanwhile, and gives what was shown then. */
const exportAtRest = async (app: TestApp): Promise<EntryDetail[]> => {
  const before = await detailsOf(app);
  await app.ask('exportHistory', { format: 'jsonl' });
  return isDeepStrictEqual(before, await detailsOf(app)) ? before : exportAtRest(app);
};

/** What is the same in both histories: what was admitted late has the number of its place in the other. */
const common = ({ entry, ...detail }: EntryDetail) => {
  const { importedAt, cameAfter, ...same } = entry;
  return { ...detail, entry: same };
};

test('everything that is shown of an entry is shown of it on a new computer, and that it was imported (H16)', async () => {
  await using app = await openApp({ provision });
  await deliverSamples(app);
  await deliverOddities(app);
  const notes = async () => (await timelineOf(app)).flatMap((entry) => entry.notes);
  // A chain reorganisation, a delivery from the quarantine, three entries under one id, and two times three by two grants.
  await expect.poll(notes).toHaveLength(11);
  const file = join(app.folder, 'all.jsonl');
  await app.choose(file);
  const before = await exportAtRest(app);
  const entries = before.map(({ entry }) => entry);
  expect(entries.filter(({ duplicates }) => duplicates > 1)).toHaveLength(2);
  expect(entries.filter(({ conflicts }) => conflicts)).toHaveLength(1);
  expect(entries.filter(({ seen }) => seen)).toHaveLength(3);

  await using another = await openApp({ provision });
  await another.choose(file);
  const from = another.now();
  expect(await another.ask('importHistory', undefined)).toMatchObject({
    ...{ status: 'done', entries: before.length, known: 0, rejected: 0 },
  });
  const check = async () => {
    const after = await detailsOf(another);
    for (const { entry } of after) expect(entry.importedAt).toBeGreaterThanOrEqual(from);
    expect(after.map(common)).toEqual(before.map(common));
  };
  await check();
  await another.restart();
  await check();

  const again = join(another.folder, 'again.jsonl');
  await another.choose(again);
  await another.ask('exportHistory', { format: 'jsonl' });
  expect(readFileSync(again, 'utf8')).toBe(readFileSync(file, 'utf8'));
});

/** Lines as an older Hookbell wrote them. */
const olderLine = (line: string) => {
  const { checked, notes, headerLines, ...older } = JSON.parse(line);
  return JSON.stringify(older);
};

test('of an older export nothing is claimed that it does not tell', async () => {
  await using app = await openApp({ provision });
  await app.deliver(recorded('kryptos/costbasis.failed.json', kryptos));
  await app.deliver(recorded('vezgo/SyncAccount.json', vezgoListed));
  const file = join(app.folder, 'all.jsonl');
  await app.choose(file);
  await app.ask('exportHistory', { format: 'jsonl' });
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  writeFileSync(file, lines.map(olderLine).join('\n'));

  await using another = await openApp({ provision });
  await another.choose(file);
  await another.ask('importHistory', undefined);
  const [trusted, verified] = await detailsOf(another);
  expect(verified?.entry.proof).toEqual({ status: 'verified', secret: null });
  expect(verified?.verification.checked).toContain(
    'It was made with a secret of this source; with which of them the export does not say.',
  );
  expect(trusted?.entry.proof).toEqual({
    ...{ status: 'trusted', clientId: 'not-told', address: 'not-told' },
  });
  expect(trusted?.verification.checked).toEqual(['The token in the URL is right.']);
  expect(trusted?.verification.unproven).toEqual(
    expect.arrayContaining([
      'Whether the client id was compared is not known: the export does not say.',
      "Whether the sender's address was checked is not known: the export does not say.",
    ]),
  );
  const masked = trusted?.headers.find(({ name }) => name === 'x-client-id');
  expect(masked).toEqual({ name: 'x-client-id', value: '', masked: true });
});

test('an event of a provider that is not known here is kept, and nothing of its masks is shown as sent', async () => {
  await using app = await openApp({ provision });
  await app.deliver(failed(1));
  const file = join(app.folder, 'all.jsonl');
  await app.choose(file);
  await app.ask('exportHistory', { format: 'jsonl' });
  const line = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, JSON.stringify({ ...line, provider: 'tomorrow', source: 'other' }));

  await using another = await openApp({ provision });
  await another.choose(file);
  expect(await another.ask('importHistory', undefined)).toMatchObject({
    ...{ status: 'done', entries: 1, unknownSources: 1 },
  });
  const [detail] = await detailsOf(another);
  expect(detail).toMatchObject({
    entry: { status: 'unrecognized', provider: 'tomorrow', type: 'integration.failed' },
    body: { text: failed(1).body },
  });
  expect(detail?.headers).toContainEqual({ name: 'x-webhook-signature', value: '', masked: true });
});

/** An export of so many events, made of one. */
const exportOf = async (app: TestApp, count: number): Promise<string> => {
  await app.deliver(failed(0));
  const file = join(app.folder, 'all.jsonl');
  await app.choose(file);
  await app.ask('exportHistory', { format: 'jsonl' });
  const line = JSON.parse(readFileSync(file, 'utf8'));
  const lines = Array.from({ length: count }, (_, index) =>
    JSON.stringify({ ...line, id: randomUUID(), body: failed(index).body }),
  );
  writeFileSync(file, lines.join('\n'));
  return file;
};

const many = 5000;

const idsIn = (file: string): string[] =>
  readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).id);

test('an import that is cancelled keeps what was read, says how much, and the same file is read on (H16)', async () => {
  await using app = await openApp({ provision });
  const file = await exportOf(app, many);

  await using another = await openApp({ provision });
  await another.choose(file);
  let isOver = false;
  const importing = another.ask('importHistory', undefined).finally(() => {
    isOver = true;
  });
  while (!isOver) {
    const { entries } = await another.ask('state', undefined);
    if (entries > 0) await another.ask('cancelTransfer', undefined);
    await nextTurn();
  }
  const cancelled = await importing;
  const { entries, importable, lastImport, transfer } = await another.ask('state', undefined);
  expect(entries).toBeLessThan(many);
  expect(cancelled).toEqual({
    ...{ status: 'cancelled', entries, known: 0, of: many, keptForDays: null },
  });
  expect({ importable, lastImport, transfer }).toEqual({
    ...{ importable: 'rest', lastImport: cancelled, transfer: null },
  });

  await another.killAndRestart();
  const restarted = await another.ask('state', undefined);
  expect(restarted).toMatchObject({ importable: 'rest', lastImport: { status: 'unfinished' } });
  await another.deliver(failed(99_999));
  await another.choose(file);

  const done = await another.ask('importHistory', undefined);
  expect(done).toMatchObject({ status: 'done', entries: many - entries, known: entries });
  expect(await another.ask('state', undefined)).toMatchObject({
    ...{ importable: null, lastImport: done, entries: many + 1 },
  });
  const imported = (await timelineOf(another)).filter((one) => one.importedAt !== undefined);
  expect(imported.map(({ id }) => id).reverse()).toEqual(idsIn(file));

  expect(await another.ask('importHistory', undefined)).toEqual({ status: 'not-empty' });
  await another.ask('dismissImport', undefined);
  expect((await another.ask('state', undefined)).lastImport).toBeNull();
});

test('a file that is no export reads nothing, and the state says so until it is forgotten', async () => {
  await using app = await openApp({ provision });
  const file = await exportOf(app, 3);
  await using another = await openApp({ provision });
  const told = async (path: string, result: object) => {
    await another.choose(path);
    expect(await another.ask('importHistory', undefined)).toEqual(result);
    expect(await another.ask('state', undefined)).toMatchObject({
      ...{ lastImport: result, importable: 'whole', entries: 0 },
    });
  };
  await told(join(app.folder, 'nowhere.jsonl'), { status: 'failed' });
  writeFileSync(file, `${readFileSync(file, 'utf8')}\n{"half`);
  await told(file, { status: 'unreadable', line: 4, fault: { what: 'no-entry' } });

  await another.ask('dismissImport', undefined);
  expect((await another.ask('state', undefined)).lastImport).toBeNull();
});

test('an export is taken with a byte-order mark, blank lines and other line ends (H16)', async () => {
  await using app = await openApp({ provision });
  const file = await exportOf(app, 3);
  const lines = readFileSync(file, 'utf8').split('\n');
  writeFileSync(file, `\uFEFF${lines.join('\r\n\r\n \t\r\n')}\r\n\n`);
  await using another = await openApp({ provision });
  await another.choose(file);
  expect(await another.ask('importHistory', undefined)).toMatchObject({
    ...{ status: 'done', entries: 3 },
  });
});

test.each([
  ['a date that is none', { receivedAt: 8_640_000_000_000_001 }, 'receivedAt'],
  ['a date before 1970', { receivedAt: -1 }, 'receivedAt'],
  ['a date after the year 9999', { receivedAt: 253_402_300_800_000 }, 'receivedAt'],
  ['a count beyond all counting', { repeats: Number.MAX_SAFE_INTEGER }, 'repeats'],
  ['a source that can be none', { source: '../../etc' }, 'source'],
  ['a body larger than any', { body: 'é'.repeat(1_100_000) }, 'body'],
  ['a header longer than any', { headers: { a: 'x'.repeat(40_000) } }, 'headers'],
])('a line with %s is refused by its number, and nothing is read (P6)', async (_, wrong, field) => {
  await using app = await openApp({ provision });
  const file = await exportOf(app, 2);
  const [first = '', second = ''] = readFileSync(file, 'utf8').split('\n');
  writeFileSync(file, `${first}\n\n${JSON.stringify({ ...JSON.parse(second), ...wrong })}\n`);
  await using another = await openApp({ provision });
  await another.choose(file);
  expect(await another.ask('importHistory', undefined)).toEqual({
    ...{ status: 'unreadable', line: 3, fault: { what: 'field', field } },
  });
  expect((await another.ask('state', undefined)).entries).toBe(0);
});

test('a line of 60 MB is refused by its number within a second or two (P6)', async () => {
  await using app = await openApp({ provision });
  const file = await exportOf(app, 1);
  writeFileSync(file, `${readFileSync(file, 'utf8')}\n"${'x'.repeat(60_000_000)}"\n`);
  await using another = await openApp({ provision });
  await another.choose(file);
  const startedAt = performance.now();
  expect(await another.ask('importHistory', undefined)).toEqual({
    ...{ status: 'unreadable', line: 2, fault: { what: 'too-long' } },
  });
  expect(performance.now() - startedAt).toBeLessThan(5000);
});
