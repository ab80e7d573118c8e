import { readFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { expect, test } from 'vitest';
import {
  costBasisCompleted,
  kryptosDelivery,
  kryptosSource,
} from '../../bench/harness/deliveries.ts';
import { openNotificationServer } from '../../bench/harness/notification-server.ts';
import { openPrivateBus } from '../../bench/harness/private-bus.ts';
import { neededOnes } from '../../shared/conditions/conditions.ts';
import { timelineOf } from '../support/app.ts';
import { type ElectronTestApp, openInElectron, runElectron } from '../support/electron.ts';
import { openTrayHost } from '../support/tray.ts';

const name = 'org.freedesktop.Notifications';
// A source's first is told at once, so these are ten notifications.
const sources = Array.from({ length: 10 }, (_, at) => kryptosSource(`kryptos-${at + 1}`));
const [source = kryptosSource(), another = source] = sources;
const provision = { sources };

const openOn = (address: string) =>
  openInElectron({ provision, env: { DBUS_SESSION_BUS_ADDRESS: address } });

const conditionsOf = async (app: ElectronTestApp) =>
  (await app.ask('state', undefined)).conditions
    .map(({ reason }) => reason)
    .flatMap((problem) => (problem.code === 'notifications-not-arriving' ? [problem.why] : []));

/** 100 ms; on a machine where more wants to run than there are processors, as much longer as everything takes there. */
const quickMs = () => 100 * Math.max(1, (loadavg()[0] ?? 0) / availableParallelism());

/** Delivers one after another, ten for each source, and tells how many were answered 200 within that time. */
const deliverHundred = async (app: ElectronTestApp): Promise<number> => {
  let quick = 0;
  for (let round = 0; round < 10; round += 1)
    for (const to of sources) {
      const startedAt = performance.now();
      const { status } = await app.deliver(costBasisCompleted(to));
      if (status === 200 && performance.now() - startedAt <= quickMs()) quick += 1;
    }
  return quick;
};

/** The load is that of the last minute, and this may be a busier moment. */
const patiently = { retry: 1 };

/** What is not shown is said, and nothing else is any different. */
const isOtherwiseAsEver = async (app: ElectronTestApp, isAsked: () => boolean): Promise<void> => {
  const quick = await deliverHundred(app);
  expect(quick).toBeGreaterThanOrEqual(99);
  expect(isAsked()).toBe(true);
  const startedAt = performance.now();
  await app.page().getByRole('option').first().waitFor();
  expect(await timelineOf(app)).toHaveLength(100);
  expect(performance.now() - startedAt).toBeLessThan(10 * quickMs());
  await expect.poll(() => conditionsOf(app)).toEqual(['no-answer']);

  const exited = new Promise((resolve) => app.electron().process().once('exit', resolve));
  const quitAt = performance.now();
  expect(await runElectron(app.folder, '--quit')).toMatchObject({ code: 0 });
  await exited;
  // Starting the copy that asks for it is most of this.
  expect(performance.now() - quitAt).toBeLessThan(50 * quickMs());
};

test(
  'a notification service that is silent costs no delivery, no window and no quitting anything (P8, N4, N9)',
  patiently,
  async () => {
    await using desktop = await openPrivateBus();
    await using server = await openNotificationServer(desktop.address, { manner: 'silent' });
    await using app = await openOn(desktop.address);
    await isOtherwiseAsEver(app, () => server.calls.length > 0);
  },
);

test(
  'a notification service that is registered but never starts costs no more (P8, N4, N9)',
  patiently,
  async () => {
    await using desktop = await openPrivateBus([name]);
    await using app = await openOn(desktop.address);
    await isOtherwiseAsEver(app, () => desktop.started() > 0);
  },
);

test('a click on a notification opens its entry, and libnotify has no part in it (N1, N4)', async () => {
  await using desktop = await openPrivateBus();
  await using server = await openNotificationServer(desktop.address);
  await using app = await openOn(desktop.address);
  await app.deliver(costBasisCompleted(source));
  await app.deliver(costBasisCompleted(another));
  await expect.poll(() => server.notified.length).toBe(2);
  await expect
    .poll(async () => (await timelineOf(app)).map(({ notification }) => notification?.shown))
    .toEqual([true, true]);

  const [notification] = server.notified;
  expect(notification?.title).toBe('Gains and losses are up to date');
  server.press(notification?.id ?? 0, 'default');
  const selected = app.page().getByRole('option', { selected: true });
  await expect.poll(() => selected.textContent()).toContain(source.name);
  const { pid = 0 } = app.electron().process();
  expect(readFileSync(`/proc/${pid}/maps`, 'utf8')).not.toContain('libnotify');
});

const failing = (account: string) =>
  kryptosDelivery(
    {
      id: `whd_${account}`,
      event: 'integration.failed',
      data: { providerPublicName: account, walletId: account, status: 'FAILED' },
    },
    source,
  );

test('a click on a count opens exactly its events, with the window elsewhere and closed, and a button marks them read', async () => {
  await using desktop = await openPrivateBus();
  await using server = await openNotificationServer(desktop.address);
  const tray = await trayOn(desktop.address);
  await using app = await openOn(desktop.address);
  await tray.item();
  await app.deliver(costBasisCompleted(another));
  for (const account of ['Binance', 'Kraken', 'Gemini']) await app.deliver(failing(account));
  const titled = (title: string) => server.notified.find((one) => one.title === title);
  await expect
    .poll(() => titled('3 accounts could not sync'), { timeout: 30_000 })
    .toMatchObject({
      body: 'Binance, Kraken, Gemini\nKryptos',
      replaces: titled('Binance could not sync')?.id,
      actions: ['default', 'Open', 'button-0', 'Mark read'],
    });
  const id = titled('3 accounts could not sync')?.id ?? 0;
  const chip = { name: 'Search without 3 events of a notification' };
  const list = () => app.page().getByRole('option');

  await app.page().getByRole('navigation', { name: 'Pages' }).getByText('Health').click();
  server.press(id, 'default');
  await app.page().getByRole('button', chip).waitFor();
  await expect.poll(() => list().count()).toBe(3);
  expect(await app.page().getByRole('combobox').inputValue()).toBe('');
  await app.page().getByRole('button', chip).click();
  await expect.poll(() => list().count()).toBe(4);

  await app.page().close();
  const opened = app.electron().waitForEvent('window');
  server.press(id, 'default');
  const page = await opened;
  await page.getByRole('button', chip).waitFor();
  await expect.poll(() => page.getByRole('option').count()).toBe(3);

  server.press(id, 'button-0');
  await expect
    .poll(() =>
      page.evaluate(async () =>
        (await window.hookbell.ask('timeline', { before: null })).entries.map(({ seen }) => seen),
      ),
    )
    .toEqual([true, true, true, false]);
  tray.close();
});

test('two notifications that are refused are said in the window and the tray, until one is shown (N9)', async () => {
  await using desktop = await openPrivateBus();
  const tray = await trayOn(desktop.address);
  const refusing = await openNotificationServer(desktop.address, { manner: 'refusing' });
  await using app = await openOn(desktop.address);
  const item = await tray.item();
  await app.deliver(costBasisCompleted(source));
  await app.deliver(costBasisCompleted(another));

  await app.page().getByText('Notifications do not arrive').first().waitFor();
  expect(await conditionsOf(app)).toEqual(['refused']);
  const { conditions } = await app.ask('state', undefined);
  const needs = neededOnes(conditions).length;
  await expect.poll(() => tray.tooltip(item)).toMatch(new RegExp(`· ${needs} needs? you`));

  await refusing[Symbol.asyncDispose]();
  await using server = await openNotificationServer(desktop.address);
  await expect
    .poll(async () => {
      await app.deliver(costBasisCompleted(sources.at(server.calls.length - 3) ?? source));
      return conditionsOf(app);
    })
    .toEqual([]);
  expect(server.notified.length).toBeGreaterThan(0);
  tray.close();
});

/** A tray on a bus that is not the test's own. */
const trayOn = async (address: string) => {
  const { DBUS_SESSION_BUS_ADDRESS: own = '' } = process.env;
  process.env.DBUS_SESSION_BUS_ADDRESS = address;
  try {
    return await openTrayHost();
  } finally {
    process.env.DBUS_SESSION_BUS_ADDRESS = own;
  }
};
