import { readFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { expect, test } from 'vitest';
import { timelineOf } from '../support/app.ts';
import { costBasisCompleted, kryptosSource } from '../support/deliveries.ts';
import { type ElectronTestApp, openInElectron, runElectron } from '../support/electron.ts';
import { openNotificationServer } from '../support/notification-server.ts';
import { openPrivateBus } from '../support/private-bus.ts';
import { openTrayHost } from '../support/tray.ts';

const name = 'org.freedesktop.Notifications';
// A source's first is told at once, so these are ten notifications.
const sources = Array.from({ length: 10 }, (_, at) => kryptosSource(`kryptos-${at + 1}`));
const [source = kryptosSource(), another = source] = sources;
const provision = { sources };

const openOn = (address: string) =>
  openInElectron({ provision, env: { DBUS_SESSION_BUS_ADDRESS: address } });

const conditionsOf = async (app: ElectronTestApp) =>
  (await app.ask('state', undefined)).problems.flatMap((problem) =>
    problem.code === 'notifications-not-arriving' ? [problem.why] : [],
  );

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
  const { problems } = await app.ask('state', undefined);
  const needs = problems.filter(({ code }) => code !== 'keyring-missing').length;
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
