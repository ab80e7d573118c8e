import { expect, test } from 'vitest';
import { trafficPolicy } from '../../electron/tunnel/policy.ts';
import type { PublicAnswer } from '../../electron/tunnel/probe.ts';
import { createTunnel, type TunnelTarget } from '../../electron/tunnel/tunnel.ts';
import type { Pipe } from '../../shared/pipe.ts';
import type { TunnelSettings } from '../../shared/tunnel.ts';
import { virtualClock } from '../support/clock.ts';
import { publicUrl, scriptedAgent } from './support/scripted-agent.ts';

const settings: TunnelSettings = {
  kind: 'ngrok',
  domain: null,
  serverAddress: null,
  rootCa: null,
  closedAtEdge: true,
};
const ngrok: TunnelTarget = { settings, authtoken: 'token', port: 4747 };
const ownUrl: TunnelTarget = {
  settings: { kind: 'custom', publicUrl: 'https://hooks.example.org/' },
  authtoken: null,
  port: 4747,
};
const offline: PublicAnswer = { kind: 'answered', status: 404, ngrokError: 'ERR_NGROK_3200' };

/** A tunnel where the agents, the time and the public side are scripted. */
const scripted = () => {
  const time = virtualClock();
  const script = scriptedAgent();
  const told: (Pipe | null)[] = [];
  const world = { answer: null as PublicAnswer | null, asked: 0 };
  const tunnel = createTunnel({
    agent: script.agent,
    ...time,
    chance: () => 0.5,
    token: () => 'a-random-token-of-at-least-22-characters',
    fetch: async (url) => {
      world.asked += 1;
      if (world.answer) return world.answer;
      const { pathname } = new URL(url);
      const through = tunnel.passageOf([
        ['x-hookbell-tunnel', 'a-random-token-of-at-least-22-characters'],
      ]);
      const came = tunnel.takeProbe(pathname, through);
      return { kind: 'answered', status: came ? 200 : 404, ngrokError: null };
    },
    askReceiver: async () => true,
    onChange: (current) => told.push(current),
    log: () => {},
  });
  return {
    time,
    script,
    told,
    world,
    tunnel,
    receiving: async () => {
      tunnel.configure(ngrok);
      script.last().bound();
      await time.pass(0);
      script.last().beat();
      script.last().beat();
    },
  };
};

test('without a wanted public URL nothing is opened', () => {
  const { tunnel, script } = scripted();
  tunnel.configure({ settings: { kind: 'none' }, authtoken: null, port: 4747 });
  expect(tunnel.status()).toBeNull();
  expect(script.processes).toEqual([]);
});

test('ngrok gets the local port, the proof and the traffic policy', () => {
  const { tunnel, script } = scripted();
  tunnel.configure({ ...ngrok, port: 4748 });
  expect(script.last().dialOptions()).toMatchObject({
    port: 4748,
    requestHeaders: [['x-hookbell-tunnel', 'a-random-token-of-at-least-22-characters']],
    trafficPolicy,
  });
});

test('while our server does not listen the tunnel is closed', async () => {
  const { tunnel, script, receiving } = scripted();
  await receiving();
  tunnel.configure(null);
  expect(script.last().isKilled()).toBe(true);
  expect(tunnel.status()).toBeNull();
});

test('a bound endpoint is only connecting until the probe has come back', async () => {
  const { told, receiving } = scripted();
  await receiving();
  expect(told).toMatchObject([
    { status: 'connecting', url: null },
    { status: 'connecting', url: publicUrl },
    { status: 'receiving', url: publicUrl },
  ]);
});

test('one connection costs one probe', async () => {
  const { world, time, receiving } = scripted();
  await receiving();
  await time.pass(4000);
  expect(world.asked).toBe(1);
});

test('a loss that the SDK mends is over as soon as a probe comes back', async () => {
  const { tunnel, script, time, world, receiving } = scripted();
  await receiving();
  script.last().say({ what: 'disconnected', text: '' });
  expect(tunnel.status()).toMatchObject({
    status: 'degraded',
    why: { code: 'disconnected' },
    url: publicUrl,
  });

  await time.pass(500);
  expect(tunnel.status()).toMatchObject({ status: 'receiving' });
  expect(world.asked).toBe(2);
  expect(script.processes).toHaveLength(1);
});

test('when ngrok still answers "offline" 1.5 s after a loss, a new agent takes over', async () => {
  const { script, time, world, receiving } = scripted();
  await receiving();
  world.answer = offline;
  script.last().say({ what: 'disconnected', text: '' });
  await time.pass(1400);
  expect(script.processes).toHaveLength(1);
  await time.pass(200);
  expect(script.processes).toHaveLength(2);
});

test('an endpoint that ngrok does not know 10 s after it was bound is bound again', async () => {
  const { tunnel, script, time, world } = scripted();
  world.answer = offline;
  tunnel.configure(ngrok);
  script.last().bound();
  await time.pass(5000);
  script.last().beat();
  expect(tunnel.status()).toMatchObject({
    status: 'degraded',
    evidence: 'probe',
    why: { code: 'endpoint-offline' },
  });
  expect(script.processes).toHaveLength(1);
  await time.pass(11_000);
  expect(script.processes.length).toBeGreaterThan(1);
});

test('an authtoken that was refused leaves the public URL offline until a person does something', async () => {
  const { tunnel, script, time } = scripted();
  tunnel.configure(ngrok);
  script.last().fail('ERR_NGROK_107');
  await time.pass(3_600_000);
  expect(tunnel.status()).toMatchObject({
    status: 'offline',
    why: { code: 'token-refused' },
    retryAt: null,
  });
  expect(script.processes).toHaveLength(1);
  tunnel.configure({ ...ngrok, authtoken: 'another' });
  expect(script.processes).toHaveLength(2);
});

test('a public URL of one’s own is probed too, without a process and without a proof', async () => {
  const { tunnel, time, script, world } = scripted();
  tunnel.configure(ownUrl);
  await time.pass(0);
  expect(tunnel.status()).toMatchObject({
    status: 'receiving',
    url: 'https://hooks.example.org/',
  });
  world.answer = { kind: 'unreachable', text: '' };
  await time.pass(16 * 60_000);
  expect(tunnel.status()).toMatchObject({
    status: 'degraded',
    why: { code: 'own-url-unreachable' },
  });
  expect(script.processes).toEqual([]);
});

test('behind a router that leads nothing back in, a delivery proves a public URL of one’s own for a day', async () => {
  const { tunnel, time, world, told } = scripted();
  world.answer = { kind: 'answered', status: 200, ngrokError: null };
  tunnel.configure(ownUrl);
  await time.pass(5000);
  expect(tunnel.status()).toMatchObject({ status: 'degraded', why: { code: 'own-url-elsewhere' } });

  tunnel.delivered('127.0.0.1:4747');
  expect(tunnel.status()).toMatchObject({ status: 'degraded' });
  tunnel.delivered('Hooks.Example.org:443');
  expect(told.at(-1)).toEqual({
    status: 'receiving',
    port: 4747,
    url: 'https://hooks.example.org/',
    checkedAt: time.now(),
    by: 'delivery',
  });
  world.answer = { kind: 'unreachable', text: '' };
  await time.pass(23 * 60 * 60_000);
  expect(tunnel.status()).toMatchObject({ status: 'receiving' });
  await time.pass(2 * 60 * 60_000);
  expect(tunnel.status()).toMatchObject({
    status: 'degraded',
    why: { code: 'own-url-unreachable' },
  });
});

test('a delivery from before the probe began to fail proves nothing', async () => {
  const { tunnel, time, world } = scripted();
  tunnel.configure(ownUrl);
  await time.pass(0);
  tunnel.delivered('hooks.example.org');
  world.answer = { kind: 'unreachable', text: '' };
  await time.pass(16 * 60_000);
  expect(tunnel.status()).toMatchObject({ status: 'degraded' });
});

test('only what came through our tunnel can be the probe', () => {
  const { tunnel } = scripted();
  tunnel.configure(ngrok);
  expect(tunnel.takeProbe('/hooks/probe/x', { status: 'not-ours' })).toBe(false);
});

test('closing ends the agent, the probe and the clock watch', async () => {
  const { tunnel, time, script, receiving } = scripted();
  await receiving();
  const closed = tunnel.close();
  script.last().exit();
  await closed;
  expect(time.waiting()).toBe(0);
});
