import { createServer, type Server } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { openPlainApp } from '../../bench/harness/plain-app.ts';
import { createReceiver } from '../../electron/edges/server.ts';
import { refusals } from '../../electron/receiver/admission.ts';
import type { Listening } from '../../electron/receiver/listening.ts';
import { tempFolder } from '../history/support/temp-folder.ts';

const usual = 4747;
const fixed = 4847;
/** Another program may free the usual port in between. */
const elsewhere = { retry: 3 };
let others: Server[] = [];
let drain = async () => {};

afterEach(async () => {
  vi.useRealTimers();
  await drain();
  for (const other of others) other.close();
  others = [];
});

/** Occupies a port, unless another program does already. */
const take = (port: number): Promise<void> =>
  new Promise((resolve) => {
    const other = createServer();
    others.push(other);
    other.once('error', () => resolve());
    other.listen({ port, host: '127.0.0.1', exclusive: true }, resolve);
  });

/** A receiver that never answers as healthy. */
const receiver = () => {
  const told: Listening[] = [];
  const asked: string[] = [];
  const created = createReceiver({
    admit: ({ path }) => {
      asked.push(path);
      return { status: 'refused', why: 'busy', sender: null };
    },
    receive: async () => refusals.busy,
    onRefused: () => {},
    onChange: (state) => told.push(state),
    id: () => 'an-id',
    now: Date.now,
    simulatorToken: 'a-word',
    log: () => {},
  });
  drain = created.drain;
  return { told, asked, start: created.start };
};

test(
  'a receiver without a fixed port takes the next free one and reports it (R1)',
  elsewhere,
  async () => {
    await take(usual);
    const { told, start } = receiver();
    await start(null);
    expect(told).toEqual([{ status: 'listening', port: expect.any(Number), insteadOf: usual }]);
  },
);

test(
  'a replaced server without a fixed port still takes the next free one',
  elsewhere,
  async () => {
    await take(usual);
    const { told, asked, start } = receiver();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    await start(null);
    for (const times of [1, 2]) {
      await vi.waitUntil(() => vi.getTimerCount() > 0);
      vi.advanceTimersByTime(30_000);
      await vi.waitUntil(() => asked.length === times);
    }
    await vi.waitUntil(() => told.length === 2);
    expect(told[1]).toEqual(told[0]);
    expect(told[1]).toMatchObject({ insteadOf: usual });
  },
);

test('a receiver with a fixed port that is taken listens nowhere', async () => {
  await take(fixed);
  const { told, start } = receiver();
  await start(fixed);
  expect(told).toEqual([{ status: 'failed', port: fixed, fixed: true, since: expect.any(Number) }]);
});

test('a port in use is a problem, which names the port used instead, until it is free', async () => {
  using temp = tempFolder();
  const app = await openPlainApp({ folder: temp.path });
  const problemAfter = (is: Listening) => {
    app.onListening(is);
    return app.state().conditions.map(({ reason }) => reason);
  };
  const taken = { code: 'port-taken', port: usual };
  const failed = { status: 'failed', port: usual, since: Date.now() } as const;

  expect(problemAfter({ ...failed, fixed: true })).toEqual([
    { ...taken, fixed: true, instead: null },
  ]);
  expect(problemAfter({ ...failed, fixed: false })).toEqual([
    { ...taken, fixed: false, instead: null },
  ]);
  expect(problemAfter({ status: 'listening', port: 4748, insteadOf: usual })).toEqual([
    { ...taken, fixed: false, instead: 4748 },
  ]);
  expect(problemAfter({ status: 'listening', port: usual })).toEqual([]);
  await app.close();
});
