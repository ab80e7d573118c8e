import { expect, test } from 'vitest';
import {
  kryptosDelivery,
  kryptosSource,
  simplehashSource,
  vezgoSource,
} from '../../bench/harness/deliveries.ts';
import type { TimelineEntry, TimelinePage } from '../../shared/timeline.ts';
import { openApp } from '../support/app.ts';
import { recorded } from '../support/fixtures.ts';
import type { TestApp } from '../support/test-app.ts';

const kryptos = kryptosSource('kryptos-main', { name: 'Tax office' });
const vezgo = vezgoSource();
const simplehash = simplehashSource('cold', { name: 'Cold wallet', secrets: [] });
const provision = { sources: [kryptos, vezgo, simplehash] };

/** Everything a search finds, newest first, asked for as the window does. */
const found = async (app: TestApp, query: string): Promise<TimelineEntry[]> => {
  const entries: TimelineEntry[] = [];
  let before: TimelinePage['before'] = null;
  do {
    const page: TimelinePage = await app.ask('timeline', { before, query });
    entries.push(...page.entries);
    before = page.before;
  } while (before !== null);
  return entries;
};
const titles = async (app: TestApp, query: string) =>
  (await found(app, query)).map((entry) =>
    entry.status === 'event' ? entry.event.title : entry.type,
  );

const failed = (name: string, id: string) =>
  kryptosDelivery(
    {
      id,
      event: 'integration.failed',
      timestamp: '2026-02-20T18:10:21.114Z',
      data: { uid: 'user_123', walletId: `wallet_${id}`, providerPublicName: name },
    },
    kryptos,
  );

const sample = async (app: TestApp) => {
  for (const delivery of [
    failed('Börse Zürich', 'whd_1'),
    failed('Kraken', 'whd_2'),
    kryptosDelivery({ id: 'whd_3', event: 'tax.report_ready', data: {} }, kryptos),
    recorded('vezgo/SyncAccount.json', vezgo),
    recorded('simplehash/wallet.inbound_transfer.unsigned.json', simplehash),
  ]) {
    expect((await app.deliver(delivery)).status).toBe(200);
  }
};

test('an event is found by its words, its names and its numbers, however they are written', async () => {
  await using app = await openApp({ provision });
  await sample(app);

  const [transfer] = await found(app, 'kind:nft.received');
  const detail = await app.ask('entry', { seq: transfer?.seq ?? 0 });
  const facts = detail?.facts ?? [];
  const hash = facts.flatMap((fact) =>
    fact.form === 'code' && fact.label === 'Transaction' ? [fact.value] : [],
  );

  expect(await titles(app, 'zurich')).toEqual(['Börse Zürich could not sync']);
  expect(await titles(app, '"KRAKEN could not"')).toEqual(['Kraken could not sync']);
  expect(await titles(app, 'wallet_whd_2')).toEqual(['Kraken could not sync']);
  expect(await titles(app, '"cold wallet"')).toEqual(['NFT bought for 0.0299 ETH']);
  expect(hash).toHaveLength(1);
  expect(await titles(app, hash[0] ?? '')).toEqual(['NFT bought for 0.0299 ETH']);
  expect(await titles(app, hash[0]?.toUpperCase().slice(20, 40) ?? '')).toEqual([
    'NFT bought for 0.0299 ETH',
  ]);
  expect(await titles(app, 'nobody')).toEqual([]);
});

test('filters narrow it down, two of one kind widen it, and a dash leaves out', async () => {
  await using app = await openApp({ provision });
  await sample(app);

  expect(await titles(app, 'is:failed')).toEqual([
    'Kraken could not sync',
    'Börse Zürich could not sync',
  ]);
  expect(await titles(app, 'is:failed -kraken')).toEqual(['Börse Zürich could not sync']);
  expect(await titles(app, 'is:unrecognized')).toEqual(['tax.report_ready']);
  expect(await found(app, 'provider:vezgo provider:simplehash')).toHaveLength(2);
  expect(await found(app, 'source:"Tax office"')).toHaveLength(3);
  expect(await found(app, 'after:1h')).toHaveLength(5);
  expect(await found(app, 'before:1h')).toEqual([]);
  expect(await found(app, 'before:2026-01-01')).toEqual([]);
});

test('what was read is no longer found as unread', async () => {
  await using app = await openApp({ provision });
  await sample(app);

  const [newest] = await found(app, 'is:unread');
  await app.ask('markSeen', { seqs: [newest?.seq ?? 0], seen: true });

  expect((await found(app, 'is:unread')).map(({ seq }) => seq)).toEqual([4, 3, 2, 1]);
});

test('what looks like a filter and is none is searched as text', async () => {
  await using app = await openApp({ provision });
  await sample(app);

  expect(await titles(app, 'foo:bar')).toEqual([]);
  expect(await titles(app, 'is:')).toHaveLength(5);
  expect(await titles(app, 'tax.report')).toEqual(['tax.report_ready']);
});

test('the whole history is searched, also after a restart, and nothing is missing or twice', async () => {
  await using app = await openApp({ provision });
  const numbers = Array.from({ length: 600 }, (_, index) => index);
  for (let from = 0; from < numbers.length; from += 50) {
    await Promise.all(
      numbers
        .slice(from, from + 50)
        .map((number) =>
          app.deliver(failed(number % 3 === 0 ? 'Kraken' : 'Gemini', `whd_${number}x`)),
        ),
    );
  }
  await app.restart();

  const all = await found(app, '');
  const kraken = await found(app, 'kraken');

  expect(all).toHaveLength(600);
  expect(kraken).toHaveLength(200);
  expect(kraken.map(({ seq }) => seq)).toEqual(
    kraken.map(({ seq }) => seq).toSorted((a, b) => b - a),
  );
  expect(await found(app, 'wallet_whd_0x')).toHaveLength(1);
});
