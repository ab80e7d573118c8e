import { expect, test } from 'vitest';
import { openNotificationServer } from '../../bench/harness/notification-server.ts';
import { openPrivateBus, type PrivateBus } from '../../bench/harness/private-bus.ts';
import { linuxNotifier } from '../../electron/edges/linux-notifier.ts';
import { openSessionBus } from '../../electron/edges/session-bus.ts';
import type { ShownStore } from '../../electron/edges/shown-notifications.ts';
import type { LabelledButton, NotificationButton } from '../../electron/notifications/button.ts';
import type { NativeNotification, Showing } from '../../electron/notifications/notifier.ts';
import type { Opening } from '../../shared/ipc.ts';
import { virtualClock } from '../support/clock.ts';

const name = 'org.freedesktop.Notifications';
const plain: NativeNotification = {
  id: 'one',
  title: 'Binance could not sync',
  body: 'A <b>new</b> key & a secret\nKryptos',
  silent: false,
  urgency: 'normal',
  opening: { what: 'entry', seq: 7 },
};

const read: LabelledButton = { label: 'Mark read', press: { does: 'mark-read', seqs: [7] } };

const keptInMemory = (): ShownStore => {
  let kept: ReturnType<ShownStore['read']> = null;
  return {
    read: () => kept,
    write: (saved) => {
      kept = saved;
    },
  };
};

/** A desktop with a bus and a notifier, on the test's clock. */
const onDesktop = async ({
  neverStarts = false,
  store = keptInMemory(),
  on,
}: {
  neverStarts?: boolean;
  /** Of the run before. */
  store?: ShownStore;
  on?: PrivateBus;
} = {}) => {
  const desktop = on ?? (await openPrivateBus(neverStarts ? [name] : []));
  const clock = virtualClock();
  const bus = openSessionBus(clock.schedule, () => {}, desktop.address);
  const clicked: Opening[] = [];
  const pressed: NotificationButton[] = [];
  let timesAvailable = 0;
  const notifier = linuxNotifier({
    bus,
    schedule: clock.schedule,
    onClick: (opening) => clicked.push(opening),
    now: clock.now,
    store,
    onPress: (button) => pressed.push(button),
  });
  notifier.onAvailable?.(() => {
    timesAvailable += 1;
  });
  const show = (changed: Partial<NativeNotification> = {}) =>
    notifier.show({ ...plain, ...changed });
  /** The result of showing one to a silent service, after 3 s. */
  const showInVain = async (seen: () => unknown, changed: Partial<NativeNotification> = {}) => {
    const before = JSON.stringify(seen());
    const showing = show(changed);
    await expect.poll(() => JSON.stringify(seen())).not.toBe(before);
    clock.setForward(3000);
    return showing;
  };
  return {
    ...{ desktop, clock, bus, clicked, pressed, notifier, show, showInVain },
    timesAvailable: () => timesAvailable,
    [Symbol.asyncDispose]: async () => {
      bus.close();
      if (!on) await desktop[Symbol.asyncDispose]();
    },
  };
};

const shown: Showing = { status: 'shown' };
const notShown = (why: string) => ({ status: 'not-shown', why });

test('a notification arrives with its texts, its urgency and its app (N4)', async () => {
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

test('a notification uses only the capabilities of its service (N4)', async () => {
  await using scene = await onDesktop();
  await using server = await openNotificationServer(scene.desktop.address, {
    capabilities: ['body'],
  });

  await scene.show({ silent: true, urgency: 'critical', buttons: [read] });

  expect(server.notified).toEqual([
    expect.objectContaining({
      body: plain.body,
      actions: [],
      hints: { 'desktop-entry': 'hookbell', urgency: 2 },
      // Without a list, a critical one stays on the screen.
      expireMs: 0,
    }),
  ]);
});

test('a silent notification suppresses sound, and a critical one stays on the screen where the service keeps no list (N4)', async () => {
  await using scene = await onDesktop();
  await using server = await openNotificationServer(scene.desktop.address);

  await scene.show({ silent: true, urgency: 'critical' });

  expect(server.notified[0]?.hints).toEqual({
    ...{ 'desktop-entry': 'hookbell', urgency: 2, 'suppress-sound': true },
  });
  expect(server.notified[0]?.expireMs).toBe(-1);
});

test('texts are cut before they are escaped (N5)', async () => {
  await using scene = await onDesktop();
  await using server = await openNotificationServer(scene.desktop.address);

  await scene.show({ title: 't'.repeat(100), body: '&'.repeat(300) });

  expect(server.notified[0]?.title).toHaveLength(80);
  expect(server.notified[0]?.body).toMatch(/^(&amp;){239}…$/);
});

test('each service is asked for its capabilities once (N4)', async () => {
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

/** Shows one repeatedly, until this is the result. */
const until = (scene: { show: () => Promise<Showing> }, became: Showing) =>
  expect.poll(() => scene.show()).toEqual(became);

test('a later notification of the same id replaces the earlier one, also one in flight (N4)', async () => {
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

test('a withdrawn notification is closed, also one in flight (N4)', async () => {
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

test('a click opens what the notification says, and a button does what it says (N1, N4)', async () => {
  await using scene = await onDesktop();
  await using server = await openNotificationServer(scene.desktop.address);
  await scene.show({ buttons: [read] });
  expect(server.notified[0]?.actions).toEqual(['default', 'Open', 'button-0', 'Mark read']);

  server.press(1, 'button-0', 'token');
  server.press(1, 'button-1');
  server.press(1, 'never offered');
  server.press(99, 'default');
  server.press(1, 'default', 'token');

  await expect.poll(() => scene.clicked).toEqual([plain.opening]);
  expect(scene.pressed).toEqual([read.press]);
});

test('a click on a closed notification does nothing, and no later one replaces it (N1)', async () => {
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

test('a signal of another program is ignored (P6)', async () => {
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

test('a notification takes the place of another, which is then free (N4)', async () => {
  await using scene = await onDesktop();
  await using server = await openNotificationServer(scene.desktop.address);
  await Promise.all([
    scene.show({ title: 'fails' }),
    scene.show({ id: 'end', replaces: 'one', title: 'works again' }),
  ]);
  await scene.show({ title: 'fails again' });
  expect(server.notified.map(({ title, replaces, id }) => [title, replaces, id])).toEqual([
    ['fails', 0, 1],
    ['works again', 1, 1],
    ['fails again', 0, 2],
  ]);
});

test('a refreshed notification is changed while it is there, and never appears again', async () => {
  await using scene = await onDesktop();
  await using server = await openNotificationServer(scene.desktop.address);
  await scene.show();
  scene.notifier.refresh?.({ ...plain, title: '3 tries' });
  await expect.poll(() => server.notified.map(({ title }) => title).at(-1)).toBe('3 tries');
  expect(server.notified.at(-1)?.replaces).toBe(1);

  server.dismiss(1);
  await scene.show({ id: 'another' });
  scene.notifier.refresh?.({ ...plain, title: '4 tries' });
  scene.notifier.refresh?.({ ...plain, id: 'never shown' });
  await scene.show({ id: 'last' });
  expect(server.notified.map(({ title }) => title)).not.toContain('4 tries');
  expect(server.notified).toHaveLength(4);
});

/** A run that showed one, and what it kept for the next. */
const runBefore = async (on: PrivateBus): Promise<ShownStore> => {
  const store = keptInMemory();
  await using scene = await onDesktop({ on, store });
  await scene.show({ buttons: [read] });
  scene.clock.setForward(1000);
  expect(store.read()?.shown).toHaveLength(1);
  return store;
};

test('a click on a notification of the run before opens its event, and its end replaces it (N1)', async () => {
  await using bus = await openPrivateBus();
  await using server = await openNotificationServer(bus.address);
  const store = await runBefore(bus);

  await using scene = await onDesktop({ on: bus, store });
  await scene.show({
    id: 'end',
    replaces: 'one',
    title: 'works again',
    opening: { what: 'entry', seq: 9 },
  });
  expect(server.notified.map(({ title, replaces }) => [title, replaces]).at(-1)).toEqual([
    'works again',
    1,
  ]);
  server.press(1, 'default');
  await expect.poll(() => scene.clicked).toEqual([{ what: 'entry', seq: 9 }]);
});

test('a click and a button of the run before work without any further notification (N1)', async () => {
  await using bus = await openPrivateBus();
  await using server = await openNotificationServer(bus.address);
  const store = await runBefore(bus);

  await using scene = await onDesktop({ on: bus, store });
  scene.clock.setForward(1000);
  await expect
    .poll(() => {
      server.press(1, 'button-0');
      server.press(1, 'default');
      return [scene.clicked[0], scene.pressed[0]];
    })
    .toEqual([plain.opening, read.press]);
});

test('nothing of the run before is taken up after a day, or from another service (N1)', async () => {
  await using bus = await openPrivateBus();
  const first = await openNotificationServer(bus.address);
  const store = await runBefore(bus);
  const saved = store.read();
  {
    const aDayAgo = keptInMemory();
    if (saved) aDayAgo.write({ ...saved, shown: saved.shown.map((one) => ({ ...one, at: 0 })) });
    await using scene = await onDesktop({ on: bus, store: aDayAgo });
    await scene.show({ id: 'end', replaces: 'one' });
    expect(first.notified.at(-1)?.replaces).toBe(0);
  }
  await first[Symbol.asyncDispose]();
  await using second = await openNotificationServer(bus.address);
  await using scene = await onDesktop({ on: bus, store });
  await scene.show({ id: 'end', replaces: 'one' });
  expect(second.notified.at(-1)?.replaces).toBe(0);
});

test('a service that says do not disturb is reported as holding back, and one without that property is asked once (N8)', async () => {
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

test('the end of do not disturb is reported, and its beginning is not (N8)', async () => {
  await using scene = await onDesktop();
  await using server = await openNotificationServer(scene.desktop.address, { inhibited: false });
  await scene.show();
  server.inhibit(true);
  expect(await scene.show()).toEqual({ status: 'held' });
  expect(scene.timesAvailable()).toBe(0);
  server.inhibit(false);
  await expect.poll(scene.timesAvailable).toBe(1);
});

test('a missing service is reported at once, and a late one is found (N4, P8)', async () => {
  await using scene = await onDesktop();
  expect(await scene.show()).toEqual(notShown('no-service'));
  expect(await scene.show()).toEqual(notShown('no-service'));
  expect(await scene.show()).toEqual(notShown('paused'));

  await using server = await openNotificationServer(scene.desktop.address);
  await expect.poll(scene.timesAvailable).toBe(1);
  expect(await scene.show()).toEqual(shown);
  expect(server.notified).toHaveLength(1);
});

test('a silent service has 3 s, and after two failures it is not called for a minute (N4)', async () => {
  await using scene = await onDesktop();
  await using server = await openNotificationServer(scene.desktop.address);
  await scene.show();
  server.become({ manner: 'silent' });
  const seen = () => server.notified.length;

  expect(await scene.showInVain(seen)).toEqual(notShown('no-answer'));
  expect(await scene.showInVain(seen)).toEqual(notShown('no-answer'));
  expect(await scene.show()).toEqual(notShown('paused'));
  expect(server.notified).toHaveLength(3);

  // The probe after a minute gets no answer either.
  const asked = () => server.calls.filter((call) => call === 'GetCapabilities').length;
  scene.clock.setForward(60_000);
  await expect.poll(asked).toBe(2);
  scene.clock.setForward(3000);
  expect(await scene.show()).toEqual(notShown('paused'));

  server.become({ manner: 'well' });
  scene.clock.setForward(60_000);
  await expect.poll(scene.timesAvailable).toBe(1);
  expect(await scene.show()).toEqual(shown);
  expect(server.notified).toHaveLength(4);
});

test('a service that is silent from the first call on gets no second call (N4)', async () => {
  await using scene = await onDesktop();
  await using server = await openNotificationServer(scene.desktop.address, { manner: 'silent' });
  const showings = [scene.show({ id: 'one' }), scene.show({ id: 'two' })];
  await expect.poll(() => server.calls).toEqual(['GetCapabilities']);
  scene.clock.setForward(3000);
  expect(await Promise.all(showings)).toEqual([notShown('no-answer'), notShown('no-answer')]);

  // A notification reported as not shown never appears.
  server.become({ manner: 'well' });
  server.answerLate();
  scene.clock.setForward(60_000);
  await until(scene, shown);
  expect(server.notified).toHaveLength(1);
});

test('a service that refuses is reported as refusing (N4)', async () => {
  await using scene = await onDesktop();
  await using server = await openNotificationServer(scene.desktop.address, {
    manner: 'refusing',
  });
  expect(await scene.show()).toEqual(notShown('refused'));
  server.become({ manner: 'well' });
  expect(await scene.show()).toEqual(shown);
});

test('a restarted service numbers anew and closes the circuit at once (N4)', async () => {
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

test('a registered service that never starts has 3 s, and is then not called (N4, P8)', async () => {
  await using scene = await onDesktop({ neverStarts: true });
  const { started } = scene.desktop;
  expect(await scene.showInVain(started)).toEqual(notShown('no-answer'));
  const second = scene.show();
  await expect.poll(() => wentBy(scene.clock, second)).toEqual(notShown('no-answer'));
  expect(await scene.show()).toEqual(notShown('paused'));
  expect(started()).toBe(1);
});

/** Advances the clock until it settles. */
const wentBy = async <T>(clock: { setForward: (ms: number) => void }, settles: Promise<T>) => {
  await new Promise(setImmediate);
  clock.setForward(3000);
  return settles;
};

test('a desktop without a session bus is reported as without a service (P8)', async () => {
  const clock = virtualClock();
  const bus = openSessionBus(clock.schedule, () => {}, 'unix:path=/nowhere/bus');
  const notifier = linuxNotifier({ bus, schedule: clock.schedule, onClick: () => {} });
  expect(await notifier.show(plain)).toEqual(notShown('no-service'));
  notifier.withdraw('one');
  bus.close();
});

test('what ends in the first moment of a run is withdrawn from the screen, though the service is not known yet', async () => {
  const store = keptInMemory();
  await using desktop = await openPrivateBus();
  await using server = await openNotificationServer(desktop.address);
  await using before = await onDesktop({ on: desktop, store });
  await before.show();
  before.clock.setForward(1000);
  await expect.poll(() => store.read()).not.toBeNull();
  before.bus.close();

  await using scene = await onDesktop({ on: desktop, store });
  scene.notifier.withdraw(plain.id);
  await new Promise(setImmediate);
  scene.clock.setForward(1000);
  await expect.poll(() => server.closed).toHaveLength(1);
});
