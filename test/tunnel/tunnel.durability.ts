import { setTimeout as pass } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundleAgent } from './support/forked-agent.ts';
import { openTunnel } from './support/opened.ts';
import { scenarios } from './support/scenarios.ts';

let agent: Awaited<ReturnType<typeof bundleAgent>>;
beforeAll(async () => {
  agent = await bundleAgent();
});
afterAll(() => agent[Symbol.dispose]());

const isReceiving = ({ status }: { status: string }) => status === 'receiving';

test('it is receiving once its probe has come back, not before', async () => {
  await using opened = await openTunnel(agent.file);
  opened.open();
  await opened.until(isReceiving);

  expect(opened.told).toMatchObject([
    { status: 'connecting', url: null },
    { status: 'connecting', url: 'https://hookbell.ngrok-free.app' },
    { status: 'receiving', url: 'https://hookbell.ngrok-free.app' },
  ]);
  expect((await opened.deliver('first')).status).toBe(200);
  expect(opened.upstream.asked.map(({ body }) => body.toString())).toEqual(['first']);
});

test('five hundred deliveries in flight arrive once each', async () => {
  await using opened = await openTunnel(agent.file);
  await opened.receiving();
  const ids = Array.from({ length: 500 }, (_each, at) => `delivery ${at}`);

  const answers = await Promise.all(ids.map((id) => opened.deliver(id, 30_000)));

  expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
  expect(answers.map(({ text }) => text)).toEqual(ids);
  expect(opened.upstream.asked.map(({ body }) => body.toString()).sort()).toEqual([...ids].sort());
});

test('what got a 200 while connections are being cut has arrived, and once', async () => {
  await using opened = await openTunnel(agent.file);
  await opened.receiving();
  const accepted: string[] = [];
  const sending = Promise.all(
    Array.from({ length: 20 }, async (_each, sender) => {
      for (let turn = 0, taken = 0; taken < 15; turn += 1) {
        const id = `${sender}/${turn}`;
        const { status, text } = await opened.deliver(id, 2000);
        if (status !== 200) {
          await pass(20);
          continue;
        }
        expect(text).toBe(id);
        accepted.push(id);
        taken += 1;
      }
    }),
  );
  for (const how of ['rst', 'fin', 'goaway'] as const) {
    await opened.edge.until(opened.edge.isOnline);
    opened.edge.faults.cut(how);
    await opened.edge.until(() => !opened.edge.isOnline());
  }
  await sending;

  const arrived = opened.upstream.asked.map(({ body }) => body.toString());
  expect(new Set(arrived).size).toBe(arrived.length);
  expect(accepted.filter((id) => !arrived.includes(id))).toEqual([]);
  expect(accepted).toHaveLength(300);
});

test('a request through the tunnel carries the proof and the address that ngrok saw', async () => {
  await using opened = await openTunnel(agent.file);
  await opened.receiving();
  await opened.edge.visit({
    path: '/hooks/x/y',
    from: '52.60.234.183',
    headers: { 'x-forwarded-for': '198.51.100.1', 'x-hookbell-tunnel': 'guessed' },
  });

  const lines = opened.upstream.asked.map(({ headers }) => headers)[0] ?? [];
  expect(opened.tunnel.passageOf(lines)).toEqual({
    status: 'ours',
    clientAddress: '52.60.234.183',
  });
  expect(opened.tunnel.withoutProof(lines).map(([name]) => name)).not.toContain(
    'x-hookbell-tunnel',
  );
});

test('with the edge closed to all but webhooks, deliveries and the probe still get in', async () => {
  await using opened = await openTunnel(agent.file);
  opened.open(undefined, { closedAtEdge: true });
  await opened.until(isReceiving);
  expect((await opened.deliver('inside')).status).toBe(200);
  expect((await opened.edge.visit({ path: '/other' })).status).toBe(404);
  expect(opened.upstream.asked).toHaveLength(1);
});

test('closing takes the endpoint offline and leaves no process', async () => {
  await using opened = await openTunnel(agent.file);
  await opened.receiving();
  await opened.tunnel.close();
  expect(opened.edge.endpoints()).toEqual([]);
  expect(opened.agent.children.map(({ exitCode }) => exitCode)).toEqual([0]);
});

test('no status and no log line holds the authtoken', async () => {
  await using opened = await openTunnel(agent.file);
  const authtoken = 'secret0'.repeat(5);
  opened.open(authtoken);
  await opened.until(({ status }) => status === 'offline');
  expect(JSON.stringify([opened.told, opened.log])).not.toContain('secret0');
});

describe('a fault heals by itself, and its status shows while it lasts', {
  concurrent: true,
}, () => {
  for (const { name, told, lasts, healsWithinMs, run } of scenarios) {
    test(name, { timeout: 60_000 }, async ({ expect }) => {
      await using opened = await openTunnel(agent.file);
      await run(opened, lasts[0] * 1000);
      const ms = await opened.receivesAgain();
      const again = await opened.until(isReceiving);

      expect(opened.told.some(told)).toBe(true);
      expect(again).toMatchObject({ url: 'https://hookbell.ngrok-free.app' });
      expect(ms).toBeLessThan(healsWithinMs);
    });
  }
});
