import { describe, expect, test } from 'vitest';
import { type Hold, heldWords } from '../../electron/notifications/hold.ts';
import { createScene, failed, recovered } from './support/scene.ts';

const hour = 3_600_000;
const paused: Hold = { why: 'paused', until: null, admitsGrave: false };
const quiet: Hold = { why: 'quiet-hours', until: null, admitsGrave: false };
const basis = (title = 'Gains and losses are up to date') => ({
  kind: 'costbasis.completed' as const,
  title,
});

test('what comes during a hold is held, its record says so at once, and one digest follows', async () => {
  const { notify, titles, shown, decided, holdIs, pass } = createScene();
  holdIs(quiet);
  notify(basis());
  notify(failed('Binance'));
  await pass(hour);
  expect(titles()).toEqual([]);
  expect(decided).toEqual([
    'Gains and losses are up to date: not shown, held: quiet hours (quiet-hours)',
    'Binance could not sync: not shown, held: quiet hours (quiet-hours)',
  ]);

  holdIs(null);
  await pass(0);
  expect(shown).toMatchObject([
    {
      title: '2 events during quiet hours',
      body: 'Binance could not sync; Gains and losses are up to date\nSimpleHash',
      silent: false,
      opening: { what: 'entries', seqs: [1, 2] },
    },
  ]);
  expect(decided.slice(2)).toEqual([
    'Gains and losses are up to date: shown, part of a digest of 2 during quiet hours',
    'Binance could not sync: shown, part of a digest of 2 during quiet hours',
  ]);
});

test('a single event of a hold is shown by itself, and its record says that it was held', async () => {
  const { notify, titles, decided, holdIs, pass } = createScene();
  holdIs(paused);
  notify(basis());
  holdIs(null);
  await pass(0);
  expect(titles()).toEqual(['Gains and losses are up to date']);
  expect(decided.at(-1)).toBe(
    'Gains and losses are up to date: shown, held while notifications were paused, and shown then',
  );
});

test('grave announcements break through a hold that admits them', async () => {
  const { notify, titles, holdIs, pass } = createScene();
  holdIs({ ...quiet, admitsGrave: true });
  notify(basis());
  notify(failed('Binance'));
  await pass(hour);
  expect(titles()).toEqual(['Binance could not sync']);
});

test('what ended during a hold is not told as failing, and the digest says that it is over', async () => {
  const { notify, shown, decided, holdIs, pass } = createScene();
  holdIs(quiet);
  for (const account of ['Binance', 'Kraken']) notify(failed(account));
  notify(recovered('Binance'));
  holdIs(null);
  await pass(0);
  expect(shown).toMatchObject([
    {
      title: '2 events during quiet hours',
      body: 'Kraken could not sync; Binance works again, after 3 h\nSimpleHash',
    },
  ]);
  expect(decided).toContain('Binance could not sync: not shown, it was over before it was shown');
});

test('an account that fails again during a hold is told as failing alone', async () => {
  const { notify, titles, holdIs, pass } = createScene();
  holdIs(quiet);
  for (const step of [failed, recovered, failed]) notify(step('Binance'));
  holdIs(null);
  await pass(0);
  expect(titles()).toEqual(['Binance could not sync']);
});

test('a failure that ends during a hold does not stay on the screen', async () => {
  const { notify, titles, holdIs, pass } = createScene();
  notify(failed('Binance'));
  await pass(hour);
  holdIs(quiet);
  notify(recovered('Binance'));
  expect(titles()).toEqual([]);
  holdIs(null);
  await pass(0);
  expect(titles()).toEqual(['Binance works again, after 3 h']);
});

test('a hold that ends while another goes on holds on, and the record names the other', async () => {
  const { notify, titles, decided, holdIs, pass } = createScene();
  holdIs(paused);
  notify(basis());
  notify(failed('Binance'));
  holdIs(quiet);
  await pass(hour);
  expect(titles()).toEqual([]);
  expect(decided.at(-1)).toBe('Binance could not sync: not shown, held: quiet hours (quiet-hours)');
  holdIs({ ...quiet, admitsGrave: true });
  await pass(0);
  expect(titles()).toEqual(['Binance could not sync']);
  holdIs(null);
  await pass(0);
  expect(titles()).toEqual(['Binance could not sync', 'Gains and losses are up to date']);
});

test('what waited to be counted or for the budget is held when a hold begins', async () => {
  const { notify, titles, shown, holdIs, pass } = createScene();
  for (let at = 1; at <= 12; at += 1) notify({ title: `NFT ${at}`, sourceId: `source ${at}` });
  notify({ title: 'NFT 13', sourceId: 'source 1' });
  holdIs(quiet);
  await pass(2 * 60_000);
  expect(shown).toHaveLength(10);
  holdIs(null);
  await pass(0);
  expect(titles().at(-1)).toBe('3 events during quiet hours');
});

test('when a hold ends while the system holds back too, the digest waits for the system (N8)', async () => {
  const { notify, titles, decided, holdIs, answersWith, again, pass } = createScene();
  holdIs(quiet);
  notify(basis());
  notify(failed('Binance'));
  answersWith({ status: 'held' });
  holdIs(null);
  await pass(0);
  expect(decided.at(-1)).toContain('held: the system holds notifications back');
  answersWith({ status: 'shown' });
  again();
  await pass(0);
  expect(titles()).toEqual(['2 events while the system held notifications back']);
});

test('what the system held when a hold began waits for its end as well (N8)', async () => {
  const { notify, titles, holdIs, answersWith, again, pass } = createScene();
  answersWith({ status: 'held' });
  notify(basis());
  notify(failed('Binance'));
  await pass(0);
  holdIs(quiet);
  answersWith({ status: 'shown' });
  again();
  await pass(0);
  expect(titles()).toEqual([]);
  holdIs(null);
  await pass(0);
  expect(titles()).toEqual([
    '2 events while the system held notifications back and during quiet hours',
  ]);
});

test('after a sleep the gap comes first, then what came late and what was held, in one digest', async () => {
  const { notify, digestAfterGap, titles, holdIs, pass } = createScene();
  holdIs(quiet);
  notify(basis());
  digestAfterGap('8 h out of reach');
  holdIs(null);
  notify(failed('Binance'));
  await pass(20_000);
  expect(titles()).toEqual(['2 events after 8 h out of reach and during quiet hours']);
});

test('what comes after a gap waits for the end of a hold', async () => {
  const { notify, digestAfterGap, titles, holdIs, pass } = createScene();
  holdIs(quiet);
  digestAfterGap('8 h out of reach');
  notify(basis());
  notify(failed('Binance'));
  await pass(20_000);
  expect(titles()).toEqual([]);
  holdIs(null);
  await pass(0);
  expect(titles()).toEqual(['2 events after 8 h out of reach and during quiet hours']);
});

test('what was held when the app ended is held on, or is a digest of that hold', async () => {
  const { announcementOf, digestLeftOver, unannounced, titles, holdIs, pass } = createScene();
  const left = ['one', 'two'].map((title) => ({
    announcement: announcementOf(basis(title)),
    held: 'quiet-hours' as const,
  }));
  holdIs(quiet);
  digestLeftOver(left);
  await pass(hour);
  expect(titles()).toEqual([]);
  expect(unannounced().map(({ seq }) => seq)).toEqual([1, 2]);
  holdIs(null);
  await pass(0);
  expect(titles()).toEqual(['2 events during quiet hours']);
  expect(unannounced()).toEqual([]);
});

test('what was held is no reason to put off an update', () => {
  const { notify, isBusy, unannounced, holdIs } = createScene();
  holdIs(paused);
  notify(basis());
  expect(isBusy()).toBe(false);
  expect(unannounced()).toHaveLength(1);
});

test('of more than a thousand held the oldest plain ones are given up, and their records say so', async () => {
  const { notify, shown, decided, holdIs, pass } = createScene();
  holdIs(paused);
  notify(failed('Binance'));
  for (let at = 1; at <= 1005; at += 1) notify(basis(`basis ${at}`));
  expect(decided.filter((one) => one.includes('more than a thousand'))).toHaveLength(6);
  holdIs(null);
  await pass(0);
  expect(shown[0]?.title).toBe('1000 events while notifications were paused');
  expect(shown[0]?.body).toMatch(/^Binance could not sync; /);
});

describe('the record of a held entry says until when', () => {
  const now = new Date(2026, 10, 27, 22, 0).getTime();
  const until = new Date(2026, 10, 28, 7, 0).getTime();
  test.each<[Hold, string]>([
    [{ ...quiet, until }, 'held: quiet hours until 07:00'],
    [{ ...paused, until }, 'held: paused until 07:00'],
    [paused, 'held: paused until resumed'],
    [{ ...paused, until: until + 48 * hour }, 'held: paused until 30 Nov 07:00'],
  ])('%j', (hold, words) => {
    expect(heldWords(hold, now)).toBe(words);
  });
});
