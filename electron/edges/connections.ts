import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

export type ConnectionOptions = {
  /** How many may be open. One place stays free for the next connection. */
  readonly most: number;
  readonly onEvicted: () => void;
  readonly onOverrun: () => void;
};

/** Connections answer one request at a time, and idle ones are closed in favour of new ones (R12). */
export type Connections = {
  readonly add: (socket: Socket) => void;
  /**
   * Calls `answer` once every earlier request on the connection was answered. A pipelined chunked request closes its connection: each
   * unread chunk would cost some 400 bytes, and may be one byte long.
   */
  readonly inOrder: (
    request: IncomingMessage,
    response: ServerResponse,
    answer: () => void,
  ) => void;
};

type Connection = {
  readonly socket: Socket;
  /** The request being answered; null while no complete head has come. */
  current: IncomingMessage | null;
  /** Pipelined requests, in order. */
  readonly pipelined: (() => void)[];
};

/** Providers do not pipeline; a relay may send a few requests ahead. */
const mostPipelined = 8;

export const createConnections = (options: ConnectionOptions): Connections => {
  const bySocket = new Map<Socket, Connection>();
  /** Those without a complete head, longest first. */
  const idle = new Set<Connection>();
  /** All others, longest first. */
  const busy = new Set<Connection>();

  const remove = (connection: Connection): void => {
    bySocket.delete(connection.socket);
    idle.delete(connection);
    busy.delete(connection);
    connection.pipelined.length = 0;
  };

  const evict = (): void => {
    const victim = victimOf(idle, busy);
    if (!victim) return;
    victim.socket.destroy();
    remove(victim);
    options.onEvicted();
  };

  const finish = (connection: Connection): void => {
    if (!bySocket.has(connection.socket)) return;
    busy.delete(connection);
    idle.add(connection);
    connection.current = null;
    connection.pipelined.shift()?.();
  };

  return {
    add: (socket) => {
      if (bySocket.size + 1 >= options.most) evict();
      const connection: Connection = { socket, current: null, pipelined: [] };
      bySocket.set(socket, connection);
      idle.add(connection);
      socket.once('close', () => remove(connection));
    },
    inOrder: (request, response, answer) => {
      const connection = bySocket.get(request.socket);
      if (!connection) return;
      const start = (): void => {
        idle.delete(connection);
        busy.add(connection);
        connection.current = request;
        response.once('close', () => finish(connection));
        answer();
      };
      if (connection.current === null) start();
      else if (connection.pipelined.length < mostPipelined && !isChunked(request))
        connection.pipelined.push(start);
      else {
        discard(request);
        remove(connection);
        options.onOverrun();
      }
    },
  };
};

const victimOf = (
  [oldest]: Iterable<Connection>,
  busy: Iterable<Connection>,
): Connection | undefined => oldest ?? [...busy].find(({ current }) => current?.complete === false);

/** Consumes the chunks in the bytes already read, which would be queued as long as the request lives. */
const discard = (request: IncomingMessage): void => {
  request.on('data', () => {});
  request.socket.destroy();
};

/** Reads the raw headers, because `request.headers` is cut where there are too many. */
const isChunked = ({ rawHeaders }: IncomingMessage): boolean =>
  rawHeaders.some((text, at) => at % 2 === 0 && text.toLowerCase() === 'transfer-encoding');
