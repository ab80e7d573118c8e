import { expect, onTestFinished, test } from 'vitest';
import { kryptosDelivery, kryptosSource } from '../../bench/harness/deliveries.ts';
import { openPlainApp, type PlainApp } from '../../bench/harness/plain-app.ts';
import type { NativeNotification, Showing } from '../../electron/notifications/notifier.ts';
import type { Folder } from '../../electron/storage/folder.ts';
import type { TimelineEntry } from '../../shared/timeline.ts';
import { systemError, tempFolder } from '../history/support/temp-folder.ts';
import { answerTo } from '../support/answer-to.ts';
import { virtualClock } from '../support/clock.ts';
import { receive } from '../support/receive.ts';

const source = kryptosSource();
const hour = 3_600_000;

/** A failure of one account. */
const failing = (wallet: string) =>
  kryptosDelivery(
    {
      id: `whd_${wallet}`,
      event: 'integration.failed',
      data: { providerPublicName: wallet, walletId: wallet, status: 'FAILED' },
    },
    source,
  );

/** Starts the app on a folder. To drop it without closing it is to kill it: only its files are closed. */
const start = async (
  folder: string,
  {
    through = (unchanged) => unchanged,
    answer = async () => ({ status: 'shown' }),
    ahead = 0,
  }: {
    through?: (folder: Folder) => Folder;
    answer?: () => Promise<Showing>;
    ahead?: number;
  } = {},
) => {
  const time = virtualClock({ startsAt: Date.now() + ahead });
  const shown: NativeNotification[] = [];
  const app = await openPlainApp({
    ...{ folder, through, schedule: time.schedule, now: time.now },
    provision: { sources: [source] },
    notifier: {
      show: (notification) => {
        shown.push(notification);
        return answer();
      },
      withdraw: () => {},
    },
  });
  onTestFinished(app.kill);
  return {
    app,
    time,
    shown,
    titles: () => shown.map(({ title }) => title),
    deliver: async (wallet: string) => {
      expect((await receive(app, failing(wallet))).status).toBe(200);
    },
    ready: async () => {
      app.onListening({ status: 'listening', port: 80 });
      await app.ready();
      await time.pass(0);
    },
  };
};

const entriesOf = async (app: PlainApp): Promise<TimelineEntry[]> => {
  const page = answerTo('timeline', await app.ask('timeline', { before: null }));
  return [...page.entries].reverse();
};
const decisionsOf = async (app: PlainApp) =>
  (await entriesOf(app)).map(({ notification }) => notification);

test('an event whose notification was not decided before a crash is announced once after the start (N7)', async () => {
  using temp = tempFolder();
  const killed = await start(temp.path);
  await killed.deliver('Binance');
  expect(killed.titles()).toEqual([]);

  const second = await start(temp.path);
  await second.ready();
  await expect.poll(second.titles).toEqual(['Binance could not sync']);
  await expect.poll(async () => (await decisionsOf(second.app))[0]?.shown).toBe(true);

  const third = await start(temp.path);
  await third.ready();
  await third.time.pass(2 * 60_000);
  expect(third.titles()).toEqual([]);
  await third.app.close();
});

test('a crash while the system is asked shows nothing twice, and the event says that the result is unknown (N7)', async () => {
  using temp = tempFolder();
  const killed = await start(temp.path, { answer: () => new Promise(() => {}) });
  await killed.deliver('Binance');
  await killed.time.pass(0);
  await expect.poll(killed.titles).toEqual(['Binance could not sync']);

  const second = await start(temp.path);
  await second.ready();
  await second.time.pass(60_000);
  expect(second.titles()).toEqual([]);
  expect(await decisionsOf(second.app)).toEqual([
    {
      shown: false,
      why: 'Rule: a sync failure, once per account until it works again; the system was asked to show it, and has not said that it did',
    },
  ]);
  await second.app.close();
});

test('a crash right after a notification does not repeat it (N7)', async () => {
  using temp = tempFolder();
  const killed = await start(temp.path);
  await killed.deliver('Binance');
  await killed.time.pass(0);
  await expect.poll(killed.titles).toHaveLength(1);

  const second = await start(temp.path);
  await second.ready();
  await second.time.pass(60_000);
  expect(second.titles()).toEqual([]);
  await second.app.close();
});

test('a full disk prevents no notification (N7, P4)', async () => {
  using temp = tempFolder();
  const full = (folder: Folder): Folder => ({
    ...folder,
    store: (name) => {
      const store = folder.store(name);
      const refuse = () => {
        throw systemError('ENOSPC');
      };
      return name.startsWith('marks') ? { ...store, write: refuse } : store;
    },
  });
  const { app, time, titles, deliver } = await start(temp.path, { through: full });
  await deliver('Binance');
  await time.pass(0);
  await expect.poll(titles).toEqual(['Binance could not sync']);
  expect(app.state().conditions.map(({ reason }) => reason)).toContainEqual(
    expect.objectContaining({ code: 'disk' }),
  );
  await app.close();
});

const endings = {
  'the app quit': (app: PlainApp) => app.close(),
  'the app was killed': async () => {},
};
test.each(Object.entries(endings))(
  'pending announcements are one digest after the start when %s (N6, N7, A3)',
  async (_, end) => {
    using temp = tempFolder();
    const first = await start(temp.path);
    for (const wallet of ['Binance', 'Kraken', 'Coinbase']) await first.deliver(wallet);
    await first.time.pass(0);
    await expect.poll(first.titles).toEqual(['Binance could not sync']);
    await first.time.pass(2000);
    await end(first.app);

    const second = await start(temp.path);
    await second.ready();
    await expect.poll(second.titles).toEqual(['2 events from before Hookbell ended']);
    expect(second.shown[0]).toMatchObject({
      body: '2 accounts could not sync: Kraken, Coinbase\nKryptos',
      silent: false,
    });
    await second.time.pass(60_000);
    expect(second.titles()).toHaveLength(1);
    expect((await decisionsOf(second.app)).map((decision) => decision?.shown)).toEqual([
      true,
      true,
      true,
    ]);
    await second.app.close();
  },
);

test('an event of more than a day before the start is not announced, and says so', async () => {
  using temp = tempFolder();
  const killed = await start(temp.path);
  await killed.deliver('Binance');

  const second = await start(temp.path, { ahead: 25 * hour });
  await second.ready();
  await second.time.pass(60_000);
  expect(second.titles()).toEqual([]);
  expect(await decisionsOf(second.app)).toEqual([
    { shown: false, why: 'Hookbell ended before it was announced, more than a day ago' },
  ]);
  await second.app.close();
});

test('the digest after a gap includes what was not announced before it', async () => {
  using temp = tempFolder();
  const first = await start(temp.path);
  await first.ready();
  for (const wallet of ['Binance', 'Kraken', 'Coinbase']) await first.deliver(wallet);
  await first.time.pass(0);
  await expect.poll(first.titles).toHaveLength(1);
  await first.app.close();

  const second = await start(temp.path, { ahead: 8 * hour });
  await second.ready();
  await second.deliver('Gemini');
  await second.time.pass(0);
  await second.time.pass(20_000);
  await expect.poll(second.titles).toEqual(['3 events after 8 h out of reach']);
  expect(second.shown[0]?.body).toBe(
    '3 accounts could not sync: Kraken, Coinbase, Gemini\nKryptos',
  );
  await second.app.close();
});
