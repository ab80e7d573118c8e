import { expect, test } from 'vitest';
import type { AgentEvent } from '../../electron/tunnel/messages.ts';
import { connectedStatus, dialOptions, supervised } from './support/supervised.ts';

const disconnected: AgentEvent = { what: 'disconnected', text: 'transport error' };

test('after a loss the SDK may come back by itself: two heartbeats in a row prove it', async () => {
  const { supervisor, script, time, connected, status } = supervised();
  const process = await connected();

  process.say(disconnected);
  expect(supervisor.status()).toMatchObject({ status: 'degraded', why: { code: 'disconnected' } });
  await time.pass(200);
  process.beat();
  expect(status()).toBe('degraded');
  await time.pass(5000);
  process.beat();

  expect(supervisor.status()).toEqual(connectedStatus);
  expect(script.processes).toHaveLength(1);
});

test('when the SDK is not back after its three quick attempts, a new agent takes over', async () => {
  const { script, time, connected } = supervised();
  const process = await connected();
  process.say(disconnected);
  await time.pass(50);
  process.say(disconnected);
  await time.pass(3449);
  expect(process.isKilled()).toBe(false);

  await time.pass(1);
  expect(process.isKilled()).toBe(true);
  expect(script.processes).toHaveLength(2);
});

test('a single heartbeat came before authentication: a new agent takes over', async () => {
  const { script, time, connected } = supervised();
  const process = await connected();
  process.say(disconnected);
  process.beat();
  await time.pass(8000);
  expect(process.isKilled()).toBe(true);
  expect(script.processes).toHaveLength(2);
});

test('a missed heartbeat degrades the connection, and silence after it is a loss', async () => {
  const { supervisor, script, time, connected } = supervised();
  const process = await connected();
  process.missBeat();
  expect(supervisor.status()).toMatchObject({ status: 'degraded', why: { code: 'silent' } });
  await time.pass(2499);
  expect(process.isKilled()).toBe(false);

  await time.pass(1);
  expect(process.isKilled()).toBe(true);
  expect(script.processes).toHaveLength(2);
  expect(supervisor.status()).toEqual({ status: 'connecting', url: null });
});

test('heartbeats that come again end the degraded state', async () => {
  const { supervisor, script, connected, beating } = supervised();
  (await connected()).missBeat();
  await beating(10_000);
  expect(supervisor.status()).toEqual(connectedStatus);
  expect(script.processes).toHaveLength(1);
});

test('an agent that stays silent is replaced', async () => {
  const { script, time, connected } = supervised();
  const process = await connected();
  await time.pass(16_000);
  expect(process.isKilled()).toBe(true);
  expect(script.processes).toHaveLength(2);
});

test('an agent that ends is replaced at once', async () => {
  const { script, connected } = supervised();
  (await connected()).exit();
  expect(script.processes).toHaveLength(2);
});

test('a connection that never lasts is not dialled without a pause', async () => {
  const { supervisor, script, time } = supervised();
  supervisor.configure(dialOptions);
  for (let round = 0; round < 4; round += 1) {
    const { length } = script.processes;
    script.last().bound();
    script.last().exit();
    expect(script.processes).toHaveLength(length);
    await time.pass(3500);
    expect(script.processes).toHaveLength(length + 1);
  }
});

test('events of an agent that was replaced change nothing', async () => {
  const { supervisor, script, time, connected } = supervised();
  const old = await connected();
  await time.pass(16_000);
  old.bound();
  old.fail('ERR_NGROK_107');
  old.exit();
  expect(supervisor.status()).toEqual({ status: 'connecting', url: null });
  expect(script.processes).toHaveLength(2);
});

test('an unknown message from the agent changes nothing', async () => {
  const { supervisor, connected } = supervised();
  const process = await connected();
  for (const message of [null, 'bound', { what: 'off' }, { what: 'bound', url: 'no url' }])
    process.sayAnything(message);
  expect(supervisor.status()).toEqual(connectedStatus);
});
