import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { costBasisCompleted, kryptosSource, vezgoSource } from '../../bench/harness/deliveries.ts';
import { send } from '../../bench/harness/http.ts';
import { timelineOf } from '../support/app.ts';
import { type ElectronTestApp, openInElectron } from '../support/electron.ts';
import { recorded } from '../support/fixtures.ts';
import { folderOf } from '../support/folders.ts';
import { type Edge, openEdge } from '../support/ngrok-edge/edge.ts';

const kryptos = kryptosSource();
const vezgo = vezgoSource();
const patience = { timeout: 30_000 };

const openBehind = (edge: Edge, changed: object = {}) => {
  const { authtoken, serverAddress, rootCa } = edge;
  return openInElectron({
    provision: {
      tunnel: { kind: 'ngrok', authtoken, serverAddress, rootCa, ...changed },
      sources: [kryptos, vezgo],
    },
  });
};

const pipeOf = async (app: ElectronTestApp) => (await app.ask('state', undefined)).pipe;
const statusOf = async (app: ElectronTestApp) => (await pipeOf(app)).status;
const receiving = (app: ElectronTestApp) =>
  expect.poll(() => statusOf(app), patience).toBe('receiving');

/** The local port, which the window names once it receives. */
const portOf = async (app: ElectronTestApp): Promise<number> => {
  const pipe = await pipeOf(app);
  return 'port' in pipe ? pipe.port : 0;
};

test('a delivery comes in from the internet through the real SDK, and only from there', async () => {
  await using edge = await openEdge({ reachable: true });
  await using app = await openBehind(edge);
  await receiving(app);
  await app.page().getByText('Receiving').first().waitFor();

  const sent = costBasisCompleted(kryptos);
  const { path, headers, body } = sent;
  expect((await send(await portOf(app), sent)).status).toBe(403);
  expect((await edge.visit({ path, headers: { ...headers }, body: body ?? '' })).status).toBe(200);
  expect((await edge.visit({ path: '/healthz', method: 'GET' })).status).toBe(404);

  expect(await timelineOf(app)).toHaveLength(1);
  const names = (await app.ask('entry', { seq: 1 }))?.headers.map(({ name }) => name.toLowerCase());
  expect(names).toContain('x-forwarded-for');
  expect(names).not.toContain('x-hookbell-tunnel');
  expect(readFileSync(folderOf(app, 'logs', 'hookbell.log'), 'utf8')).not.toContain(edge.authtoken);
});

test('Health names the public host, and says whether a probe or a delivery proved it last', async () => {
  await using edge = await openEdge({ reachable: true });
  await using app = await openBehind(edge);
  await receiving(app);
  const { host } = (await app.ask('state', undefined)).urlProof ?? {};
  const page = app.page();
  await page.getByRole('button', { name: 'Health' }).click();
  await page
    .getByRole('main')
    .getByText(host ?? 'none', { exact: true })
    .waitFor();
  await page.getByText(/^Proven just now by a probe/).waitFor();
  const { path, headers, body } = costBasisCompleted(kryptos);
  expect((await edge.visit({ path, headers: { ...headers }, body: body ?? '' })).status).toBe(200);
  await page.getByText(/^Proven just now by a delivery/).waitFor();
});

test("the sender's address is the one the edge saw, and Vezgo's published ones are demanded (R7)", async () => {
  await using edge = await openEdge({ reachable: true });
  await using app = await openBehind(edge);
  await receiving(app);
  const { path, headers, body } = recorded('vezgo/SyncAccount.json', vezgo);
  const from = (address: string, forged = '') =>
    edge.visit({
      ...{ path, from: address, body: body ?? '' },
      headers: { ...headers, ...(forged ? { 'x-forwarded-for': forged } : {}) },
    });

  expect((await from('203.0.113.9')).status).toBe(403);
  expect((await from('203.0.113.9', '52.60.234.183')).status).toBe(403);
  expect((await from('52.60.234.183')).status).toBe(200);
  expect((await timelineOf(app))[0]?.proof).toMatchObject({ address: 'allowed' });
});

test('a test goes the whole way over the public URL', async () => {
  await using edge = await openEdge({ reachable: true });
  await using app = await openBehind(edge);
  await receiving(app);

  const simulation = {
    what: 'delivery',
    sourceId: kryptos.id,
    simulation: 'costbasis.completed',
  } as const;
  expect((await app.ask('simulate', simulation)).map(({ status }) => status)).toEqual([200]);

  expect(await timelineOf(app)).toMatchObject([{ simulated: true }]);
  const names = (await app.ask('entry', { seq: 1 }))?.headers.map(({ name }) => name.toLowerCase());
  expect(names).toContain('x-forwarded-for');
  expect(names).not.toContain('x-hookbell-simulator');
});

test('five hundred deliveries in flight: none lost, none doubled', async () => {
  await using edge = await openEdge({ reachable: true });
  await using app = await openBehind(edge);
  await receiving(app);
  const sent = Array.from({ length: 500 }, (_, index) =>
    costBasisCompleted(kryptos, { id: `whd_${index}` }),
  );

  const statuses: number[] = [];
  for (let at = 0; at < sent.length; at += 100) {
    const answers = await Promise.all(
      sent
        .slice(at, at + 100)
        .map(({ path, headers, body }) =>
          edge.visit({ path, headers: { ...headers }, body: body ?? '' }),
        ),
    );
    statuses.push(...answers.map(({ status }) => status));
  }
  expect(statuses.filter((status) => status === 200)).toHaveLength(500);
  expect(await timelineOf(app)).toHaveLength(500);
});

test.each(['rst', 'fin', 'goaway'] as const)(
  'a connection cut by %s heals by itself, on the same URL',
  async (how) => {
    await using edge = await openEdge({ reachable: true });
    await using app = await openBehind(edge);
    await receiving(app);
    const before = await pipeOf(app);

    edge.faults.cut(how);

    const visit = async () => {
      const { path, headers, body } = costBasisCompleted(kryptos);
      return (await edge.visit({ path, headers: { ...headers }, body: body ?? '' })).status;
    };
    // The cut may need a moment to arrive; what gets through until then is as good.
    await edge.until(() => edge.isOnline());
    await expect.poll(visit, patience).toBe(200);
    await receiving(app);
    expect(await pipeOf(app)).toMatchObject({ url: 'url' in before ? before.url : '' });
  },
);

test('a wrong authtoken is told in plain words, waits for the person, and works once it is right', async () => {
  await using edge = await openEdge({ reachable: true });
  await using app = await openBehind(edge, { authtoken: 'wrong' });

  await expect.poll(() => statusOf(app), patience).toBe('offline');
  expect(await pipeOf(app)).toMatchObject({
    retryAt: null,
    why: { title: expect.stringContaining('ngrok') },
  });
  await app.page().getByText('Offline').first().waitFor();
  const noWayIn = async () =>
    (await app.ask('state', undefined)).conditions
      .map(({ reason }) => reason)
      .find(({ code }) => code === 'public-url-down');
  expect(await noWayIn()).toMatchObject({
    waits: true,
    why: { title: expect.stringContaining('ngrok') },
  });

  const { authtoken, serverAddress, rootCa } = edge;
  const choice = {
    kind: 'ngrok',
    authtoken,
    domain: null,
    serverAddress,
    rootCa,
    closedAtEdge: true,
  } as const;
  expect(await app.ask('changeTunnel', { choice, withoutKeyring: true })).toEqual({
    status: 'done',
  });
  await receiving(app);
  await expect.poll(noWayIn, patience).toBeUndefined();
});

test('an outage is said, and ends by itself', async () => {
  await using edge = await openEdge({ reachable: true });
  await using app = await openBehind(edge);
  await receiving(app);

  const mend = await edge.faults.outage();
  await expect.poll(() => statusOf(app), patience).not.toBe('receiving');
  await mend();
  await receiving(app);
});

test('quitting takes the endpoint offline at once', async () => {
  await using edge = await openEdge({ reachable: true });
  const app = await openBehind(edge);
  await receiving(app);
  await app[Symbol.asyncDispose]();
  await expect.poll(() => edge.isOnline()).toBe(false);
});

test('every delivery that got a 200 while the connection was cut is in the history, once', async () => {
  await using edge = await openEdge({ reachable: true });
  await using app = await openBehind(edge);
  await receiving(app);
  const ids = Array.from({ length: 200 }, (_, index) => `whd_${index}`);

  const visits = ids.map(async (id) => {
    const { path, headers, body } = costBasisCompleted(kryptos, { id });
    const { status } = await edge.visit({ path, headers: { ...headers }, body: body ?? '' });
    return { id, status };
  });
  edge.faults.cut('rst');
  const answers = await Promise.all(visits);
  await receiving(app);

  const entries = await timelineOf(app);
  const kept = await Promise.all(
    entries.map(
      async ({ seq }) => JSON.parse((await app.ask('entry', { seq }))?.body.text ?? '').id,
    ),
  );
  expect(new Set(kept).size).toBe(kept.length);
  const acknowledged = answers.filter(({ status }) => status === 200).map(({ id }) => id);
  expect(acknowledged.filter((id) => !kept.includes(id))).toEqual([]);
});

test('a new public URL opens a condition that names the portals, and a delivery there closes it', async () => {
  await using edge = await openEdge({ reachable: true });
  await using other = await openEdge({ reachable: true });
  await using app = await openBehind(edge);
  await receiving(app);
  const before = await pipeOf(app);

  const { authtoken, serverAddress, rootCa } = other;
  const choice = {
    kind: 'ngrok',
    authtoken,
    domain: null,
    serverAddress,
    rootCa,
    closedAtEdge: true,
  } as const;
  await app.ask('changeTunnel', { choice, withoutKeyring: true });
  await expect
    .poll(async () => {
      const pipe = await pipeOf(app);
      return pipe.status === 'receiving' && 'url' in before && pipe.url !== before.url;
    }, patience)
    .toBe(true);

  const moved = async () =>
    (await app.ask('state', undefined)).conditions
      .map(({ reason }) => reason)
      .flatMap((problem) => (problem.code === 'url-changed' ? problem.sourceIds : []));
  await expect.poll(moved).toEqual([kryptos.id, vezgo.id]);
  await app.page().getByText('Some portals need a new URL').first().waitFor();
  const { path, headers, body } = costBasisCompleted(kryptos);
  expect((await other.visit({ path, headers: { ...headers }, body: body ?? '' })).status).toBe(200);
  await expect.poll(moved).toEqual([vezgo.id]);
});
