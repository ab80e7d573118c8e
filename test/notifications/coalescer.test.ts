import { expect, test } from 'vitest';
import type { Showing } from '../../electron/notifications/notifier.ts';
import type { DetailLevel } from '../../shared/settings.ts';
import { createScene, recovered, failed as sync } from './support/scene.ts';

const scene = (detail: DetailLevel = 'full', answer: Showing = { status: 'shown' }) =>
  createScene({ detail, answer });

test('the first of a kind is shown at once, and a count replaces it when more follow within 10 s (N6)', async () => {
  const { notify, titles, decided, pass } = scene();
  for (const title of ['one', 'two', 'three']) notify({ title });
  expect(titles()).toEqual(['one']);

  await pass(10_000);

  expect(titles()).toEqual(['3 NFTs received']);
  expect(decided).toEqual([
    'one: shown',
    'two: shown, part of a count of 3',
    'three: shown, part of a count of 3',
  ]);
});

test('an announcement after more than 10 s is shown by itself', async () => {
  const { notify, titles, pass } = scene();
  notify({ title: 'one' });
  await pass(10_001);
  notify({ title: 'two' });
  expect(titles()).toEqual(['one', 'two']);
});

test('different kinds and sources are not coalesced', async () => {
  const { notify, titles } = scene();
  notify({ title: 'received' });
  notify({ title: 'sent', kind: 'nft.sent' });
  notify({ title: 'elsewhere', sourceId: 'another' });
  expect(titles()).toEqual(['received', 'sent', 'elsewhere']);
});

test('beyond ten in a minute the rest is one digest as soon as the budget admits it (N6)', async () => {
  const { notify, titles, shown, decided, pass } = scene();
  for (let index = 1; index <= 14; index += 1)
    notify({ title: `title ${index}`, sourceId: `source ${index}` });
  expect(titles()).toHaveLength(10);

  await pass(59_000);
  expect(shown).toHaveLength(10);
  await pass(2_000);

  expect(shown.at(-1)).toMatchObject({
    title: '4 NFTs received',
    opening: { what: 'entries', seqs: [11, 12, 13, 14] },
  });
  expect(decided).toHaveLength(14);
  expect(decided.at(-1)).toBe('title 14: shown, part of a digest of 4');
});

test('a clock that was set back delays nothing (A7)', async () => {
  const { notify, shown, pass, clock } = scene();
  for (let source = 1; source <= 10; source += 1) notify({ title: 'x', sourceId: `s${source}` });
  await pass(0);
  clock.setClock(-3_600_000);
  notify({ title: 'after', sourceId: 's11' });
  await pass(0);
  expect(shown.at(-1)?.title).toBe('after');
});

test('a click opens the event, and on a count exactly the events that it counts', async () => {
  const { notify, shown, pass } = scene();
  notify({ title: 'elsewhere', sourceId: 'another' });
  notify({ title: 'one' });
  notify({ title: 'two' });
  await pass(10_000);
  expect(shown.map(({ opening }) => opening)).toEqual([
    { what: 'entry', seq: 1 },
    { what: 'entry', seq: 2 },
    { what: 'entries', seqs: [2, 3] },
  ]);
});

test('of more than 500 events a click opens the newest 500, and says so', async () => {
  const { notify, shown, pass } = scene();
  for (let at = 1; at <= 800; at += 1) notify({ title: `${at}` });
  await pass(10_000);
  expect(shown.at(-1)?.opening).toEqual({
    what: 'entries',
    seqs: Array.from({ length: 500 }, (_, at) => at + 301),
    of: 800,
  });
});

test('a count and a digest can be marked read, and a failure can be snoozed as well', async () => {
  const { notify, shown, pass } = scene();
  notify(sync('Binance'));
  notify(sync('Kraken'));
  await pass(10_000);
  expect(shown.map(({ buttons }) => buttons)).toEqual([
    [
      { label: 'Snooze 1 h', press: { does: 'snooze', conditionId: 'Binance', ms: 3_600_000 } },
      { label: 'Until it works again', press: { does: 'acknowledge', conditionId: 'Binance' } },
      { label: 'Mark read', press: { does: 'mark-read', seqs: [1] } },
    ],
    [{ label: 'Mark read', press: { does: 'mark-read', seqs: [1, 2] } }],
  ]);
});

test('the event says that the system showed nothing', async () => {
  const { notify, decided, pass } = scene('full', { status: 'not-shown', why: 'refused' });
  notify({ title: 'one' });
  await pass(0);
  expect(decided).toEqual([
    'one: not shown, the system did not show it: it refused; it is tried again when the system shows notifications',
  ]);
});

test('a count shows no more detail than the person allows', async () => {
  const { notify, shown, pass } = scene('new-event');
  notify({ title: 'secret one' });
  notify({ title: 'secret two' });
  await pass(10_000);
  expect(shown.map(({ title, body }) => [title, body])).toEqual([
    ['New event', ''],
    ['2 new events', ''],
  ]);
});

test('announcements right after a gap are one digest, and later ones are shown as usual', async () => {
  const { notify, digestAfterGap, titles, shown, decided, pass } = scene();
  digestAfterGap('8 h out of reach');
  for (const title of ['one', 'two', 'three'])
    notify({ title, kind: 'sync.failed', sourceId: title });
  expect(titles()).toEqual([]);

  await pass(20_000);
  notify({ title: 'later' });

  expect(titles()).toEqual(['3 events after 8 h out of reach', 'later']);
  expect(shown[0]?.opening).toEqual({ what: 'entries', seqs: [1, 2, 3] });
  await pass(0);
  expect(decided).toContain('two: shown, part of a digest of 3 after a gap');
});

test('a single event after a gap is shown by itself', async () => {
  const { notify, digestAfterGap, titles, pass } = scene();
  digestAfterGap('5 min out of reach');
  notify({ title: 'one' });
  await pass(20_000);
  expect(titles()).toEqual(['one']);
});

const sent = { kind: 'nft.sent', title: 'NFT left your wallet' } as const;
const noise = (id: number) =>
  ({ kind: 'quarantine', title: `Deliveries are refused ${id}` }) as const;

test('a noisy source delays no grave announcement (N6)', async () => {
  const { notify, shown, pass } = scene();
  // Rejections between accepted deliveries open their condition again and again.
  for (let second = 0; second < 120; second += 1) {
    notify(noise(second));
    if (second === 70) notify({ ...sent, body: '#7 to 0x1234...abcd' });
    if (second === 90) notify({ ...sync('Binance'), sourceId: 'another', sourceName: 'Kryptos' });
    await pass(1000);
    if (second === 70) expect(shown.at(-1)?.title).toBe('NFT left your wallet');
    if (second === 90) expect(shown.at(-1)?.title).toBe('Binance could not sync');
  }
  expect(shown.filter(({ title }) => title.startsWith('Deliveries are')).length).toBeLessThan(9);
});

test('announcements about a source count as one source (N6)', async () => {
  const { notify, titles, shown, pass } = scene();
  for (let times = 0; times < 173; times += 1) notify(noise(times));
  await pass(10_000);
  expect(titles()).toEqual(['Deliveries are refused 172']);
  expect(shown.at(-1)?.silent).toBe(true);
});

test('accounts are counted, not the deliveries about them', async () => {
  const { notify, titles, shown, pass } = scene();
  for (const account of ['Binance', 'Kraken', 'Kraken', 'Binance'])
    notify(sync(account, { condition: undefined }));
  await pass(10_000);
  expect(titles()).toEqual(['2 accounts could not sync']);
  expect(shown.at(-1)).toMatchObject({ body: 'Binance, Kraken\nSimpleHash', silent: false });
});

test('a count of simulated events says so', async () => {
  const { notify, shown, pass } = scene();
  for (const title of ['one', 'two']) notify({ title, simulated: true });
  await pass(10_000);
  expect(shown.at(-1)?.body).toBe('Newest: two\nSimpleHash · simulated');
});

test('a digest names the gravest first and every grave kind, and is as loud as the gravest (N6)', async () => {
  const { notify, digestAfterGap, shown, pass } = scene();
  digestAfterGap('8 h out of reach');
  notify({ kind: 'costbasis.completed', title: 'Gains and losses are up to date' });
  notify({ kind: 'sync.recovered', title: 'Gemini works again', quiet: true });
  for (const account of ['Binance', 'Kraken']) notify(sync(account));
  notify({ ...sent, simulated: true });
  await pass(20_000);
  expect(shown).toMatchObject([
    {
      title: '5 events after 8 h out of reach',
      body: '2 accounts could not sync: Binance, Kraken; NFT left your wallet; Gains and losses are up to date; Gemini works again\nSimpleHash · 1 simulated',
      silent: false,
      urgency: 'normal',
    },
  ]);
});

test('a digest of quiet announcements is quiet', async () => {
  const { notify, digestAfterGap, shown, pass } = scene();
  digestAfterGap('1 h out of reach');
  for (const title of ['Binance works again', 'Kraken works again'])
    notify({ kind: 'sync.recovered', title, quiet: true });
  await pass(20_000);
  expect(shown).toMatchObject([{ silent: true, urgency: 'low' }]);
});

test('a digest names every grave kind, whatever the length of the texts (N5, N6)', async () => {
  const { notify, digestAfterGap, shown, pass } = scene();
  digestAfterGap('8 h out of reach');
  const long = 'x'.repeat(70);
  notify({ kind: 'run.failed', title: `Run ${long}` });
  notify(sync(`Binance ${long}`));
  notify({ kind: 'nft.sent', title: `NFT sent ${long}` });
  notify({ kind: 'nft.received', title: `NFT received ${long}` });
  await pass(20_000);
  expect(shown[0]?.body).toBe(
    'Recalculation failed; Sync failed: Binance xxxxxxxxxxx…; NFT sent; NFT received\nSimpleHash',
  );
});

test('a digest shows no more detail than the person allows', async () => {
  for (const [detail, body] of [
    ['type-only', 'Sync failed; NFT received\nSimpleHash'],
    ['new-event', ''],
  ] as const) {
    const { notify, digestAfterGap, shown, pass } = scene(detail);
    digestAfterGap('8 h out of reach');
    notify(sync('Binance'));
    notify({ title: 'NFT received' });
    await pass(20_000);
    expect(shown[0]?.body).toBe(body);
  }
});

test('a grave announcement that the system did not show is tried again once the system shows one (N9)', async () => {
  const { notify, titles, decided, pass, answersWith } = scene('full', {
    status: 'not-shown',
    why: 'no-answer',
  });
  notify(sync('Binance'));
  notify({ kind: 'nft.moved', title: 'NFT moved' });
  notify(sent);
  await pass(0);
  expect(titles()).toEqual([]);

  answersWith({ status: 'shown' });
  await pass(60_000);
  notify({ title: 'NFT received', sourceId: 'another' });
  await pass(0);

  expect(titles()).toEqual(['NFT received', 'Binance could not sync, and 1 more']);
  expect(decided.slice(-2)).toEqual([
    'Binance could not sync: shown, part of a digest of 2',
    'NFT left your wallet: shown, part of a digest of 2',
  ]);
});

test('an announcement is tried at most twice, and only the newest 20 are tried again', async () => {
  const { notify, titles, decided, pass, answersWith, again } = scene('full', {
    status: 'not-shown',
    why: 'no-answer',
  });
  for (let index = 1; index <= 25; index += 1) {
    notify(sync(`Account ${index}`, { sourceId: `source ${index}` }));
    await pass(10_000);
  }
  answersWith({ status: 'shown' });
  await pass(60_000);
  again();
  await pass(0);
  expect(titles()).toEqual(['20 accounts could not sync']);

  answersWith({ status: 'not-shown', why: 'no-answer' });
  notify(sent);
  await pass(0);
  again();
  await pass(0);
  answersWith({ status: 'shown' });
  again();
  await pass(60_000);
  expect(titles()).toHaveLength(1);
  expect(decided.at(-1)).toBe(
    'NFT left your wallet: not shown, the system did not show it: its notification service did not answer',
  );
});

test('a held back announcement says so, and is part of a digest when the system shows notifications again (N8)', async () => {
  const { notify, titles, decided, pass, answersWith, again } = scene('full', { status: 'held' });
  notify({ kind: 'costbasis.completed', title: 'Gains and losses are up to date' });
  notify(sync('Binance'));
  await pass(0);
  expect(decided).toEqual([
    'Gains and losses are up to date: not shown, held: the system holds notifications back; a digest follows when it shows them again (system)',
    'Binance could not sync: not shown, held: the system holds notifications back; a digest follows when it shows them again (system)',
  ]);

  answersWith({ status: 'shown' });
  again();
  await pass(0);
  expect(titles()).toEqual(['2 events while the system held notifications back']);
});

test('a recovery is tried again in the place of its failure, and no other', async () => {
  const { notify, titles, decided, pass, answersWith, again } = scene('full', {
    status: 'not-shown',
    why: 'no-service',
  });
  notify(sync('Binance'));
  await pass(0);
  notify(recovered('Binance'));
  notify(recovered('Kraken', { sourceId: 'another' }));
  await pass(60_000);

  answersWith({ status: 'shown' });
  again();
  await pass(0);
  expect(titles()).toEqual(['Binance works again, after 3 h']);
  expect(decided).toContain('Binance could not sync: not shown, it was over before it was shown');
});

test('the digest after a sleep includes what was pending before it', async () => {
  const { notify, digestAfterGap, titles, pass } = scene();
  for (let index = 1; index <= 12; index += 1)
    notify(sync(`Account ${index}`, { sourceId: `source ${index}` }));
  notify(sync('Account 13', { sourceId: 'source 1' }));
  await pass(0);
  expect(titles()).toHaveLength(10);

  digestAfterGap('8 h out of reach');
  notify(sync('Binance'));
  await pass(20_000);
  expect(titles().slice(10)).toEqual(['4 events after 8 h out of reach']);
  await pass(120_000);
  expect(titles()).toHaveLength(11);
});

test('40,000 deferred announcements become one digest in linear time (N6, P7)', async () => {
  const { notify, titles, clock, shown } = scene();
  const kinds = ['nft.sent', 'nft.received', 'sync.failed'] as const;
  const startedAt = performance.now();
  for (let each = 0; each < 40_000; each += 1) {
    notify({ title: `number ${each}`, kind: kinds[each % 3] ?? 'nft.sent' });
    if (each % 1000 === 0) clock.setForward(1000);
  }
  clock.setForward(120_000);
  await new Promise(setImmediate);
  // Copying the list for each took 20 s.
  expect(performance.now() - startedAt).toBeLessThan(10_000);
  expect(titles().length).toBeGreaterThan(0);
  expect(shown.length).toBeLessThan(40);
});
