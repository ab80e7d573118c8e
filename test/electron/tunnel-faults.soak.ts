import { setTimeout as pass } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { costBasisCompleted, kryptosSource } from '../../bench/harness/deliveries.ts';
import { type ElectronTestApp, openInElectron } from '../support/electron.ts';
import { type Edge, openEdge } from '../support/ngrok-edge/edge.ts';

const rounds = 5;
const kryptos = kryptosSource();

type Scene = { readonly edge: Edge; readonly app: ElectronTestApp };
/** Makes it go wrong and settles when the cause has ended. */
type Fault = (scene: Scene) => Promise<void>;

const statusOf = async ({ app }: Scene) => (await app.ask('state', undefined)).pipe.status;

const lasting =
  (ms: number, begin: (scene: Scene) => (() => unknown) | Promise<() => unknown>): Fault =>
  async (scene) => {
    const mend = await begin(scene);
    await pass(ms);
    await mend();
  };

const cutBy =
  (how: 'rst' | 'fin' | 'goaway'): Fault =>
  async ({ edge }) => {
    edge.faults.cut(how);
    await edge.until(() => !edge.isOnline());
  };

const agentPid = ({ app }: Scene): Promise<number> =>
  app.electron().evaluate(({ app: electron }) => {
    const found = electron.getAppMetrics().find(({ name }) => name === 'Hookbell tunnel');
    return found?.pid ?? 0;
  });

const signalled = async (scene: Scene, signal: NodeJS.Signals): Promise<void> => {
  process.kill(await agentPid(scene), signal);
};

const faults: Record<string, Fault> = {
  'cut by RST': cutBy('rst'),
  'cut by FIN': cutBy('fin'),
  'cut by GOAWAY': cutBy('goaway'),
  'outage of 15 s': lasting(15_000, ({ edge }) => edge.faults.outage()),
  'edge hangs up for 15 s': lasting(15_000, ({ edge }) => {
    const mend = edge.faults.hangUp();
    edge.faults.cut('fin');
    return mend;
  }),
  '60 s of silence, all lost': lasting(60_000, ({ edge }) => edge.faults.silence({ lost: true })),
  'domain in use (334) for 15 s': lasting(15_000, async (scene) => {
    const mend = scene.edge.faults.refuseEndpoints(334);
    await signalled(scene, 'SIGKILL');
    return mend;
  }),
  'session limit (108) for 15 s': lasting(15_000, async (scene) => {
    const mend = scene.edge.faults.refuseSessions(108);
    await signalled(scene, 'SIGKILL');
    return mend;
  }),
  'token revoked, then "Try again"': async (scene) => {
    const mend = scene.edge.faults.revoke();
    await expect.poll(() => statusOf(scene), { timeout: 30_000 }).toBe('offline');
    await mend();
    await scene.app.ask('retryTunnel', undefined);
  },
  'SDK process killed': async (scene) => {
    await signalled(scene, 'SIGKILL');
    await scene.edge.until(() => !scene.edge.isOnline());
  },
  'the whole app stopped for 20 s': lasting(20_000, async (scene) => {
    const pids = await scene.app
      .electron()
      .evaluate(({ app }) => app.getAppMetrics().map(({ pid }) => pid));
    for (const pid of pids) process.kill(pid, 'SIGSTOP');
    return () => {
      for (const pid of pids) process.kill(pid, 'SIGCONT');
    };
  }),
};

const table: Record<string, { 'median ms': number; 'worst ms': number }> = {};
afterAll(() => console.table(table));

/** Ms until a delivery gets its 200 again, and until the window says "Receiving". */
const healing = async (scene: Scene): Promise<number> => {
  const startedAt = performance.now();
  for (;;) {
    const { path, headers, body } = costBasisCompleted(kryptos);
    const { status } = await scene.edge.visit({
      path,
      headers: { ...headers },
      body: body ?? '',
      timeoutMs: 2000,
    });
    if (status === 200) break;
    await pass(20);
  }
  const took = performance.now() - startedAt;
  await expect.poll(() => statusOf(scene), { timeout: 60_000 }).toBe('receiving');
  return Math.round(took);
};

test.each(Object.entries(faults))('%s heals in real Electron', async (name, fault) => {
  await using edge = await openEdge({ reachable: true });
  const { authtoken, serverAddress, rootCa } = edge;
  const provision = {
    tunnel: { kind: 'ngrok', authtoken, serverAddress, rootCa },
    sources: [kryptos],
  };
  await using app = await openInElectron({ provision });
  const scene = { edge, app };
  await expect.poll(() => statusOf(scene), { timeout: 30_000 }).toBe('receiving');
  const url = (await app.ask('state', undefined)).sources[0]?.maskedEndpoint;

  const took: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    await fault(scene);
    took.push(await healing(scene));
    expect((await app.ask('state', undefined)).sources[0]?.maskedEndpoint).toBe(url);
  }
  const sorted = took.sort((a, b) => a - b);
  table[name] = { 'median ms': sorted[2] ?? 0, 'worst ms': sorted.at(-1) ?? 0 };
});
