import { expect, test } from 'vitest';
import {
  type Announcement,
  createTeller,
  type NativeNotification,
  type Showing,
} from '../../electron/notify/teller.ts';
import type { DetailLevel } from '../../shared/settings.ts';
import { createClock } from '../support/memory.ts';

const scene = (detail: DetailLevel = 'full', answer: Showing = { status: 'shown' }) => {
  const clock = createClock();
  const onScreen: NativeNotification[] = [];
  const shown: NativeNotification[] = [];
  const decided: string[] = [];
  let answers = answer;
  let again = () => {};
  const withdraw = (id: string) => {
    const at = onScreen.findIndex((one) => one.id === id);
    if (at >= 0) onScreen.splice(at, 1);
  };
  const teller = createTeller({
    later: clock.later,
    now: clock.now,
    detail: () => detail,
    commit: () => {},
    notifier: {
      show: async (notification) => {
        if (answers.status !== 'shown') return answers;
        shown.push(notification);
        withdraw(notification.id);
        onScreen.push(notification);
        return answers;
      },
      withdraw,
      onAgain: (listener) => {
        again = listener;
      },
    },
  });
  const tell = (changed: Partial<Announcement> & { title: string }) =>
    teller.tell({
      kind: 'nft.received',
      sourceId: 'source',
      sourceName: 'SimpleHash',
      body: '',
      quiet: false,
      simulated: false,
      opening: { what: 'entry', seq: 1 },
      decided: (wasShown, how) =>
        decided.push(
          `${changed.title}: ${wasShown ? 'shown' : 'not shown'}${how === null ? '' : `, ${how}`}`,
        ),
      ...changed,
    });
  const titles = () => onScreen.map(({ title }) => title);
  /** Lets promises of the notifier settle, and the time pass. */
  const pass = async (ms: number) => {
    await new Promise(setImmediate);
    clock.setForward(ms);
    await new Promise(setImmediate);
  };
  const answersWith = (changed: Showing) => {
    answers = changed;
  };
  return {
    ...teller,
    tell,
    titles,
    shown,
    decided,
    pass,
    clock,
    answersWith,
    again: () => again(),
  };
};

test('the first of a kind shows at once, what follows within 10 seconds replaces it by a count (N6)', async () => {
  const { tell, titles, decided, pass } = scene();
  for (const title of ['one', 'two', 'three']) tell({ title });
  expect(titles()).toEqual(['one']);

  await pass(10_000);

  expect(titles()).toEqual(['3 NFTs received']);
  expect(decided).toEqual([
    'one: shown',
    'two: shown, folded into one that counts 3',
    'three: shown, folded into one that counts 3',
  ]);
});

test('what comes later than 10 seconds is news of its own', async () => {
  const { tell, titles, pass } = scene();
  tell({ title: 'one' });
  await pass(10_001);
  tell({ title: 'two' });
  expect(titles()).toEqual(['one', 'two']);
});

test('kinds and sources do not fold into each other', async () => {
  const { tell, titles } = scene();
  tell({ title: 'received' });
  tell({ title: 'sent', kind: 'nft.sent' });
  tell({ title: 'elsewhere', sourceId: 'another' });
  expect(titles()).toEqual(['received', 'sent', 'elsewhere']);
});

test('beyond ten in a minute the rest comes as one digest when there is room again (N6)', async () => {
  const { tell, titles, shown, decided, pass } = scene();
  for (let index = 1; index <= 14; index += 1)
    tell({ title: `title ${index}`, sourceId: `source ${index}` });
  expect(titles()).toHaveLength(10);

  await pass(59_000);
  expect(shown).toHaveLength(10);
  await pass(2_000);

  expect(shown.at(-1)).toMatchObject({
    title: '4 NFTs received',
    opening: { what: 'page', page: 'timeline' },
  });
  expect(decided).toHaveLength(14);
  expect(decided.at(-1)).toBe('title 14: shown, part of a digest of 4');
});

test('a clock that was set back holds nothing up (A7)', async () => {
  const { tell, shown, pass, clock } = scene();
  for (let source = 1; source <= 10; source += 1) tell({ title: 'x', sourceId: `s${source}` });
  await pass(0);
  clock.skip(-3_600_000);
  tell({ title: 'after', sourceId: 's11' });
  await pass(0);
  expect(shown.at(-1)?.title).toBe('after');
});

test('a click on one leads to its event, on a count to the timeline', async () => {
  const { tell, shown, pass } = scene();
  tell({ title: 'one', opening: { what: 'entry', seq: 7 } });
  tell({ title: 'two' });
  await pass(10_000);
  expect(shown.map(({ opening }) => opening)).toEqual([
    { what: 'entry', seq: 7 },
    { what: 'page', page: 'timeline' },
  ]);
});

test('a system that shows nothing is said on the event', async () => {
  const { tell, decided, pass } = scene('full', { status: 'not-shown', why: 'refused' });
  tell({ title: 'one' });
  await pass(0);
  expect(decided).toEqual([
    'one: not shown, the system did not show it: it refused; it is tried again when the system shows notifications',
  ]);
});

test('a count tells no more than the person allows', async () => {
  const { tell, shown, pass } = scene('new-event');
  tell({ title: 'secret one' });
  tell({ title: 'secret two' });
  await pass(10_000);
  expect(shown.map(({ title, body }) => [title, body])).toEqual([
    ['New event', ''],
    ['2 new events', ''],
  ]);
});

test('what comes right after a gap is one digest, and what comes later is told as ever', async () => {
  const { tell, gather, titles, shown, decided, pass } = scene();
  gather('8 h out of reach');
  for (const title of ['one', 'two', 'three'])
    tell({ title, kind: 'sync.failed', sourceId: title });
  expect(titles()).toEqual([]);

  await pass(20_000);
  tell({ title: 'later' });

  expect(titles()).toEqual(['3 events after 8 h out of reach', 'later']);
  expect(shown[0]?.opening).toEqual({ what: 'page', page: 'timeline' });
  await pass(0);
  expect(decided).toContain('two: shown, part of a digest of 3 after a gap');
});

test('a single event after a gap is told as itself', async () => {
  const { tell, gather, titles, pass } = scene();
  gather('5 min out of reach');
  tell({ title: 'one' });
  await pass(20_000);
  expect(titles()).toEqual(['one']);
});

const sync = (account: string, changed: Partial<Announcement> = {}) => ({
  kind: 'sync.failed' as const,
  title: `${account} could not sync`,
  thing: account,
  accountName: account,
  ...changed,
});
const sent = { kind: 'nft.sent', title: 'NFT left your wallet' } as const;
const noise = (id: number) =>
  ({ kind: 'quarantine', title: `Deliveries are refused ${id}` }) as const;

test('noise of a source holds up nothing grave of it or of another (N6)', async () => {
  const { tell, shown, pass } = scene();
  // Rejections between accepted deliveries open their condition again and again.
  for (let second = 0; second < 120; second += 1) {
    tell(noise(second));
    if (second === 70) tell({ ...sent, body: '#7 to 0x1234...abcd' });
    if (second === 90) tell({ ...sync('Binance'), sourceId: 'another', sourceName: 'Kryptos' });
    await pass(1000);
    if (second === 70) expect(shown.at(-1)?.title).toBe('NFT left your wallet');
    if (second === 90) expect(shown.at(-1)?.title).toBe('Binance could not sync');
  }
  expect(shown.filter(({ title }) => title.startsWith('Deliveries are')).length).toBeLessThan(9);
});

test('what happens to one source is counted as one source (N6)', async () => {
  const { tell, titles, shown, pass } = scene();
  for (let times = 0; times < 173; times += 1) tell(noise(times));
  await pass(10_000);
  expect(titles()).toEqual(['Deliveries are refused 172']);
  expect(shown.at(-1)?.silent).toBe(true);
});

test('accounts are counted, not the deliveries about them', async () => {
  const { tell, titles, shown, pass } = scene();
  for (const account of ['Binance', 'Kraken', 'Kraken', 'Binance']) tell(sync(account));
  await pass(10_000);
  expect(titles()).toEqual(['2 accounts could not sync']);
  expect(shown.at(-1)).toMatchObject({ body: 'Binance, Kraken\nSimpleHash', silent: false });
});

test('a count says that it is of simulated events', async () => {
  const { tell, shown, pass } = scene();
  for (const title of ['one', 'two']) tell({ title, simulated: true });
  await pass(10_000);
  expect(shown.at(-1)?.body).toBe('Newest: two\nSimpleHash · simulated');
});

test('a digest names its gravest first and every grave kind, and is as loud as the gravest (N6)', async () => {
  const { tell, gather, shown, pass } = scene();
  gather('8 h out of reach');
  tell({ kind: 'costbasis.completed', title: 'Gains and losses are up to date' });
  tell({ kind: 'sync.recovered', title: 'Gemini works again', quiet: true });
  for (const account of ['Binance', 'Kraken']) tell(sync(account));
  tell({ ...sent, simulated: true });
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

test('a digest of quiet ones is quiet', async () => {
  const { tell, gather, shown, pass } = scene();
  gather('1 h out of reach');
  for (const title of ['Binance works again', 'Kraken works again'])
    tell({ kind: 'sync.recovered', title, quiet: true });
  await pass(20_000);
  expect(shown).toMatchObject([{ silent: true, urgency: 'low' }]);
});

test('however long the words are, every grave kind is named in a digest (N5, N6)', async () => {
  const { tell, gather, shown, pass } = scene();
  gather('8 h out of reach');
  const long = 'x'.repeat(70);
  tell({ kind: 'run.failed', title: `Run ${long}` });
  tell(sync(`Binance ${long}`));
  tell({ kind: 'nft.sent', title: `NFT sent ${long}` });
  tell({ kind: 'nft.received', title: `NFT received ${long}` });
  await pass(20_000);
  expect(shown[0]?.body).toBe(
    'Recalculation failed; Sync failed; NFT sent; NFT received\nSimpleHash',
  );
});

test('a digest tells no more than the person allows', async () => {
  for (const [detail, body] of [
    ['type-only', 'Sync failed; NFT received\nSimpleHash'],
    ['new-event', ''],
  ] as const) {
    const { tell, gather, shown, pass } = scene(detail);
    gather('8 h out of reach');
    tell(sync('Binance'));
    tell({ title: 'NFT received' });
    await pass(20_000);
    expect(shown[0]?.body).toBe(body);
  }
});

test('a grave one that the system did not show is told once it shows again (N9)', async () => {
  const { tell, titles, decided, pass, answersWith } = scene('full', {
    status: 'not-shown',
    why: 'no-answer',
  });
  tell(sync('Binance'));
  tell({ kind: 'nft.moved', title: 'NFT moved' });
  tell(sent);
  await pass(0);
  expect(titles()).toEqual([]);

  answersWith({ status: 'shown' });
  await pass(60_000);
  tell({ title: 'NFT received', sourceId: 'another' });
  await pass(0);

  expect(titles()).toEqual(['NFT received', 'Binance could not sync, and 1 more']);
  expect(decided.slice(-2)).toEqual([
    'Binance could not sync: shown, part of a digest of 2',
    'NFT left your wallet: shown, part of a digest of 2',
  ]);
});

test('what the system did not show the second time is not tried a third time, and only the newest 20 are tried again', async () => {
  const { tell, titles, decided, pass, answersWith, again } = scene('full', {
    status: 'not-shown',
    why: 'no-answer',
  });
  for (let index = 1; index <= 25; index += 1) {
    tell(sync(`Account ${index}`, { sourceId: `source ${index}` }));
    await pass(10_000);
  }
  answersWith({ status: 'shown' });
  await pass(60_000);
  again();
  await pass(0);
  expect(titles()).toEqual(['20 accounts could not sync']);

  answersWith({ status: 'not-shown', why: 'no-answer' });
  tell(sent);
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

test('what the system holds back says so, and is told as a digest when it shows again (N8)', async () => {
  const { tell, titles, decided, pass, answersWith, again } = scene('full', { status: 'held' });
  tell({ kind: 'costbasis.completed', title: 'Gains and losses are up to date' });
  tell(sync('Binance'));
  await pass(0);
  expect(decided).toEqual([
    'Gains and losses are up to date: not shown, the system holds notifications back; a digest follows when it shows them again',
    'Binance could not sync: not shown, the system holds notifications back; a digest follows when it shows them again',
  ]);

  answersWith({ status: 'shown' });
  again();
  await pass(0);
  expect(titles()).toEqual(['Binance could not sync, and 1 more']);
});

test('a recovery is tried again with its failure, so that the failure does not stand alone', async () => {
  const { tell, shown, pass, answersWith, again } = scene('full', {
    status: 'not-shown',
    why: 'no-service',
  });
  const recovered = { kind: 'sync.recovered', quiet: true } as const;
  tell(sync('Binance'));
  await pass(0);
  tell({ ...recovered, title: 'Binance works again', thing: 'Binance' });
  tell({ ...recovered, title: 'Kraken works again', thing: 'Kraken', sourceId: 'another' });
  await pass(60_000);

  answersWith({ status: 'shown' });
  again();
  await pass(0);
  expect(shown).toMatchObject([
    { title: 'Binance could not sync, and 1 more', body: 'Binance works again\nSimpleHash' },
  ]);
});

test('what waited before a sleep is in the one digest after it', async () => {
  const { tell, gather, titles, pass } = scene();
  for (let index = 1; index <= 12; index += 1)
    tell(sync(`Account ${index}`, { sourceId: `source ${index}` }));
  tell(sync('Account 13', { sourceId: 'source 1' }));
  await pass(0);
  expect(titles()).toHaveLength(10);

  gather('8 h out of reach');
  tell(sync('Binance'));
  await pass(20_000);
  expect(titles().slice(10)).toEqual(['4 events after 8 h out of reach']);
  await pass(120_000);
  expect(titles()).toHaveLength(11);
});

test('40,000 that the budget does not admit are told as one digest, and take no longer for being many (N6, P7)', async () => {
  const { tell, titles, clock, shown } = scene();
  const kinds = ['nft.sent', 'nft.received', 'sync.failed'] as const;
  const startedAt = performance.now();
  for (let each = 0; each < 40_000; each += 1) {
    tell({ title: `number ${each}`, kind: kinds[each % 3] ?? 'nft.sent' });
    if (each % 1000 === 0) clock.setForward(1000);
  }
  clock.setForward(120_000);
  await new Promise(setImmediate);
  // It took 20 s when each was added to a new list.
  expect(performance.now() - startedAt).toBeLessThan(10_000);
  expect(titles().length).toBeGreaterThan(0);
  expect(shown.length).toBeLessThan(40);
});
