import type { Server } from 'node:http';
import type { Listening } from '../receiver/listening.ts';
import { type DeliveryLimits, deliveryLimits } from './answer-delivery.ts';
import { createHttpServer, type ServerLimits, serverLimits } from './http-server.ts';
import { drainServer, listenWithin, watchHealth } from './listen.ts';
import { createResponder, type ResponderOptions } from './responder.ts';

export type ReceiverOptions = ResponderOptions & {
  readonly onChange: (listening: Listening) => void;
  readonly limits?: ReceiverLimits;
};

export type ReceiverLimits = DeliveryLimits & { readonly server: ServerLimits };
/** The limits of R2 and R12. */
export const receiverLimits: ReceiverLimits = { server: serverLimits, ...deliveryLimits };

export type Receiver = {
  /** Listens on the wanted port; null: on the first free one. Tries taken ports again. Settles after the first attempt. */
  readonly start: (wanted: number | null) => Promise<void>;
  /** Accepts nothing new, and lets answers finish for at most 5 s. Safe to be interrupted. */
  readonly drain: () => Promise<void>;
};

const firstPort = 4747;
const lastPort = 4846;
const retryMs = 5000;

/** The HTTP server on loopback. `../receiver/` has the rules by which it admits requests and receives deliveries. */
export const createReceiver = (options: ReceiverOptions): Receiver => {
  const { onChange, onRefused, now, log, limits = receiverLimits } = options;
  const responder = createResponder(options, limits);
  let server = makeServer();
  let isDraining = false;
  /** Epoch ms; null while it listens. */
  let failedAt: number | null = null;
  let cancelNext = (): void => {};

  function makeServer(): Server {
    return createHttpServer({
      handle: (request, response) => void responder.answer(request, response),
      refuse: (why, response) => {
        onRefused(why);
        responder.refuse(why, response);
      },
      onRefused,
      limits: limits.server,
    });
  }

  async function startAt(first: number, wanted: number | null): Promise<void> {
    const { port, failure } = await listenWithin(server, first, wanted === null ? lastPort : first);
    if (isDraining) return;
    if (!failure) {
      failedAt = null;
      const isUsual = wanted !== null || port === firstPort;
      onChange({ status: 'listening', port, ...(isUsual ? {} : { insteadOf: firstPort }) });
      cancelNext = watchHealth(port, () => void replace(port, wanted));
      return;
    }
    if (failedAt === null) {
      failedAt = now();
      onChange({ status: 'failed', port: first, fixed: wanted !== null, since: failedAt });
    }
    const retry = setTimeout(() => void start(wanted), retryMs);
    cancelNext = () => clearTimeout(retry);
  }

  /** Replaces a server that does not answer (R5). Where any port will do, it may move to the next one. */
  async function replace(port: number, wanted: number | null): Promise<void> {
    log('receiver: it does not answer and is started anew');
    server.closeAllConnections();
    server.close();
    server = makeServer();
    await startAt(port, wanted);
  }

  const start = (wanted: number | null): Promise<void> => startAt(wanted ?? firstPort, wanted);

  return {
    start,
    drain: () => {
      isDraining = true;
      responder.close();
      cancelNext();
      return drainServer(server);
    },
  };
};
