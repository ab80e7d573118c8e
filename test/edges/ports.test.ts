import { createServer, type Server } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { createReceiver } from '../../electron/edges/server.ts';
import { refusals } from '../../electron/receiving.ts';
import type { Receiver } from '../../electron/state-view.ts';
import { openPlainApp } from '../history/support/plain-app.ts';
import { tempFolder } from '../history/support/temp-folder.ts';

const usual = 4747;
const fixed = 4847;
/** Whoever else had the usual port may have let go of it in between. */
const elsewhere = { retry: 3 };
let others: Server[] = [];
let drain = async () => {};

afterEach(async () => {
  vi.useRealTimers();
  await drain();
  for (const other of others) other.close();
  others = [];
});

/** From now on another program has this port: one of ours, unless one has it already. */
const take = (port: number): Promise<void> =>
  new Promise((resolve) => {
    const other = createServer();
    others.push(other);
    other.once('error', () => resolve());
    other.listen({ port, host: '127.0.0.1', exclusive: true }, resolve);
  });

/** A receiver that never says that it is well. */
const receiver = () => {
  const told: Receiver[] = [];
  const asked: string[] = [];
  const created = createReceiver({
    admit: ({ path }) => {
      asked.push(path);
      return { status: 'refused', why: 'busy', sender: null };
    },
    withoutProof: (headers) => headers,
    receive: async () => refusals.busy,
    turnedAway: () => {},
    onChange: (state) => told.push(state),
    id: () => 'an-id',
    now: Date.now,
    simulatorWord: 'a-word',
    log: () => {},
  });
  drain = created.drain;
  return { told, asked, start: created.start };
};

test(
  'where any port will do and the usual one is taken, it is said that the next free one was (R1)',
  elsewhere,
  async () => {
    await take(usual);
    const { told, start } = receiver();
    await start(null);
    expect(told).toEqual([{ status: 'listening', port: expect.any(Number), insteadOf: usual }]);
  },
);

test(
  'a server that is started anew where any port will do goes on as one with a free choice',
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

test('a port of one’s own is no choice: while it is taken there is none instead', async () => {
  await take(fixed);
  const { told, start } = receiver();
  await start(fixed);
  expect(told).toEqual([{ status: 'failed', port: fixed, fixed: true, since: expect.any(Number) }]);
});

test('a port that could not be had is a problem, with the one that was taken instead, until it is had', async () => {
  using temp = tempFolder();
  const app = await openPlainApp({ folder: temp.path });
  const problemAfter = (is: Receiver) => {
    app.receiverIs(is);
    return app.state().problems;
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
