import { get, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Refusal } from '../../shared/turned-away.ts';
import { type CapacityLimits, capacityLimits, createCapacity, type Lease } from '../capacity.ts';
import { type Delivery, type HeaderLine, withoutHeader } from '../delivery.ts';
import {
  type Admission,
  type Admitted,
  type Answer,
  healthy,
  type RequestHead,
  refusals,
} from '../receiving.ts';
import type { Endpoint } from '../setup/sources.ts';
import type { Receiver } from '../state-view.ts';
import { later } from './clock.ts';
import { createHttpServer, type ServerLimits, serverLimits } from './http-server.ts';
import { traceOf } from './log.ts';
import { type BodyLimits, bodyLimits, createBodyReader, isAnnouncedTooLarge } from './read-body.ts';
import { headFault, headOf, simulatorHeader } from './request-head.ts';

export type ReceiverOptions = {
  readonly admit: (head: RequestHead) => Admission;
  /** The headers as the sender sent them, without what our tunnel added. */
  readonly withoutProof: (headers: readonly HeaderLine[]) => readonly HeaderLine[];
  readonly receive: (endpoint: Endpoint, delivery: Delivery, tooLarge: boolean) => Promise<Answer>;
  /** Told of each that neither `admit` refused nor `receive` answered. */
  readonly turnedAway: (why: Refusal, sender?: Pick<RequestHead, 'simulated'>) => void;
  readonly onChange: (receiver: Receiver) => void;
  readonly id: () => string;
  readonly now: () => number;
  /** The value of the header by which our own simulator is known. */
  readonly simulatorWord: string;
  readonly log: (line: string) => void;
  /** Other limits than R2's and R12's. */
  readonly limits?: ReceiverLimits;
};

export type ReceiverLimits = {
  readonly server: ServerLimits;
  readonly capacity: CapacityLimits;
  readonly body: BodyLimits;
};
export const receiverLimits: ReceiverLimits = {
  server: serverLimits,
  capacity: capacityLimits,
  body: bodyLimits,
};

const firstPort = 4747;
const lastPort = 4846;
const drainMs = 5000;
const retryMs = 5000;
const watchMs = 30_000;
const watchPatienceMs = 5000;
const failuresBeforeRebuild = 2;

/** The HTTP server on loopback: reads requests within limits and hands deliveries on. Its rules are in `receiving.ts`. */
export const createReceiver = (options: ReceiverOptions) => {
  const { admit, withoutProof, receive, onChange, id, now, simulatorWord, log } = options;
  const { turnedAway, limits = receiverLimits } = options;
  const steady = () => performance.now();
  const capacity = createCapacity(limits.capacity, later, steady);
  const bodies = createBodyReader(capacity, limits.body, steady);
  let draining = false;
  /** Epoch ms; null while it listens. */
  let failedAt: number | null = null;
  let retry: NodeJS.Timeout | undefined;
  let watch: NodeJS.Timeout | undefined;

  const makeServer = (): Server =>
    createHttpServer({
      handle: (request, response) => void handle(request, response),
      refuse: (why, response) => {
        turnedAway(why);
        send(response, refusals[why]);
      },
      turnedAway,
      limits: limits.server,
    });
  let server = makeServer();

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      await answer(request, response);
    } catch (error) {
      // Only a bug comes here; the sender is asked to try again, and nothing was acknowledged.
      log(`receiver: ${traceOf(error)}`);
      turnedAway('busy');
      if (!response.headersSent) send(response, refusals.busy);
    }
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const head = headOf(request, simulatorWord);
    const fault = headFault(request, head);
    if (fault) {
      turnedAway(fault);
      return send(response, refusals[fault], true);
    }
    const admission = admit(head);
    if (admission.status === 'healthy') return answerUnread(request, response, healthy);
    if (admission.status === 'refused')
      return answerUnread(request, response, refusals[admission.why]);
    if (request.headers.expect !== undefined && !isAnnouncedTooLarge(request))
      response.writeContinue();
    const read = await bodies.read(request, admission.endpoint.source.id);
    if (read.status === 'gone') return;
    if (read.status === 'refused') {
      turnedAway(read.why, head);
      return send(response, refusals[read.why], true);
    }
    if (read.status === 'too-large') {
      const delivery = deliveryOf(head, admission, Buffer.alloc(0));
      send(response, await receive(admission.endpoint, delivery, true), true);
      request.destroy();
      return;
    }
    await answerComplete(request, response, read.lease, () =>
      receive(admission.endpoint, deliveryOf(head, admission, read.body), false),
    );
  }

  /** Answers a complete request as soon as there is capacity for it. */
  async function answerComplete(
    request: IncomingMessage,
    response: ServerResponse,
    lease: Lease,
    task: () => Promise<Answer>,
  ): Promise<void> {
    try {
      const isGranted = await lease.process();
      if (request.socket.destroyed) return;
      if (!isGranted) turnedAway('busy');
      send(response, isGranted ? await task() : refusals.busy);
    } finally {
      lease.release();
    }
  }

  const deliveryOf = (head: RequestHead, { sender }: Admitted, body: Buffer): Delivery => ({
    id: id(),
    receivedAt: now(),
    headers: withoutHeader(withoutProof(head.headers), simulatorHeader),
    body,
    senderAddress: sender,
    peerAddress: head.peer,
    simulated: head.simulated,
  });

  /** Answers without reading the body; a connection with unread bytes on it is not used again. */
  function answerUnread(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
    const hasBody =
      request.headers['content-length'] !== undefined ||
      request.headers['transfer-encoding'] !== undefined;
    send(response, answer, hasBody && answer.status !== 200);
    if (hasBody) request.resume();
  }

  function send(response: ServerResponse, { status, body, headers }: Answer, close = false): void {
    const text = body ? JSON.stringify(body) : '';
    response.writeHead(status, {
      ...(body ? { 'content-type': 'application/json' } : {}),
      'content-length': Buffer.byteLength(text),
      'cache-control': 'no-store',
      ...(close || draining ? { connection: 'close' } : {}),
      ...headers,
    });
    response.end(text);
  }

  const listenOn = (port: number): Promise<NodeJS.ErrnoException | null> =>
    new Promise((resolve) => {
      const failed = (error: NodeJS.ErrnoException) => resolve(error);
      server.once('error', failed);
      server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
        server.off('error', failed);
        resolve(null);
      });
    });

  /**
   * Listens on the wanted port, or on the first free one when any will do. A fixed port that is taken is tried again until it is
   * free, and so are all the others when none of them is.
   */
  const start = (wanted: number | null): Promise<void> => startFrom(wanted ?? firstPort, wanted);

  async function startFrom(first: number, wanted: number | null): Promise<void> {
    let port = first;
    let failure = await listenOn(port);
    while (failure && wanted === null && port < lastPort) {
      port += 1;
      failure = await listenOn(port);
    }
    if (draining) return;
    if (!failure) {
      failedAt = null;
      const isUsual = wanted !== null || port === firstPort;
      onChange({ status: 'listening', port, ...(isUsual ? {} : { insteadOf: firstPort }) });
      watchOver(port, wanted, 0);
      return;
    }
    if (failedAt === null) {
      failedAt = now();
      onChange({ status: 'failed', port: first, fixed: wanted !== null, since: failedAt });
    }
    retry = setTimeout(() => void start(wanted), retryMs);
  }

  /** Asks our own server how it is; one that does not answer twice in a row is replaced by a new one on the same port (R5), or the next free one if any will do. */
  function watchOver(port: number, wanted: number | null, failures: number): void {
    watch = setTimeout(async () => {
      const isWell = await isHealthy(port);
      if (draining) return;
      if (isWell) watchOver(port, wanted, 0);
      else if (failures + 1 < failuresBeforeRebuild) watchOver(port, wanted, failures + 1);
      else {
        log('receiver: it does not answer and is started anew');
        server.closeAllConnections();
        server.close();
        server = makeServer();
        await startFrom(port, wanted);
      }
    }, watchMs);
    watch.unref();
  }

  /** Takes nothing new, answers what is under way for at most 5 s, then hangs up. Safe to be cut off. */
  async function drain(): Promise<void> {
    draining = true;
    capacity.close();
    bodies.close();
    clearTimeout(retry);
    clearTimeout(watch);
    if (!server.listening) return;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    const hangUpIdle = setInterval(() => server.closeIdleConnections(), 100);
    const deadline = setTimeout(() => server.closeAllConnections(), drainMs);
    server.closeIdleConnections();
    await closed;
    clearInterval(hangUpIdle);
    clearTimeout(deadline);
  }

  return { start, drain };
};

const isHealthy = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const asking = get(
      { host: '127.0.0.1', port, path: '/healthz', agent: false, timeout: watchPatienceMs },
      (response) => {
        response.resume();
        resolve(response.statusCode === 200);
      },
    );
    asking.on('timeout', () => asking.destroy());
    asking.on('error', () => resolve(false));
  });
