import { join } from 'node:path';
import { expect, test } from 'vitest';
import { kryptosDelivery, kryptosSource } from '../../bench/harness/deliveries.ts';
import type { MarkChange, MarkName } from '../../shared/marking.ts';
import type { TimelinePage } from '../../shared/timeline.ts';
import { openApp } from '../support/app.ts';
import type { TestApp } from '../support/test-app.ts';

const kryptos = kryptosSource();
const provision = { sources: [kryptos] };
const names = ['Kraken', 'Binance', 'Coinbase', 'Bitstamp'];

/** Four failed syncs, numbered from 1. */
const openWithFour = async (): Promise<TestApp> => {
  const app = await openApp({ provision });
  for (const [at, name] of names.entries()) {
    const sent = kryptosDelivery(
      {
        id: `whd_${at}`,
        event: 'integration.failed',
        timestamp: '2026-02-20T18:10:21.114Z',
        data: { uid: 'user_123', walletId: `wallet_${at}`, providerPublicName: name },
      },
      kryptos,
    );
    expect((await app.deliver(sent)).status).toBe(200);
  }
  return app;
};

/** All that a query finds, newest first. */
const found = async (app: TestApp, query = ''): Promise<number[]> => {
  const seqs: number[] = [];
  let before: TimelinePage['before'] = null;
  do {
    const page: TimelinePage = await app.ask('timeline', { before, query });
    seqs.push(...page.entries.map(({ seq }) => seq));
    before = page.before;
  } while (before !== null);
  return seqs;
};
const unseen = async (app: TestApp): Promise<number> => (await app.ask('state', undefined)).unseen;
const mark = (app: TestApp, name: MarkName, on: boolean, seq: number) =>
  app.ask('mark', { mark: name, on, ranges: [[seq, seq]] });
const undo = async (app: TestApp, changes: readonly MarkChange[]) => {
  for (const change of [...changes].reverse()) await app.ask('mark', { ...change, on: !change.on });
};

test('what is archived is read and leaves the timeline, is found by its words, and stays archived over a restart', async () => {
  await using app = await openWithFour();
  await mark(app, 'archived', true, 2);
  await app.restart();

  expect(await found(app)).toEqual([4, 3, 1]);
  expect(await unseen(app)).toBe(3);
  expect(await found(app, 'kind:sync.failed')).toEqual([4, 3, 1]);
  expect(await found(app, 'binance')).toEqual([2]);
  expect(await found(app, 'entries:1-2')).toEqual([2, 1]);
  expect(await found(app, 'binance -is:archived')).toEqual([]);
  expect(await found(app, 'is:archived')).toEqual([2]);
  expect((await app.ask('entry', { seq: 2 }))?.entry).toMatchObject({ archived: true, seen: true });
});

test('archiving undone is back as it was: in the timeline and unread', async () => {
  await using app = await openWithFour();
  const changes = await mark(app, 'archived', true, 2);
  await undo(app, changes);
  expect(await found(app)).toEqual([4, 3, 2, 1]);
  expect(await unseen(app)).toBe(4);
});

test('what is marked as unread comes out of the archive, so that no unread event is hidden', async () => {
  await using app = await openWithFour();
  await mark(app, 'archived', true, 2);
  const changes = await mark(app, 'seen', false, 2);
  expect(await found(app, 'is:unread')).toEqual([4, 3, 2, 1]);
  await undo(app, changes);
  expect(await found(app)).toEqual([4, 3, 1]);
  expect(await unseen(app)).toBe(3);
});

test('what is pinned is found as pinned over a restart, archived or not', async () => {
  await using app = await openWithFour();
  await mark(app, 'pinned', true, 1);
  await mark(app, 'pinned', true, 3);
  await mark(app, 'archived', true, 3);
  await app.restart();
  expect(await found(app, 'is:pinned')).toEqual([3, 1]);
  expect(await found(app, '-is:pinned')).toEqual([4, 2]);
  await mark(app, 'pinned', false, 3);
  expect(await found(app, 'is:pinned')).toEqual([1]);
});

test('mark all as read means what a search finds, and undone brings exactly those back', async () => {
  await using app = await openWithFour();
  await mark(app, 'seen', true, 4);
  const query = 'account:kraken is:failed';
  expect(await app.ask('countUnread', { query })).toBe(1);
  expect(await app.ask('countUnread', { query: 'kind:sync' })).toBe(3);

  const some = await app.ask('markAllSeen', { query });
  expect(some).toEqual([{ mark: 'seen', on: true, ranges: [[1, 1]] }]);
  expect(await found(app, 'is:unread')).toEqual([3, 2]);

  const all = await app.ask('markAllSeen', undefined);
  expect(await unseen(app)).toBe(0);
  await undo(app, all);
  expect(await found(app, 'is:unread')).toEqual([3, 2]);
  await undo(app, some);
  expect(await found(app, 'is:unread')).toEqual([3, 2, 1]);
});

test('an entry that is not in the history takes no mark', async () => {
  await using app = await openWithFour();
  expect(await app.ask('mark', { mark: 'pinned', on: true, ranges: [[4, 900]] })).toEqual([
    { mark: 'pinned', on: true, ranges: [[4, 4]] },
  ]);
});

test('marks go with an export into another history', async () => {
  await using app = await openWithFour();
  await mark(app, 'archived', true, 2);
  await mark(app, 'pinned', true, 3);
  const file = join(app.folder, 'marked.jsonl');
  await app.choose(file);
  await app.ask('exportHistory', { format: 'jsonl' });

  await using other = await openApp({ provision });
  await other.choose(file);
  expect(await other.ask('importHistory', undefined)).toMatchObject({ status: 'done' });
  expect(await found(other, 'is:archived')).toEqual([2]);
  expect(await found(other, 'is:pinned')).toEqual([3]);
  expect(await unseen(other)).toBe(3);
});
