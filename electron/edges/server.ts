import { get, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Refusal } from '../../shared/turned-away.ts';
import { type Delivery, type HeaderLine, headerValues, withoutHeader } from '../delivery.ts';
import {
  type Admission,
  type Answer,
  bodyLimit,
  healthy,
  type RequestHead,
  refusals,
} from '../receiving.ts';
import { createRoom, type RoomLimits, roomLimits } from '../room.ts';
import type { Endpoint } from '../setup/sources.ts';
import type { Receiver } from '../state-view.ts';
import { sameText } from '../verdict.ts';
import { later } from './clock.ts';
import { createHttpServer, type ServerLimits, serverLimits } from './http-server.ts';
import { traceOf } from './log.ts';

export type ReceiverOptions = {
  readonly admit: (head: RequestHead) => Admission;
  readonly senderOf: (head: RequestHead) => string | null;
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
  readonly limits?: { readonly server: ServerLimits; readonly room: RoomLimits };
};

/** The header by which our own simulator marks what it sends; it never reaches a delivery. */
export const simulatorHeader = 'x-hookbell-simulator';

const firstPort = 4747;
const lastPort = 4846;
const drainMs = 5000;
const retryMs = 5000;
const watchMs = 30_000;
const watchPatienceMs = 5000;
const failuresBeforeRebuild = 2;

/** The HTTP server on loopback: reads requests within limits and hands deliveries on. Its rules are in `receiving.ts`. */
export const createReceiver = (options: ReceiverOptions) => {
  const { admit, senderOf, withoutProof, receive, onChange, id, now, simulatorWord, log } = options;
  const { turnedAway, limits = { server: serverLimits, room: roomLimits } } = options;
  const room = createRoom(limits.room, later);
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
    const head = headOf(request);
    const admission = admit(head);
    if (admission.status === 'healthy') return answerUnread(request, response, healthy);
    if (admission.status === 'refused')
      return answerUnread(request, response, refusals[admission.why]);
    const seat = await room.enter(roomFor(request), () => request.destroyed);
    try {
      if (request.destroyed) return;
      if (!seat) {
        turnedAway('busy', head);
        return answerUnread(request, response, refusals.busy);
      }
      const read = await readBody(request, response);
      if (read === 'gone') return;
      seat.takes(read.body.byteLength);
      const delivery = deliveryOf(head, read.body);
      send(response, await receive(admission.endpoint, delivery, read.tooLarge), read.tooLarge);
      if (read.tooLarge) request.destroy();
    } finally {
      seat?.leave();
    }
  }

  const deliveryOf = (head: RequestHead, body: Buffer): Delivery => ({
    id: id(),
    receivedAt: now(),
    headers: withoutHeader(withoutProof(head.headers), simulatorHeader),
    body,
    senderAddress: senderOf(head),
    peerAddress: head.peer,
    simulated: head.simulated,
  });

  function headOf(request: IncomingMessage): RequestHead {
    const { rawHeaders, method = '', url = '', socket } = request;
    const headers: HeaderLine[] = [];
    for (let at = 0; at + 1 < rawHeaders.length; at += 2)
      headers.push([rawHeaders[at] ?? '', rawHeaders[at + 1] ?? '']);
    const words = headerValues({ headers }, simulatorHeader);
    const query = url.indexOf('?');
    return {
      method,
      path: query < 0 ? url : url.slice(0, query),
      headers,
      peer: socket.remoteAddress ?? '',
      simulated: words.some((word) => sameText(word, simulatorWord)),
    };
  }

  /** Answers without reading the body; a connection with unread bytes on it is not used again. */
  function answerUnread(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
    const hasBody =
      request.headers['content-length'] !== undefined ||
      request.headers['transfer-encoding'] !== undefined;
    send(response, answer, hasBody && answer.status !== 200);
    if (hasBody) request.resume();
  }

  function readBody(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<{ body: Buffer; tooLarge: boolean } | 'gone'> {
    if (Number(request.headers['content-length'] ?? 0) > bodyLimit)
      return Promise.resolve({ body: Buffer.alloc(0), tooLarge: true });
    if (request.headers.expect !== undefined) response.writeContinue();
    const chunks: Buffer[] = [];
    let size = 0;
    let settled = false;
    // Not an async iterator: for a body of one chunk it costs more than everything else the server does.
    return new Promise((resolve) => {
      const read = (tooLarge: boolean) => {
        settled = true;
        const [only = Buffer.alloc(0)] = chunks;
        resolve({ body: chunks.length < 2 ? only : Buffer.concat(chunks), tooLarge });
      };
      request.on('data', (chunk: Buffer) => {
        if (settled) return;
        chunks.push(chunk);
        size += chunk.byteLength;
        if (size > bodyLimit) read(true);
      });
      request.on('end', () => {
        if (!settled) read(false);
      });
      // The sender hung up, or was too slow for the time limits: there is nobody to answer.
      const gone = () => {
        if (settled) return;
        settled = true;
        resolve('gone');
      };
      request.on('error', gone);
      request.on('close', gone);
    });
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
    room.close();
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

/** The most that the body of a request will hold in memory; one that is declared too large is not read. */
const roomFor = ({ headers }: IncomingMessage): number => {
  if (headers['transfer-encoding'] !== undefined) return bodyLimit;
  const declared = Number(headers['content-length'] ?? 0);
  return declared > bodyLimit ? 0 : declared;
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
