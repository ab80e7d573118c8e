import { expect, test } from 'vitest';
import { openNotificationServer } from '../../bench/harness/notification-server.ts';
import { openPrivateBus } from '../../bench/harness/private-bus.ts';
import { schedule } from '../../electron/edges/clock.ts';
import { openSessionBus, type SessionBus } from '../../electron/edges/session-bus.ts';

const name = 'org.freedesktop.Notifications';
const capabilities = {
  destination: name,
  path: '/org/freedesktop/Notifications',
  interface: name,
  member: 'GetCapabilities',
};

const listening = (address: string) => {
  const said: string[] = [];
  const bus = openSessionBus(schedule, (line) => said.push(line), address);
  const owners: (string | null)[] = [];
  bus.onOwner(name, (owner) => owners.push(owner));
  return { bus, owners, said };
};

const whyNot = (bus: SessionBus, withinMs?: number): Promise<unknown> =>
  bus.call(capabilities, withinMs).then(
    () => 'answered',
    ({ why }) => why,
  );

test('a call settles with the values of the reply (N4)', async () => {
  await using desktop = await openPrivateBus();
  await using _server = await openNotificationServer(desktop.address, { capabilities: ['body'] });
  const { bus } = listening(desktop.address);
  expect(await bus.call(capabilities)).toEqual([['body']]);
  bus.close();
});

test('a failed call says why: no service, no answer, refused (N4)', async () => {
  await using desktop = await openPrivateBus();
  const { bus } = listening(desktop.address);
  expect(await whyNot(bus)).toBe('no-service');

  await using server = await openNotificationServer(desktop.address, { manner: 'refusing' });
  expect(await whyNot(bus)).toBe('refused');
  server.become({ manner: 'silent' });
  expect(await whyNot(bus, 50)).toBe('no-answer');
  server.become({ manner: 'well' });
  server.answerLate();
  expect(await whyNot(bus)).toBe('answered');
  bus.close();
});

test('a registered service that never starts costs a call its time limit only (P8)', async () => {
  await using desktop = await openPrivateBus([name]);
  const { bus } = listening(desktop.address);
  expect(await whyNot(bus, 300)).toBe('no-answer');
  bus.close();
});

test('a listener learns the owner of a name at once, and after every change (P8)', async () => {
  await using desktop = await openPrivateBus();
  const { bus, owners } = listening(desktop.address);
  await expect.poll(() => owners).toEqual([null]);

  const server = await openNotificationServer(desktop.address);
  await expect.poll(() => owners).toEqual([null, expect.stringMatching(/^:/)]);
  await server[Symbol.asyncDispose]();
  await expect.poll(() => owners.at(-1)).toBe(null);
  bus.close();
});

test("a question for a name's owner starts no service (P8)", async () => {
  await using desktop = await openPrivateBus([name]);
  const { bus, owners } = listening(desktop.address);
  await expect.poll(() => owners).toEqual([null]);
  expect(desktop.started()).toBe(0);
  expect(await whyNot(bus, 300)).toBe('no-answer');
  await expect.poll(() => desktop.started()).toBe(1);
  bus.close();
});

test('a listener gets the values and the sender of its own signals only (N4)', async () => {
  await using desktop = await openPrivateBus();
  await using server = await openNotificationServer(desktop.address);
  const { bus, owners } = listening(desktop.address);
  const heard: unknown[] = [];
  bus.onSignal({ ...capabilities, member: 'NotificationClosed' }, (body, sender) =>
    heard.push([body, sender]),
  );
  await bus.call(capabilities);
  server.press(1, 'default');
  server.dismiss(7);
  await expect.poll(() => heard).toEqual([[[7, 2], owners.at(-1)]]);
  bus.close();
});

test('a listener learns that the bus was lost, and its owner again after a reconnection (P8)', {
  timeout: 30_000,
}, async () => {
  await using desktop = await openPrivateBus();
  await using _before = await openNotificationServer(desktop.address);
  const { bus, owners, said } = listening(desktop.address);
  const closed: unknown[] = [];
  bus.onSignal({ ...capabilities, member: 'NotificationClosed' }, ([id]) => closed.push(id));
  await expect.poll(() => owners).toEqual([expect.any(String)]);

  await desktop.stop();
  await expect.poll(() => owners).toEqual([expect.any(String), null]);
  expect(await whyNot(bus)).toBe('no-service');
  expect(said).not.toEqual([]);

  await desktop.start();
  await using server = await openNotificationServer(desktop.address);
  await expect
    .poll(() => owners.filter((owner) => owner !== null).length, { timeout: 15_000 })
    .toBe(2);
  await bus.call(capabilities);
  server.dismiss(7);
  await expect.poll(() => closed).toEqual([7]);
  bus.close();
});

test('a call in flight fails at once when the bus ends (P8)', async () => {
  await using desktop = await openPrivateBus();
  await using server = await openNotificationServer(desktop.address, { manner: 'silent' });
  const { bus } = listening(desktop.address);
  const startedAt = performance.now();
  const answer = whyNot(bus, 60_000);
  await expect.poll(() => server.calls).toEqual(['GetCapabilities']);
  await desktop.stop();
  expect(await answer).toBe('no-answer');
  expect(performance.now() - startedAt).toBeLessThan(10_000);
  bus.close();
});

test('a missing or frozen bus costs a call at most its time limit (P8)', async () => {
  const nowhere = listening('unix:path=/nowhere/bus');
  expect(await whyNot(nowhere.bus)).toBe('no-service');
  await expect.poll(() => nowhere.owners).toContain(null);
  const disabled = listening('disabled:');
  expect(await whyNot(disabled.bus)).toBe('no-service');

  await using desktop = await openPrivateBus();
  desktop.freeze();
  const { bus } = listening(desktop.address);
  expect(await whyNot(bus, 100)).toBe('no-answer');
  desktop.thaw();
  expect(await whyNot(bus)).toBe('no-service');
  for (const one of [nowhere.bus, disabled.bus, bus]) one.close();
});
