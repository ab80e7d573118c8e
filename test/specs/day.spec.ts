import { expect, test } from 'vitest';
import { sources } from '../story/cast.ts';
import { beginsAtHour, hours, minutes, playDay } from '../story/day.ts';
import { clickThrough } from '../story/desktop.ts';
import { openStage } from '../story/stage.ts';
import { timelineOf } from '../support/app.ts';

/** What a person got in the day: when it appeared, what it said one after another, and what its body has in the end. */
const got: readonly (readonly [time: string, titles: readonly string[], body: string])[] = [
  ['07:00', ['3 events during quiet hours'], 'NFT received: #4963'],
  ['08:00', ['NFT minted to your wallet', '12 NFTs received'], '#1000, #1001, #1002'],
  ['09:00', ['Binance could not sync', 'Binance works again, after 75 min'], '87 transactions'],
  ['11:00', ['Coinbase needs new sign-in details'], '2 tries since 11:00. Reconnect the account'],
  ['12:30', ['Gains and losses are up to date'], ''],
  ['13:02', ['Ledger could not sync', 'Ledger works again, after 18 min'], ''],
  ['15:00', ['2 events while notifications were paused'], 'NFT left your wallet: #4963'],
  ['16:05', ['Gains and losses are up to date'], 'It took 5 min'],
  ['17:02', ['Deliveries for Kryptos fail the signature check'], '3 with a wrong signature'],
  ['17:31', ['Kryptos has not finished matching transfers'], 'It is the first one'],
  ['18:30', ['Bitstamp could not sync for now', 'Bitstamp works again, after 6 h'], ''],
  ['31:00', ['2 events during quiet hours'], 'NFT minted to your wallet: #5000'],
];

/** A Monday. */
const startsAt = Date.UTC(2027, 0, 4, beginsAtHour);

const timeOf = (at: number): string => {
  const minute = Math.floor((at - startsAt) / minutes + (beginsAtHour * hours) / minutes);
  return [Math.floor(minute / 60), minute % 60].map((n) => String(n).padStart(2, '0')).join(':');
};

/** A burst counts on, which takes as many steps as time allows. */
const firstAndLast = (titles: readonly string[]): string[] => [
  ...new Set([titles[0] ?? '', titles.at(-1) ?? '']),
];

test('a day of eighty events is twelve notifications that say fifteen things, none missing and none false (N6, N7, N8)', async () => {
  await using opened = await openStage({
    startsAt,
    provision: { sources: Object.values(sources) },
  });
  const { stage, places, appearedAt, desktop } = opened;
  await stage.ask('changeQuietHours', {
    on: true,
    spans: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '22:00', to: '07:00' }],
    admitsGrave: false,
  });
  expect(await playDay({ ...stage, scene: () => {} })).toBe(80);

  expect(places().map(({ titles, body }) => ({ titles: firstAndLast(titles), body }))).toEqual(
    got.map(([, titles, body]) => ({ titles, body: expect.stringContaining(body) })),
  );
  expect(places().filter(({ isWithdrawn }) => isWithdrawn)).toMatchObject([
    { titles: ['Deliveries for Kryptos fail the signature check'] },
  ]);
  const times = appearedAt();
  if (times !== null) expect(times.map(timeOf)).toEqual(got.map(([time]) => time));

  const entries = await timelineOf(stage);
  expect(entries).toHaveLength(80);
  expect(entries.filter(({ notification }) => notification === null)).toEqual([]);
  if (desktop) await clickThrough(desktop);
}, 400_000);
