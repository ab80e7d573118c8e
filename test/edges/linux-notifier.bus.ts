import { expect, test } from 'vitest';
import { linuxNotifier } from '../../electron/edges/linux-notifier.ts';
import { openSessionBus } from '../../electron/edges/session-bus.ts';
import type { NativeNotification, Showing } from '../../electron/notify/teller.ts';
import type { Opening } from '../../shared/ipc.ts';
import { createClock } from '../support/memory.ts';
import { openNotificationServer } from '../support/notification-server.ts';
import { openPrivateBus } from '../support/private-bus.ts';

const name = 'org.freedesktop.Notifications';
const plain: NativeNotification = {
  id: 'one',
  title: 'Binance could not sync',
  body: 'A <b>new</b> key & a secret\nKryptos',
  silent: false,
  urgency: 'normal',
  opening: { what: 'entry', seq: 7 },
};

/** A desktop with a bus, and the notifier on it, whose clock is the test's. */
const onDesktop = async ({ neverStarts = false } = {}) => {
  const desktop = await openPrivateBus(neverStarts ? [name] : []);
  const clock = createClock();
  const bus = openSessionBus(clock.later, () => {}, desktop.address);
  const clicked: Opening[] = [];
  const pressed: string[] = [];
  let agains = 0;
  const notifier = linuxNotifier({
    bus,
    later: clock.later,
    onClick: (opening) => clicked.push(opening),
    onAction: (id, action) => pressed.push(`${id} ${action}`),
  });
  notifier.onAgain?.(() => {
    agains += 1;
  });
  const show = (changed: Partial<NativeNotification> = {}) =>
    notifier.show({ ...plain, ...changed });
  /** Shows one to a service that does not answer it: what became of it after 3 s. */
  const showInVain = async (seen: () => unknown, changed: Partial<NativeNotification> = {}) => {
    const before = JSON.stringify(seen());
    const showing = show(changed);
    await expect.poll(() => JSON.stringify(seen())).not.toBe(before);
    clock.setForward(3000);
    return showing;
  };
  return {
    ...{ desktop, clock, bus, clicked, pressed, notifier, show, showInVain },
    /** How often the system said that it shows notifications again. */
    agains: () => agains,
    [Symbol.asyncDispose]: async () => {
      bus.close();
      await desktop[Symbol.asyncDispose]();
    },
  };
};

const shown: Showing = { status: 'shown' };
const notShown = (why: string) => ({ status: 'not-shown', why });

test('a notification arrives with its words, its importance and the app it is of (N4)', async () => {
  await using scene = await onDesktop();
  await using server = await openNotificationServer(scene.desktop.address);

  expect(await scene.show()).toEqual(shown);

  expect(server.notified).toEqual([
    expect.objectContaining({
      ...{ app: 'Hookbell', title: plain.title, replaces: 0, expireMs: -1 },
      body: 'A &lt;b&gt;new&lt;/b&gt; key &amp; a secret\nKryptos',
      actions: ['default', 'Open'],
      hints: { 'desktop-entry': 'hookbell', urgency: 1 },
    }),
  ]);
});

test('what a service does not offer is not asked of it (N4)', async () => {
  await using scene = await onDesktop();
  await using server = await openNotificationServer(scene.desktop.address, {
    capabilities: ['body'],
  });

  await scene.show({ silent: true, urgency: 'critical', actions: [{ id: 'read', label: 'Read' }] });

  expect(server.notified).toEqual([
    expect.objectContaining({
      body: plain.body,
      actions: [],
      hints: { 'desktop-entry': 'hookbell', urgency: 2 },
      // It keeps no list: what matters stays on the screen.
      expireMs: 0,
    }),
  ]);
});

test('a quiet one makes no sound where the service has sounds, and one that matters may leave the screen where it is listed (N4)', async () => {
  await using scene = await onDesktop();
  await using server = await openNotificationServer(scene.desktop.address);

  await scene.show({ silent: true, urgency: 'critical' });

  expect(server.notified[0]?.hints).toEqual({
    ...{ 'desktop-entry': 'hookbell', urgency: 2, 'suppress-sound': true },
  });
  expect(server.notified[0]?.expireMs).toBe(-1);
});

test('the words are cut to their size before they are escaped (N5)', async () => {
  await using scene = await onDesktop();
  await using server = await openNotificationServer(scene.desktop.address);

  await scene.show({ title: 't'.repeat(100), body: '&'.repeat(300) });

  expect(server.notified[0]?.title).toHaveLength(80);
  expect(server.notified[0]?.body).toMatch(/^(&amp;){239}…$/);
});

test('a service is asked once what it offers, and its successor once more (N4)', async () => {
  await using scene = await onDesktop();
  const first = await openNotificationServer(scene.desktop.address);
  await scene.show({ id: 'one' });
  await scene.show({ id: 'two' });
  expect(first.calls.filter((call) => call === 'GetCapabilities')).toHaveLength(1);
  await first[Symbol.asyncDispose]();
  await until(scene, { status: 'not-shown', why: 'no-service' });

  await using second = await openNotificationServer(scene.desktop.address, { capabilities: [] });
  await until(scene, shown);
  expect(second.calls.filter((call) => call === 'GetCapabilities')).toHaveLength(1);
  expect(second.notified.at(-1)?.actions).toEqual([]);
});

/** Shows one again and again, until this becomes of it. */
const until = (scene: { show: () => Promise<Showing> }, became: Showing) =>
  expect.poll(() => scene.show()).toEqual(became);

test('a later one of the same id takes the place of the one before, also of one that is under way (N4)', async () => {
  await using scene = await onDesktop();
  await using server = await openNotificationServer(scene.desktop.address);

  await Promise.all([scene.show({ title: 'first' }), scene.show({ title: 'second' })]);
  await scene.show({ title: 'another', id: 'two' });
  await scene.show({ title: 'third' });

  expect(server.notified.map(({ title, replaces }) => [title, replaces])).toEqual([
    ['first', 0],
    ['second', 1],
    ['another', 0],
    ['third', 1],
  ]);
});

test('one that is withdrawn is closed, also while it is under way, and is gone after that (N4)', async () => {
  await using scene = await onDesktop();
  await using server = await openNotificationServer(scene.desktop.address);

  const showing = scene.show();
  scene.notifier.withdraw('one');
  await showing;
  await expect.poll(() => server.closed).toEqual([1]);

  scene.notifier.withdraw('one');
  scene.notifier.withdraw('never shown');
  await scene.show();
  expect(server.notified.at(-1)?.replaces).toBe(0);
  expect(server.closed).toEqual([1]);
});

test('a click leads where the notification says, and a button is told by its id (N1, N4)', async () => {
  await using scene = await onDesktop();
  await using server = await openNotificationServer(scene.desktop.address);
  await scene.show({ actions: [{ id: 'read', label: 'Mark read' }] });
  expect(server.notified[0]?.actions).toEqual(['default', 'Open', 'read', 'Mark read']);

  server.press(1, 'read', 'token');
  server.press(1, 'never offered');
  server.press(99, 'default');
  server.press(1, 'default', 'token');

  await expect.poll(() => scene.clicked).toEqual([plain.opening]);
  expect(scene.pressed).toEqual(['one read']);
});

test('a click on one that is closed leads nowhere, and nothing takes its place (N1)', async () => {
  await using scene = await onDesktop();
  await using server = await openNotificationServer(scene.desktop.address);
  await scene.show();
  await scene.show({ id: 'two', opening: { what: 'page', page: 'health' } });

  server.dismiss(1);
  server.press(1, 'default');
  server.press(2, 'default');

  await expect.poll(() => scene.clicked).toEqual([{ what: 'page', page: 'health' }]);
  await scene.show();
  expect(server.notified.at(-1)?.replaces).toBe(0);
});

test('a signal of another program is not believed (P6)', async () => {
  await using scene = await onDesktop();
  await using server = await openNotificationServer(scene.desktop.address);
  await using other = await openNotificationServer(scene.desktop.address);
  await scene.show();
  expect([server.notified.length, other.notified.length]).toEqual([1, 0]);

  other.press(1, 'default');
  server.press(1, 'default');
  server.dismiss(1);
  await expect.poll(() => scene.clicked).toHaveLength(1);
});

test('the newest 200 are remembered, each for 24 hours (N1)', async () => {
  await using scene = await onDesktop();
  await using server = await openNotificationServer(scene.desktop.address);
  for (let seq = 1; seq <= 201; seq += 1)
    await scene.show({ id: `${seq}`, opening: { what: 'entry', seq } });

  server.press(1, 'default');
  server.press(2, 'default');
  await expect.poll(() => scene.clicked).toEqual([{ what: 'entry', seq: 2 }]);

  scene.clock.setForward(24 * 60 * 60 * 1000);
  await scene.show({ id: 'new', opening: { what: 'entry', seq: 999 } });
  server.press(200, 'default');
  server.press(202, 'default');
  await expect
    .poll(() => scene.clicked)
    .toEqual([
      { what: 'entry', seq: 2 },
      { what: 'entry', seq: 999 },
    ]);
});

test('do not disturb is told as held back, where the service tells it, and is asked of no other (N8)', async () => {
  await using scene = await onDesktop();
  await using server = await openNotificationServer(scene.desktop.address, { inhibited: true });
  expect(await scene.show()).toEqual({ status: 'held' });
  server.become({ inhibited: false });
  expect(await scene.show()).toEqual(shown);

  server.become({ inhibited: null });
  expect(await scene.show()).toEqual(shown);
  await scene.show();
  expect(server.calls.filter((call) => call === 'Get')).toHaveLength(3);
});

test('the end of do not disturb is told, and its beginning is not (N8)', async () => {
  await using scene = await onDesktop();
  await using server = await openNotificationServer(scene.desktop.address, { inhibited: false });
  await scene.show();
  server.inhibit(true);
  expect(await scene.show()).toEqual({ status: 'held' });
  expect(scene.agains()).toBe(0);
  server.inhibit(false);
  await expect.poll(scene.agains).toBe(1);
});

test('without a service it is said at once, and one that comes late is found (N4, P8)', async () => {
  await using scene = await onDesktop();
  expect(await scene.show()).toEqual(notShown('no-service'));
  expect(await scene.show()).toEqual(notShown('no-service'));
  expect(await scene.show()).toEqual(notShown('paused'));

  await using server = await openNotificationServer(scene.desktop.address);
  await expect.poll(scene.agains).toBe(1);
  expect(await scene.show()).toEqual(shown);
  expect(server.notified).toHaveLength(1);
});

test('a silent service is given 3 s, and after two is left alone for a minute (N4)', async () => {
  await using scene = await onDesktop();
  await using server = await openNotificationServer(scene.desktop.address);
  await scene.show();
  server.become({ manner: 'silent' });
  const seen = () => server.notified.length;

  expect(await scene.showInVain(seen)).toEqual(notShown('no-answer'));
  expect(await scene.showInVain(seen)).toEqual(notShown('no-answer'));
  expect(await scene.show()).toEqual(notShown('paused'));
  expect(server.notified).toHaveLength(3);

  // A minute later it is asked something that shows nothing, and is still silent.
  const asked = () => server.calls.filter((call) => call === 'GetCapabilities').length;
  scene.clock.setForward(60_000);
  await expect.poll(asked).toBe(2);
  scene.clock.setForward(3000);
  expect(await scene.show()).toEqual(notShown('paused'));

  server.become({ manner: 'well' });
  scene.clock.setForward(60_000);
  await expect.poll(scene.agains).toBe(1);
  expect(await scene.show()).toEqual(shown);
  expect(server.notified).toHaveLength(4);
});

test('a service that is silent from the first call on is asked that one alone (N4)', async () => {
  await using scene = await onDesktop();
  await using server = await openNotificationServer(scene.desktop.address, { manner: 'silent' });
  const showings = [scene.show({ id: 'one' }), scene.show({ id: 'two' })];
  await expect.poll(() => server.calls).toEqual(['GetCapabilities']);
  scene.clock.setForward(3000);
  expect(await Promise.all(showings)).toEqual([notShown('no-answer'), notShown('no-answer')]);

  // What was told as not shown does not appear after all.
  server.become({ manner: 'well' });
  server.answerLate();
  scene.clock.setForward(60_000);
  await until(scene, shown);
  expect(server.notified).toHaveLength(1);
});

test('a service that refuses is said to refuse (N4)', async () => {
  await using scene = await onDesktop();
  await using server = await openNotificationServer(scene.desktop.address, {
    manner: 'refusing',
  });
  expect(await scene.show()).toEqual(notShown('refused'));
  server.become({ manner: 'well' });
  expect(await scene.show()).toEqual(shown);
});

test('a service that dies and returns has other numbers, and its circuit is closed at once (N4)', async () => {
  await using scene = await onDesktop();
  const first = await openNotificationServer(scene.desktop.address);
  await scene.show();
  await first[Symbol.asyncDispose]();
  await until(scene, { status: 'not-shown', why: 'no-service' });
  await until(scene, { status: 'not-shown', why: 'paused' });

  await using second = await openNotificationServer(scene.desktop.address);
  await until(scene, shown);
  expect(second.notified.map(({ replaces }) => replaces)).toEqual([0]);
  scene.notifier.withdraw('one');
  await expect.poll(() => second.closed).toEqual([1]);
});

test('a service that is registered but never starts is given 3 s, and then left alone (N4, P8)', async () => {
  await using scene = await onDesktop({ neverStarts: true });
  const { started } = scene.desktop;
  expect(await scene.showInVain(started)).toEqual(notShown('no-answer'));
  const second = scene.show();
  await expect.poll(() => wentBy(scene.clock, second)).toEqual(notShown('no-answer'));
  expect(await scene.show()).toEqual(notShown('paused'));
  expect(started()).toBe(1);
});

/** Lets time pass until it settles. */
const wentBy = async <T>(clock: { setForward: (ms: number) => void }, settles: Promise<T>) => {
  await new Promise(setImmediate);
  clock.setForward(3000);
  return settles;
};

test('a desktop without a session bus is said to have no service (P8)', async () => {
  const clock = createClock();
  const bus = openSessionBus(clock.later, () => {}, 'unix:path=/nowhere/bus');
  const notifier = linuxNotifier({ bus, later: clock.later, onClick: () => {} });
  expect(await notifier.show(plain)).toEqual(notShown('no-service'));
  notifier.withdraw('one');
  bus.close();
});
