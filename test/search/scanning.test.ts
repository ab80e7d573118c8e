import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { confStore } from '../../bench/harness/conf-store.ts';
import { openFolder } from '../../electron/edges/folder.ts';
import { segmentFile } from '../../electron/history/log/segments.ts';
import { rawSearch, searchFor } from '../../electron/history/search.ts';
import { codeFact } from '../../electron/providers/event-text.ts';
import { serializeChecked } from '../../electron/storage/checked-json.ts';
import type { Reading } from '../../shared/event.ts';
import { matcherOf } from '../../shared/matching.ts';
import { parseQuery } from '../../shared/query.ts';
import type { TimelineEntry, TimelinePage } from '../../shared/timeline.ts';
import { historyIn, listener } from '../history/support/history.ts';
import { day, entryOf, minute, noon } from '../renderer/entries.ts';
import { anyBody, anyEvent, type Body, quoted, wordsOf } from './events.ts';

const names = {
  sources: [
    { id: 'main', name: 'Main account' },
    { id: 'cold', name: 'Kalte Börse' },
  ],
  providers: [{ id: 'kryptos', name: 'Kryptos' }],
};

let path = '';
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'hookbell-search-'));
});
afterEach(() => rmSync(path, { recursive: true, force: true }));

const open = () =>
  historyIn(openFolder(path, confStore), listener().telling, () => noon, {
    factsOf: ({ body }) =>
      codeFact('Transaction', 'text' in body ? JSON.parse(body.text).transaction : null),
    retention: () => ({ days: 3650, entries: 100_000, bytes: 1024 ** 3 }),
  });
type History = Awaited<ReturnType<typeof open>>;

const exchanges = ['Binance', 'Kraken', 'Börse Zürich', 'بورصة دبي'];
const readingOf = (number: number): Reading => {
  if (number % 97 === 0) return { status: 'unrecognized', type: 'tax.ready' };
  const failed = number % 5 === 0;
  const name = exchanges[number % exchanges.length] ?? '';
  const { event } = entryOf({
    kind: failed ? 'sync.failed' : 'sync.completed',
    title: failed ? `${name} could not sync` : `${name} synced`,
  });
  return { status: 'event', event };
};

/** A history of so many deliveries, one a minute, the last at noon. */
const filled = async (count: number): Promise<History> => {
  const history = await open();
  const records = Array.from({ length: count }, (_, index) =>
    history.record({
      id: randomUUID(),
      receivedAt: noon - (count - 1 - index) * minute,
      sourceId: index % 7 === 0 ? 'cold' : 'main',
      provider: 'kryptos',
      headers: [],
      body: {
        text: JSON.stringify({
          note: 'only the payload says this',
          transaction: `0x${String(index).padStart(64, 'f')}`,
        }),
      },
      proof: { status: 'verified', secret: 0 },
      simulated: index % 11 === 0,
      reading: readingOf(index),
      keys: [{ id: `delivery ${index}`, version: '', differing: 'conflict', withinMs: null }],
    }),
  );
  await Promise.all(records);
  return history;
};

const search = (text: string, now = () => noon) => searchFor(parseQuery(text, noon), names, now);

/** A clock on which everything takes longer than anyone waits. */
const slow = () => {
  let at = noon;
  return () => {
    at += 1000;
    return at;
  };
};

const pagesOf = async (history: History, asked: Parameters<History['page']>[1]) => {
  const pages: TimelineEntry[][] = [];
  let before: TimelinePage['before'] = null;
  do {
    const page: Awaited<ReturnType<History['page']>> = await history.page(before, asked);
    pages.push(page.entries);
    before = page.before;
  } while (before !== null);
  return pages;
};
const seqsOf = (pages: TimelineEntry[][]) => pages.flat().map(({ seq }) => seq);

test('without a question the pages are full, and nothing is missing or twice', async () => {
  const history = await filled(700);
  const pages = await pagesOf(history, null);
  expect(pages.map(({ length }) => length)).toEqual([200, 200, 200, 100]);
  expect(seqsOf(pages)).toEqual(Array.from({ length: 700 }, (_, index) => 700 - index));
  await history.close();
});

test('a search for the entries of a notification looks at their slices alone', async () => {
  const history = await filled(1500);
  const pages = await pagesOf(history, search('entries:600-605,610', slow()));
  expect(pages.map((page) => page.map(({ seq }) => seq))).toEqual([
    [610, 605, 604, 603, 602, 601, 600],
  ]);
  const { before } = await history.page(null, search('is:failed', slow()));
  expect(before).not.toBeNull();
  await history.close();
});

test.each([
  'binance',
  'zurich',
  'ZÜRICH',
  'بورصة',
  '"kalte borse" is:failed',
  'kind:sync.failed -kraken',
  'provider:kryptos source:cold',
  'is:unrecognized',
  '"does not know"',
  'is:simulated',
  'after:2026-11-21 before:2026-11-22',
  'entries:5,300-310,640',
  '-entries:20-600',
  'after:2h',
  'before:10h',
  `0x${'f'.repeat(61)}123`,
  'f0042',
  'nowhere',
  '"only the payload says this"',
  'a"b',
])(
  '%s finds the same whether it is searched in one go or in slices, newest first',
  async (text) => {
    const history = await filled(700);
    await history.close();
    const reopened = await open();
    const fits = matcherOf(parseQuery(text, noon), names);
    const fitting: number[] = [];
    for await (const { entry, facts } of reopened.oldestFirst())
      if (fits(entry, facts)) fitting.unshift(entry.seq);

    expect(seqsOf(await pagesOf(reopened, search(text)))).toEqual(fitting);
    const slices = await pagesOf(reopened, search(text, slow()));
    expect(seqsOf(slices)).toEqual(fitting);
    expect(slices.length).toBeGreaterThan(2);
    await reopened.close();
  },
);

test('a page that takes too long comes back with what is there and goes on from there', async () => {
  const history = await filled(700);
  const first = await history.page(null, search('binance', slow()));
  expect(first.entries.length).toBeGreaterThan(0);
  expect(first.entries.length).toBeLessThan(175);
  expect(first.before?.seq).toBeGreaterThan(1);
  await history.close();
});

test('a newer question ends the older one, which loses nothing by it', async () => {
  const history = await filled(1000);
  const older = history.page(null, search('nowhere'));
  const newer = history.page(null, search('binance'));
  expect((await older).before).not.toBeNull();
  expect((await newer).entries).toHaveLength(200);
  expect((await history.page((await older).before, search('nowhere'))).before).toBeNull();
  await history.close();
});

test('a damaged segment costs what was in it, and the search goes on', async () => {
  const history = await filled(700);
  await history.close();
  const [segment = ''] = readdirSync(path).filter((name) => /^seg-\d+\.json$/.test(name));
  const reopened = await open();
  truncateSync(join(path, segment), 1000);
  const found = seqsOf(await pagesOf(reopened, search('is:failed')));
  expect(found.length).toBeGreaterThan(50);
  expect(Math.min(...found)).toBeGreaterThan(256);
  await reopened.close();
});

/** A sealed segment's file, as it lies on the disk. */
const fileOf = (entries: readonly TimelineEntry[], bodies: readonly Body[] = []): Uint8Array => {
  const records = entries.map(({ status, seq, ...rest }, place) => {
    const {
      seen: _seen,
      duplicates: _duplicates,
      notes: _notes,
      notification: _told,
      ...arrival
    } = rest;
    const reading = 'event' in arrival ? { status, event: arrival.event } : { status, ...arrival };
    return { seq, ...arrival, body: { text: bodies[place]?.text ?? '' }, reading };
  });
  return Buffer.from(
    serializeChecked(
      segmentFile(
        1,
        records.map((one) => Buffer.from(JSON.stringify(one))),
      ),
    ),
  );
};

const anyQuery = (words: readonly string[]) =>
  fc
    .array(
      fc.oneof(
        fc.constantFrom(...words.map(quoted), 'x'),
        fc.constantFrom('kind:nft', 'is:failed', 'is:simulated', 'after:2026-11-21', 'before:1d'),
        fc.constantFrom(
          'source:main',
          'source:cold',
          'provider:kry',
          'provider:none',
          '-a',
          '-kind:run',
        ),
      ),
      { minLength: 1, maxLength: 3 },
    )
    .map((parts) => parts.join(' '));

test('the look at the raw bytes never says no to a segment that holds what is looked for', () => {
  const anySegment = fc.array(fc.tuple(anyEvent, anyBody), { minLength: 1, maxLength: 3 });
  const both = anySegment.chain((told) =>
    fc.tuple(
      fc.constant(told),
      anyQuery(told.flatMap(([event, { facts }]) => wordsOf(event, facts))),
    ),
  );
  fc.assert(
    fc.property(both, fc.boolean(), ([told, text], simulated) => {
      const bodies = told.map(([, body]) => body);
      const entries = told.map(([event], place) =>
        entryOf(event, { seq: place + 1, simulated, receivedAt: noon - place * day }),
      );
      const query = parseQuery(text, noon);
      const mayHold = rawSearch(query, names);
      const fits = matcherOf(query, names);
      const holds = entries.some((entry, place) => fits(entry, () => bodies[place]?.facts ?? []));
      if (!mayHold || !holds) return;
      expect(mayHold(fileOf(entries, bodies)), text).toBe(true);
    }),
    { numRuns: 3000 },
  );
});

test.each(['nowhere', 'kind:nft', 'is:simulated', 'after:2026-12-01', 'source:cold', 'zürich'])(
  'it says no to %s where that is not, without parsing anything',
  (text) => {
    const mayHold = rawSearch(parseQuery(text, noon), names);
    expect(mayHold?.(fileOf([entryOf({ summary: 'Schlüssel abgelehnt' })]))).toBe(false);
  },
);

test('it says yes to words that stand further apart in the body than in the fact', () => {
  const body = { text: '{"reason":"refused  by Binance"}', facts: [] };
  const mayHold = rawSearch(parseQuery('"refused by"', noon), names);
  expect(mayHold?.(fileOf([entryOf()], [body]))).toBe(true);
});
