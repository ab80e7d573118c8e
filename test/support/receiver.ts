import { createReceiver, type ReceiverLimits } from '../../electron/edges/server.ts';
import type { Answer } from '../../electron/receiving.ts';
import type { Endpoint } from '../../electron/setup/sources.ts';
import { kryptosSource } from './deliveries.ts';

const { id, provider, name } = kryptosSource();
const endpoint: Endpoint = {
  source: {
    ...{ id, provider, name, tokenHash: '', retired: [] },
    ...{ clientId: null, allowedAddresses: null },
  },
  until: null,
};

/** A delivery that was read, and how to answer it. */
export type Held = { readonly body: string; readonly answer: () => void };

/** The receiver alone, within limits of the test's own: it takes everything but `/healthz`, and the test answers. */
export const startReceiver = async (limits: ReceiverLimits) => {
  const asked: string[] = [];
  const held: Held[] = [];
  const turnedAway: string[] = [];
  let port = 0;
  const receiver = createReceiver({
    limits,
    admit: ({ path }) => {
      if (path === '/healthz') return { status: 'healthy' };
      asked.push(path);
      return { status: 'admitted', endpoint, sender: null };
    },
    withoutProof: (headers) => headers,
    receive: (_endpoint, { body }) =>
      new Promise<Answer>((resolve) => {
        held.push({
          body: Buffer.from(body).toString(),
          answer: () => resolve({ status: 200 }),
        });
      }),
    turnedAway: (why) => turnedAway.push(why),
    onChange: (state) => {
      if (state.status === 'listening') port = state.port;
    },
    id: () => 'an-id',
    now: Date.now,
    simulatorWord: 'a-word',
    log: (line) => {
      throw new Error(line);
    },
  });
  await receiver.start(null);
  return {
    port,
    /** The paths of those that were let in at the door, in order. */
    asked,
    /** Those that were read, in order. */
    held,
    turnedAway,
    drain: receiver.drain,
    [Symbol.asyncDispose]: async () => {
      for (const { answer } of held) answer();
      await receiver.drain();
    },
  };
};
