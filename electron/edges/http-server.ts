import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
  STATUS_CODES,
} from 'node:http';
import type { Duplex } from 'node:stream';
import type { Refusal } from '../../shared/refusals.ts';
import { type HttpRefusal, refusals } from '../receiver/admission.ts';
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
  /** Also called for a request whose sender waits to be told whether to send its body. */
  readonly handle: (request: IncomingMessage, response: ServerResponse) => void;
  readonly refuse: (why: HttpRefusal, response: ServerResponse) => void;
  readonly onRefused: (why: Refusal) => void;
  readonly limits: ServerLimits;
};

/** A server that does not listen yet. It refuses by itself what is no plain HTTP request within the limits. */
export const createHttpServer = (options: HttpServerOptions): Server => {
  const { handle, refuse, onRefused, limits } = options;
  const { maxHeadersCount, maxRequestsPerSocket, maxConnections, ...whenMade } = limits;
  // Node would refuse a missing Host header without counting it.
  const server = createServer({ ...whenMade, noDelay: true, requireHostHeader: false });
  server.maxHeadersCount = maxHeadersCount;
  server.maxRequestsPerSocket = maxRequestsPerSocket;
  server.maxConnections = maxConnections;

  const connections = createConnections({
    most: maxConnections,
    onEvicted: () => onRefused('too-many-connections'),
    onOverrun: () => onRefused('busy'),
  });
  const onRequest = (request: IncomingMessage, response: ServerResponse) => {
    if (isWebSocket(request)) {
      onRefused('malformed');
      request.socket.destroy();
    } else connections.inOrder(request, response, () => handle(request, response));
  };
  server.on('connection', connections.add);
  server.on('request', onRequest);
  server.on('checkContinue', onRequest);
  server.on('checkExpectation', (request, response) =>
    connections.inOrder(request, response, () => refuse('unknown-expectation', response)),
  );
  // No listener for `upgrade`: with one, Node hands over every request that offers an upgrade, and does not read its body (R13e).
  server.on('connect', (_request, socket) => {
    onRefused('malformed');
    socket.destroy();
  });
  server.on('drop', () => onRefused('too-many-connections'));
  server.on('dropRequest', () => onRefused('busy'));
  server.on('clientError', ({ code = '' }: NodeJS.ErrnoException, socket) => {
    const why = socket.writable ? refusalOf(code) : null;
    if (why === null) {
      socket.destroy();
      return;
    }
    onRefused(why);
    endWith(socket, refusals[why].status);
  });
  return server;
};

const endWith = (socket: Duplex, status: number): void => {
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
    // A client that never hangs up would keep one of few connections.
    () => socket.destroy(),
  );
};

const isWebSocket = ({ headers }: IncomingMessage): boolean =>
  headers.upgrade?.toLowerCase().includes('websocket') === true &&
  headers['content-length'] === undefined &&
  headers['transfer-encoding'] === undefined;

/** The refusal for an error code of Node's server; null for a lost connection, which gets no answer. */
const refusalOf = (code: string): HttpRefusal | null => {
  if (code === 'HPE_HEADER_OVERFLOW') return 'headers-too-large';
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 'too-slow';
  return code.startsWith('HPE_') ? 'malformed' : null;
};
