import { expect, onTestFinished, test } from 'vitest';
import { kryptosDelivery, kryptosSource } from '../../bench/harness/deliveries.ts';
import { openPlainApp, type PlainApp } from '../../bench/harness/plain-app.ts';
import type { NativeNotification, Showing } from '../../electron/notifications/notifier.ts';
import { tempFolder } from '../history/support/temp-folder.ts';
import { answerTo } from '../support/answer-to.ts';
import { virtualClock } from '../support/clock.ts';
import { receive } from '../support/receive.ts';

const source = kryptosSource();
let ids = 0;

const sync = (wallet: string, status: 'FAILED' | 'COMPLETED') => {
  ids += 1;
  return kryptosDelivery(
    {
      id: `whd_${wallet}_${ids}`,
      event: status === 'FAILED' ? 'integration.failed' : 'integration.updated',
      data: { providerPublicName: wallet, walletId: wallet, status },
    },
    source,
  );
};

/** Starts the app on a folder. To drop it without closing it is to kill it: only its files are closed. */
const start = async (folder: string, answer: Showing = { status: 'shown' }, ahead = 0) => {
  const time = virtualClock({ startsAt: Date.now() + ahead });
  const shown: NativeNotification[] = [];
  const refreshed: NativeNotification[] = [];
  const withdrawn: string[] = [];
  const app = await openPlainApp({
    ...{ folder, schedule: time.schedule, now: time.now, uptime: time.uptime },
    provision: { sources: [source] },
    notifier: {
      show: async (notification) => {
        shown.push(notification);
        return answer;
      },
      refresh: (notification) => void refreshed.push(notification),
      withdraw: (id) => void withdrawn.push(id),
    },
  });
  onTestFinished(app.kill);
  app.onListening({ status: 'listening', port: 80 });
  await app.ready();
  await time.pass(0);
  return {
    ...{ app, time, shown, refreshed, withdrawn },
    titles: () => shown.map(({ title }) => title),
    deliver: async (...sent: Parameters<typeof sync>) => {
      const { status } = await receive(app, sync(...sent), undefined, time.now());
      expect(status).toBe(200);
      await time.pass(0);
    },
    decisions: async () => {
      const page = answerTo('timeline', await app.ask('timeline', { before: null }));
      return [...page.entries].reverse().map(({ notification }) => notification);
    },
  };
};

test.each([
  ['the app quit', (app: PlainApp) => app.close()],
  ['the app was killed', async () => {}],
])('what was held is a digest of the next start when %s, also after days (N8)', async (_, end) => {
  using temp = tempFolder();
  const first = await start(temp.path, { status: 'held' });
  await first.deliver('Binance', 'FAILED');
  await first.time.pass(20_000);
  await first.deliver('Kraken', 'FAILED');
  await first.time.pass(2000);
  await expect
    .poll(async () => (await first.decisions()).map((decision) => decision?.held))
    .toEqual(['system', 'system']);
  // The export's format knows no more.
  for await (const line of first.app.exportLines(false))
    expect(Object.keys(JSON.parse(line).notification)).toEqual(['shown', 'why']);
  await end(first.app);

  const second = await start(temp.path, { status: 'shown' }, 3 * 24 * 3_600_000);
  await second.time.pass(20_000);
  await expect
    .poll(second.titles)
    .toEqual([expect.stringMatching(/^2 events after .* the system held notifications back$/)]);
  await expect
    .poll(async () =>
      (await second.decisions()).map((decision) => [decision?.shown, decision?.held]),
    )
    .toEqual([
      [true, undefined],
      [true, undefined],
    ]);
  await second.app.close();
});

test('an account that keeps failing has one notification, which grows, and which its recovery replaces', async () => {
  using temp = tempFolder();
  const first = await start(temp.path);
  await first.deliver('Binance', 'FAILED');
  await expect.poll(first.titles).toEqual(['Binance could not sync']);
  await first.time.pass(60_000);
  await first.deliver('Binance', 'FAILED');
  await expect.poll(() => first.refreshed).toHaveLength(1);
  expect(first.refreshed[0]?.id).toBe(first.shown[0]?.id);
  expect(first.refreshed[0]?.body).toMatch(/^2 tries since \d\d:\d\d/);
  await first.app.close();

  const second = await start(temp.path);
  await second.time.pass(3 * 3_600_000);
  await second.deliver('Binance', 'COMPLETED');
  await expect.poll(second.titles).toEqual(['Binance works again, after 3 h']);
  expect(second.shown[0]?.replaces).toBe(first.shown[0]?.id);
  await second.app.close();
});

test('a connection that is removed while it fails takes its notification with it', async () => {
  using temp = tempFolder();
  const one = await start(temp.path);
  await one.deliver('Binance', 'FAILED');
  await expect.poll(one.titles).toHaveLength(1);
  const removal = kryptosDelivery(
    {
      id: 'whd_removal',
      event: 'integration.deleted',
      data: { providerPublicName: 'Binance', walletId: 'Binance' },
    },
    source,
  );
  expect((await receive(one.app, removal)).status).toBe(200);
  await one.time.pass(0);
  await expect.poll(() => one.withdrawn).toContain(one.shown[0]?.id);
  await one.app.close();
});

test('rejected deliveries have one notification, which grows, and goes when one is believed', async () => {
  using temp = tempFolder();
  const one = await start(temp.path);
  const wrong = { ...sync('Binance', 'FAILED'), body: '{}' };
  for (let times = 0; times < 4; times += 1) {
    expect((await receive(one.app, wrong)).status).toBe(401);
    await one.time.pass(0);
  }
  await expect.poll(() => one.refreshed).toHaveLength(1);
  expect(one.titles()).toEqual(['Deliveries for Kryptos fail the signature check']);
  expect(one.refreshed[0]?.body).toContain('4 with a wrong signature');
  await one.deliver('Binance', 'COMPLETED');
  await expect.poll(() => one.withdrawn).toContain(one.shown[0]?.id);
  await one.app.close();
});
