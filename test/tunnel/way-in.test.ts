import { expect, test } from 'vitest';
import { trafficPolicy } from '../../electron/tunnel/policy.ts';
import type { PublicAnswer } from '../../electron/tunnel/probe.ts';
import { createTunnel, type Wanted, type WayIn } from '../../electron/tunnel/tunnel.ts';
import { virtualTime } from '../support/virtual-time.ts';
import { publicUrl, scriptedAgent } from './support/scripted-agent.ts';

const ngrok: Wanted = {
  kind: 'ngrok',
  authtoken: 'token',
  domain: null,
  serverAddress: null,
  rootCa: null,
  closedAtEdge: true,
};
const offline: PublicAnswer = { kind: 'answered', status: 404, ngrokError: 'ERR_NGROK_3200' };

/** A way in where the processes, the time and the public side are scripted. */
const wayIn = () => {
  const time = virtualTime();
  const script = scriptedAgent();
  const told: WayIn[] = [];
  const world = { answer: null as PublicAnswer | null, asked: 0 };
  const tunnel = createTunnel({
    agent: script.agent,
    ...time,
    chance: () => 0.5,
    token: () => 'a-random-word-of-at-least-22-characters',
    fetch: async (url) => {
      world.asked += 1;
      if (world.answer) return world.answer;
      const { pathname } = new URL(url);
      const through = tunnel.passageOf([
        ['x-hookbell-tunnel', 'a-random-word-of-at-least-22-characters'],
      ]);
      const came = tunnel.isProbe(pathname, through);
      return { kind: 'answered', status: came ? 200 : 404, ngrokError: null };
    },
    askReceiver: async () => true,
    onChange: (current) => told.push(current),
    log: () => {},
  });
  return {
    ...{ time, script, told, world, tunnel },
    receiving: async () => {
      tunnel.configure(ngrok, 4747);
      script.last().bound();
      await time.pass(0);
      script.last().beat();
      script.last().beat();
    },
  };
};

test('none is wanted: there is none', () => {
  const { tunnel, script } = wayIn();
  tunnel.configure({ kind: 'none' }, 4747);
  expect(tunnel.wayIn()).toEqual({ status: 'none' });
  expect(script.processes).toEqual([]);
});

test('ngrok is given the local port, the proof and the rule for its edge', () => {
  const { tunnel, script } = wayIn();
  tunnel.configure(ngrok, 4748);
  expect(script.last().dial()).toMatchObject({
    forwardTo: 'http://127.0.0.1:4748',
    requestHeaders: [['x-hookbell-tunnel', 'a-random-word-of-at-least-22-characters']],
    trafficPolicy,
  });
});

test('while our server does not listen there is no tunnel to it', async () => {
  const { tunnel, script, receiving } = wayIn();
  await receiving();
  tunnel.configure(ngrok, null);
  expect(script.last().isKilled()).toBe(true);
  expect(tunnel.wayIn()).toEqual({ status: 'none' });
});

test('a bound endpoint is only connecting until the probe has come back', async () => {
  const { told, receiving } = wayIn();
  await receiving();
  expect(told).toMatchObject([
    { status: 'connecting', url: null },
    { status: 'connecting', url: publicUrl },
    { status: 'receiving', url: publicUrl },
  ]);
});

test('one connection costs one probe', async () => {
  const { world, time, receiving } = wayIn();
  await receiving();
  await time.pass(4000);
  expect(world.asked).toBe(1);
});

test('a loss that the SDK mends is over as soon as a probe comes back', async () => {
  const { tunnel, script, time, world, receiving } = wayIn();
  await receiving();
  script.last().say({ what: 'disconnected', text: '' });
  expect(tunnel.wayIn()).toMatchObject({ status: 'degraded', why: 'disconnected', url: publicUrl });

  await time.pass(500);
  expect(tunnel.wayIn()).toMatchObject({ status: 'receiving' });
  expect(world.asked).toBe(2);
  expect(script.processes).toHaveLength(1);
});

test('when ngrok still says "offline" 1.5 s after a loss, a new process takes over', async () => {
  const { script, time, world, receiving } = wayIn();
  await receiving();
  world.answer = offline;
  script.last().say({ what: 'disconnected', text: '' });
  await time.pass(1400);
  expect(script.processes).toHaveLength(1);
  await time.pass(200);
  expect(script.processes).toHaveLength(2);
});

test('an endpoint that ngrok does not know 10 s after it was bound is bound again', async () => {
  const { tunnel, script, time, world } = wayIn();
  world.answer = offline;
  tunnel.configure(ngrok, 4747);
  script.last().bound();
  await time.pass(5000);
  script.last().beat();
  expect(tunnel.wayIn()).toMatchObject({
    status: 'degraded',
    why: { where: 'tunnel', problem: { code: 'endpoint-offline' } },
  });
  expect(script.processes).toHaveLength(1);
  await time.pass(11_000);
  expect(script.processes.length).toBeGreaterThan(1);
});

test('a token that was refused leaves the way in offline until a person does something', async () => {
  const { tunnel, script, time } = wayIn();
  tunnel.configure(ngrok, 4747);
  script.last().fail('ERR_NGROK_107');
  await time.pass(3_600_000);
  expect(tunnel.wayIn()).toMatchObject({
    status: 'offline',
    problem: { code: 'token-refused' },
    retryAt: null,
  });
  expect(script.processes).toHaveLength(1);
  tunnel.configure({ ...ngrok, authtoken: 'another' }, 4747);
  expect(script.processes).toHaveLength(2);
});

test('a public URL of one’s own is probed too, without a process and without a proof', async () => {
  const { tunnel, time, script, world } = wayIn();
  tunnel.configure({ kind: 'custom', publicUrl: 'https://hooks.example.org/' }, 4747);
  await time.pass(0);
  expect(tunnel.wayIn()).toMatchObject({
    status: 'receiving',
    url: 'https://hooks.example.org/',
  });
  world.answer = { kind: 'unreachable', text: '' };
  await time.pass(16 * 60_000);
  expect(tunnel.wayIn()).toMatchObject({ status: 'degraded', why: { where: 'edge' } });
  expect(script.processes).toEqual([]);
});

test('where the router leads nothing back in, a delivery under the public host proves a URL of one’s own, for a day (section 12)', async () => {
  const { tunnel, time, world, told } = wayIn();
  world.answer = { kind: 'answered', status: 200, ngrokError: null };
  tunnel.configure({ kind: 'custom', publicUrl: 'https://hooks.example.org/' }, 4747);
  await time.pass(5000);
  expect(tunnel.wayIn()).toMatchObject({ status: 'degraded', why: { where: 'elsewhere' } });

  tunnel.delivered('127.0.0.1:4747');
  expect(tunnel.wayIn()).toMatchObject({ status: 'degraded' });
  tunnel.delivered('Hooks.Example.org:443');
  expect(told.at(-1)).toEqual({
    status: 'receiving',
    url: 'https://hooks.example.org/',
    checkedAt: time.now(),
  });
  world.answer = { kind: 'unreachable', text: '' };
  await time.pass(23 * 60 * 60_000);
  expect(tunnel.wayIn()).toMatchObject({ status: 'receiving' });
  await time.pass(2 * 60 * 60_000);
  expect(tunnel.wayIn()).toMatchObject({ status: 'degraded', why: { where: 'edge' } });
});

test('a delivery from before the probe began to fail proves nothing', async () => {
  const { tunnel, time, world } = wayIn();
  tunnel.configure({ kind: 'custom', publicUrl: 'https://hooks.example.org/' }, 4747);
  await time.pass(0);
  tunnel.delivered('hooks.example.org');
  world.answer = { kind: 'unreachable', text: '' };
  await time.pass(16 * 60_000);
  expect(tunnel.wayIn()).toMatchObject({ status: 'degraded' });
});

test('only what came through our tunnel can be the probe', () => {
  const { tunnel } = wayIn();
  tunnel.configure(ngrok, 4747);
  expect(tunnel.isProbe('/hooks/probe/x', { status: 'not-ours' })).toBe(false);
});

test('closing ends the process, the probe and the watch over the clock', async () => {
  const { tunnel, time, script, receiving } = wayIn();
  await receiving();
  const closed = tunnel.close();
  script.last().exit();
  await closed;
  expect(time.waiting()).toBe(0);
});
