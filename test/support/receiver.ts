import { kryptosSource } from '../../bench/harness/deliveries.ts';
import { createReceiver, type ReceiverLimits } from '../../electron/edges/server.ts';
import type { HttpAnswer } from '../../electron/receiver/admission.ts';
import type { Endpoint } from '../../electron/setup/endpoints.ts';

const { id, provider, name } = kryptosSource();
const endpoint: Endpoint = {
  source: {
    id,
    provider,
    name,
    tokenHash: '',
    retired: [],
    clientId: null,
    allowedAddresses: null,
  },
  until: null,
};

/** A delivery that was read and waits for the test's answer. */
export type Held = { readonly body: string; readonly answer: () => void };

/** The receiver alone, with limits of the test's own. It admits every request but `/healthz`, and the test answers. */
export const startReceiver = async (limits: ReceiverLimits) => {
  const asked: string[] = [];
  const held: Held[] = [];
  const refused: string[] = [];
  let port = 0;
  const receiver = createReceiver({
    limits,
    admit: ({ path, headers }) => {
      if (path === '/healthz') return { status: 'healthy' };
      asked.push(path);
      return { status: 'admitted', endpoint, sender: null, headers };
    },
    receive: (_endpoint, { body }) =>
      new Promise<HttpAnswer>((resolve) => {
        held.push({
          body: Buffer.from(body).toString(),
          answer: () => resolve({ status: 200 }),
        });
      }),
    onRefused: (why) => refused.push(why),
    onChange: (state) => {
      if (state.status === 'listening') port = state.port;
    },
    id: () => 'an-id',
    now: Date.now,
    simulatorToken: 'a-word',
    log: (line) => {
      throw new Error(line);
    },
  });
  await receiver.start(null);
  return {
    port,
    /** The paths of the admitted requests, in order. */
    asked,
    /** The deliveries that were read, in order. */
    held,
    refused,
    drain: receiver.drain,
    [Symbol.asyncDispose]: async () => {
      for (const { answer } of held) answer();
      await receiver.drain();
    },
  };
};
