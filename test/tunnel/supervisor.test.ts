import { expect, test } from 'vitest';
import type { AgentEvent } from '../../electron/tunnel/messages.ts';
import type { ReconnectReason } from '../../electron/tunnel/phase.ts';
import { connectedStatus, dialOptions, supervised } from './support/supervised.ts';

const disconnected: AgentEvent = { what: 'disconnected', text: 'transport error' };
const unreachable = 'failed to connect session: failed to establish tcp connection';

test('nothing runs until a connection is wanted', () => {
  const { script, status } = supervised();
  expect(status()).toBe('off');
  expect(script.processes).toEqual([]);
});

test('a tunnel is connecting without a URL until its endpoint is bound, then with it', () => {
  const { supervisor, script } = supervised();
  supervisor.configure(dialOptions);
  expect(supervisor.status()).toEqual({ status: 'connecting', url: null });
  expect(script.last().dialOptions()).toEqual(dialOptions);

  script.last().bound();
  expect(supervisor.status()).toEqual(connectedStatus);
});

test('a dial without a heartbeat ends after 4 s, and the next begins at once', async () => {
  const { supervisor, script, time } = supervised();
  supervisor.configure(dialOptions);
  await time.pass(3999);
  expect(script.processes).toHaveLength(1);

  await time.pass(1);
  expect(script.processes[0]?.isKilled()).toBe(true);
  expect(script.processes).toHaveLength(2);
});

test('a dial with a heartbeat has 15 s in all', async () => {
  const { supervisor, script, time } = supervised();
  supervisor.configure(dialOptions);
  script.last().beat();
  await time.pass(14_999);
  expect(script.processes).toHaveLength(1);

  await time.pass(1);
  expect(script.processes[0]?.isKilled()).toBe(true);
});

test('pauses double from half a second to 3 s, and after two minutes to 30 s, without end', async () => {
  const { supervisor, failing } = supervised();
  supervisor.configure(dialOptions);
  const starts = await failing(60 * 60_000, null, unreachable);
  const pauses = starts.slice(1).map((at, index) => at - (starts[index] ?? 0));

  expect(pauses.slice(0, 6).map((ms) => Math.round(ms / 100) / 10)).toEqual([0.5, 1, 2, 3, 3, 3]);
  expect(Math.round((pauses.at(-1) ?? 0) / 1000)).toBe(30);
  expect(starts.at(-1)).toBeGreaterThan(59 * 60_000);
});

test('an ngrok that cannot be reached is offline after 10 s, with the time of the next attempt', async () => {
  const { supervisor, failing, status } = supervised();
  supervisor.configure(dialOptions);
  await failing(5000, null, unreachable);
  expect(status()).toBe('connecting');

  await failing(9000, null, unreachable);
  expect(supervisor.status()).toMatchObject({
    status: 'offline',
    why: { code: 'unreachable' },
    retryAt: expect.any(Number),
  });
});

test.each([
  'ERR_NGROK_105',
  'ERR_NGROK_106',
  'ERR_NGROK_107',
  'ERR_NGROK_4018',
  'ERR_NGROK_102',
  'ERR_NGROK_123',
  'ERR_NGROK_338',
  'ERR_NGROK_15014',
  'ERR_NGROK_313',
  'ERR_NGROK_319',
  'ERR_NGROK_320',
  'ERR_NGROK_326',
  'ERR_NGROK_15013',
])('%s stops until a person asks again', async (code) => {
  const { supervisor, script, time } = supervised();
  supervisor.configure(dialOptions);
  script.last().fail(code);
  expect(supervisor.status()).toMatchObject({
    status: 'offline',
    why: { title: expect.stringContaining(code) },
    retryAt: null,
  });
  expect(script.last().isKilled()).toBe(true);

  await time.pass(24 * 60 * 60_000);
  supervisor.reconnect('resumed');
  expect(script.processes).toHaveLength(1);

  supervisor.reconnect('asked');
  expect(script.processes).toHaveLength(2);
});

test('a domain that is in use is tried for a minute before it is shown, then slowly', async () => {
  const { supervisor, script, failing, status } = supervised();
  supervisor.configure(dialOptions);
  await failing(58_000, 'ERR_NGROK_334');
  expect(status()).toBe('connecting');
  expect(script.processes.length).toBeGreaterThan(15);

  await failing(5000, 'ERR_NGROK_334');
  expect(supervisor.status()).toMatchObject({
    status: 'offline',
    why: {
      code: 'domain-already-online',
      title: expect.stringContaining('ERR_NGROK_334'),
    },
  });
  const before = script.processes.length;
  await failing(5 * 60_000, 'ERR_NGROK_334');
  expect(script.processes.length - before).toBeLessThan(13);
  expect(script.processes.length - before).toBeGreaterThan(8);
});

test('too many sessions are shown at once and tried again within seconds', async () => {
  const { supervisor, script, time } = supervised();
  supervisor.configure(dialOptions);
  script.last().fail('ERR_NGROK_108');
  expect(supervisor.status()).toMatchObject({
    status: 'offline',
    why: { code: 'too-many-sessions', title: expect.stringContaining('ERR_NGROK_108') },
  });
  await time.pass(500);
  expect(script.processes).toHaveLength(2);
});

test('an ngrok that asks for fewer attempts is left alone for half a minute', async () => {
  const { supervisor, script, time } = supervised();
  supervisor.configure(dialOptions);
  script.last().fail('ERR_NGROK_349');
  expect(supervisor.status()).toMatchObject({ status: 'offline' });

  await time.pass(29_000);
  expect(script.processes).toHaveLength(1);
  await time.pass(1000);
  expect(script.processes).toHaveLength(2);
});

test('a traffic policy that ngrok refuses is left out at once, and stays left out', async () => {
  const { supervisor, script, time } = supervised();
  supervisor.configure(dialOptions);
  script.last().fail('ERR_NGROK_2201');
  expect(script.processes).toHaveLength(2);
  expect(script.last().dialOptions()?.trafficPolicy).toBeNull();
  expect(supervisor.policyRefused()).toBe(true);

  script.last().bound();
  script.last().exit();
  await time.pass(2000);
  expect(script.last().dialOptions()?.trafficPolicy).toBeNull();
});

test.each<[ReconnectReason, boolean]>([
  ['resumed', true],
  ['network-lost', true],
  ['clock-jumped', true],
  ['asked', true],
  ['unlocked', false],
  ['network-gained', false],
])('%s: a connection in good health is replaced: %s', async (why, replaced) => {
  const { supervisor, connected } = supervised();
  const process = await connected();
  supervisor.reconnect(why);
  expect(process.isKilled()).toBe(replaced);
});

test('a connection that has been quiet is replaced when the computer is unlocked', async () => {
  const { supervisor, time, connected } = supervised();
  const process = await connected();
  await time.pass(6000);
  supervisor.reconnect('unlocked');
  expect(process.isKilled()).toBe(true);
});

test('several reasons to reconnect at the same time are one', async () => {
  const { supervisor, script, time, connected } = supervised();
  await connected();
  supervisor.reconnect('resumed');
  supervisor.reconnect('unlocked');
  await time.pass(500);
  supervisor.reconnect('network-gained');
  expect(script.processes).toHaveLength(2);
});

test('a reason to reconnect cuts a pause short, and the pauses begin anew', async () => {
  const { supervisor, script, failing } = supervised();
  supervisor.configure(dialOptions);
  await failing(10 * 60_000, null, unreachable);
  const { length } = script.processes;
  supervisor.reconnect('network-gained');
  expect(script.processes).toHaveLength(length + 1);
  expect(supervisor.status()).toEqual({ status: 'connecting', url: null });
  await failing(1000, null, unreachable);
  expect(script.processes).toHaveLength(length + 2);
});

test('an endpoint that is stopped from outside comes back', async () => {
  const { supervisor, script, time, connected } = supervised();
  (await connected()).say({ what: 'closed', code: null, text: 'stopped' });
  expect(supervisor.status()).toEqual({ status: 'connecting', url: null });
  await time.pass(500);
  expect(script.processes).toHaveLength(2);
});

test('a probe that came back is worth two heartbeats, one that found nothing ends the connection', async () => {
  const { supervisor, connected } = supervised();
  const process = await connected();
  process.say(disconnected);
  supervisor.probed('proven');
  expect(supervisor.status()).toEqual(connectedStatus);
  supervisor.probed('disproven');
  expect(process.isKilled()).toBe(true);
});

test('the same settings change nothing, others replace the agent, none end it', async () => {
  const { supervisor, script, connected, status } = supervised();
  const process = await connected();
  supervisor.configure({ ...dialOptions });
  expect(process.isKilled()).toBe(false);

  supervisor.configure({ ...dialOptions, domain: 'other.ngrok-free.app' });
  expect(process.isKilled()).toBe(true);
  supervisor.configure(null);
  expect(script.processes.map((each) => each.isKilled())).toEqual([true, true]);
  expect(status()).toBe('off');
});

test('closing has the agent take the endpoint offline, and kills it when it does not', async () => {
  const { supervisor, script, time, connected } = supervised();
  const process = await connected();
  let closed = false;
  void supervisor.close().then(() => {
    closed = true;
  });
  expect(process.commands.at(-1)).toEqual({ what: 'close' });
  await time.pass(1499);
  expect(closed).toBe(false);

  await time.pass(1);
  expect(process.isKilled()).toBe(true);
  expect(closed).toBe(true);
  supervisor.configure({ ...dialOptions, domain: 'late.ngrok-free.app' });
  expect(script.processes).toHaveLength(1);
});

test('closing settles as soon as the agent has ended', async () => {
  const { supervisor, time, connected } = supervised();
  const process = await connected();
  const closed = supervisor.close();
  process.exit();
  await closed;
  expect(process.isKilled()).toBe(false);
  expect(time.waiting()).toBe(0);
});

test('a status is told once, however often it is confirmed', async () => {
  const { told, beating, connected } = supervised();
  await connected();
  await beating(60_000);
  expect(told).toEqual([{ status: 'connecting', url: null }, connectedStatus]);
});
