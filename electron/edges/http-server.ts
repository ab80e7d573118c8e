import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
  STATUS_CODES,
} from 'node:http';
import type { Refusal } from '../../shared/turned-away.ts';
import { type Refused, refusals } from '../receiving.ts';
import { createConnections } from './connections.ts';

/** What a connection may cost us (R2): times in ms, sizes in bytes. */
export const serverLimits = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 2000,
  keepAliveTimeout: 65_000,
  maxHeaderSize: 16 * 1024,
  maxHeadersCount: 100,
  maxRequestsPerSocket: 1000,
  maxConnections: 256,
};
export type ServerLimits = Readonly<typeof serverLimits>;

export type HttpServerOptions = {
  /** Also asked for a request whose sender waits to be told whether to send its body. */
  readonly handle: (request: IncomingMessage, response: ServerResponse) => void;
  /** Answers a request that `handle` is not asked for. */
  readonly refuse: (why: Refused, response: ServerResponse) => void;
  /** Told of each that was turned away without a request that could be answered. */
  readonly turnedAway: (why: Refusal) => void;
  readonly limits: ServerLimits;
};

/** A server that listens nowhere yet, and turns away by itself whatever is no plain HTTP request within the limits. */
export const createHttpServer = (options: HttpServerOptions): Server => {
  const { handle, refuse, turnedAway, limits } = options;
  const { maxHeadersCount, maxRequestsPerSocket, maxConnections, ...whenMade } = limits;
  // Without a Host header it is refused by us, who count it, and not by Node.
  const server = createServer({ ...whenMade, noDelay: true, requireHostHeader: false });
  server.maxHeadersCount = maxHeadersCount;
  server.maxRequestsPerSocket = maxRequestsPerSocket;
  server.maxConnections = maxConnections;

  const connections = createConnections({
    most: maxConnections,
    onClosed: () => turnedAway('too-many-connections'),
    onAhead: () => turnedAway('busy'),
  });
  const take = (request: IncomingMessage, response: ServerResponse) => {
    if (isWebSocket(request)) {
      turnedAway('malformed');
      request.socket.destroy();
    } else connections.inOrder(request, response, () => handle(request, response));
  };
  server.on('connection', connections.opened);
  server.on('request', take);
  server.on('checkContinue', take);
  server.on('checkExpectation', (request, response) =>
    connections.inOrder(request, response, () => refuse('unknown-expectation', response)),
  );
  // No listener for `upgrade`: with one, Node hands over every request that offers an upgrade, and does not read its body (R13e).
  server.on('connect', (_request, socket) => {
    turnedAway('malformed');
    socket.destroy();
  });
  server.on('drop', () => turnedAway('too-many-connections'));
  server.on('dropRequest', () => turnedAway('busy'));
  server.on('clientError', ({ code = '' }: NodeJS.ErrnoException, socket) => {
    const why = whyBroken(code);
    if (why === null || !socket.writable) {
      socket.destroy();
      return;
    }
    turnedAway(why);
    const { status } = refusals[why];
    socket.end(
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
      // Who never hangs up would keep its connection, of which there are few.
      () => socket.destroy(),
    );
  });
  return server;
};

/** An upgrade that is demanded rather than offered: nothing is posted with it. */
const isWebSocket = ({ headers }: IncomingMessage): boolean =>
  headers.upgrade?.toLowerCase().includes('websocket') === true &&
  headers['content-length'] === undefined &&
  headers['transfer-encoding'] === undefined;

/** Null where the sender hung up, and nobody was turned away. */
const whyBroken = (code: string): Refused | null => {
  if (code === 'HPE_HEADER_OVERFLOW') return 'headers-too-large';
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 'too-slow';
  return code.startsWith('HPE_') ? 'malformed' : null;
};
