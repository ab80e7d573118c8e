import { expect, test } from 'vitest';
import type { Said } from '../../electron/tunnel/messages.ts';
import { publicUrl } from './support/scripted-agent.ts';
import { dial, supervised } from './support/supervised.ts';

const disconnected: Said = { what: 'disconnected', text: 'transport error' };

test('after a loss the SDK may come back by itself: two heartbeats in a row say that it has', async () => {
  const { supervisor, script, time, connected, status } = supervised();
  const process = await connected();

  process.say(disconnected);
  expect(supervisor.state()).toMatchObject({ status: 'degraded', why: 'disconnected' });
  await time.pass(200);
  process.beat();
  expect(status()).toBe('degraded');
  await time.pass(5000);
  process.beat();

  expect(supervisor.state()).toMatchObject({ status: 'online', url: publicUrl });
  expect(script.processes).toHaveLength(1);
});

test('when the SDK is not back after its three quick tries, a new process takes over', async () => {
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

test('a heartbeat that stays alone was before authentication: a new process takes over', async () => {
  const { script, time, connected } = supervised();
  const process = await connected();
  process.say(disconnected);
  process.beat();
  await time.pass(8000);
  expect(process.isKilled()).toBe(true);
  expect(script.processes).toHaveLength(2);
});

test('a missed heartbeat is a doubt, and no sign of life after it is a loss', async () => {
  const { supervisor, script, time, connected } = supervised();
  const process = await connected();
  process.beat(null);
  expect(supervisor.state()).toMatchObject({ status: 'degraded', why: 'silent' });
  await time.pass(2499);
  expect(process.isKilled()).toBe(false);

  await time.pass(1);
  expect(process.isKilled()).toBe(true);
  expect(script.processes).toHaveLength(2);
  expect(supervisor.state()).toMatchObject({ status: 'connecting', attempt: 1 });
});

test('heartbeats that come again end the doubt', async () => {
  const { script, connected, beating, status } = supervised();
  (await connected()).beat(null);
  await beating(10_000);
  expect(status()).toBe('online');
  expect(script.processes).toHaveLength(1);
});

test('a process that says nothing at all is replaced', async () => {
  const { script, time, connected } = supervised();
  const process = await connected();
  await time.pass(16_000);
  expect(process.isKilled()).toBe(true);
  expect(script.processes).toHaveLength(2);
});

test('a process that ends is replaced at once', async () => {
  const { script, connected } = supervised();
  (await connected()).exit();
  expect(script.processes).toHaveLength(2);
});

test('a connection that never lasts is not dialled without a pause', async () => {
  const { supervisor, script, time } = supervised();
  supervisor.configure(dial);
  for (let round = 0; round < 4; round += 1) {
    const { length } = script.processes;
    script.last().bound();
    script.last().exit();
    expect(script.processes).toHaveLength(length);
    await time.pass(3500);
    expect(script.processes).toHaveLength(length + 1);
  }
});

test('what an abandoned process says is nobody’s business any more', async () => {
  const { supervisor, script, time, connected } = supervised();
  const old = await connected();
  await time.pass(16_000);
  old.bound();
  old.fail('ERR_NGROK_107');
  old.exit();
  expect(supervisor.state()).toMatchObject({ status: 'connecting' });
  expect(script.processes).toHaveLength(2);
});

test('what no process of ours would say changes nothing', async () => {
  const { connected, status } = supervised();
  const process = await connected();
  for (const message of [null, 'bound', { what: 'off' }, { what: 'bound', url: 'no url' }])
    process.sayAnything(message);
  expect(status()).toBe('online');
});
