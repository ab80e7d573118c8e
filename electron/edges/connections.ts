import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

export type ConnectionOptions = {
  /** How many may be open; the last place is kept free for the next one. */
  readonly most: number;
  /** Told of each that is closed to make place for another. */
  readonly onClosed: () => void;
  /** Told of each that is closed because of what it sent ahead. */
  readonly onAhead: () => void;
};

type Connection = {
  readonly socket: Socket;
  /** The request that is being answered; null while it sends no complete head. */
  current: IncomingMessage | null;
  /** Requests that were sent ahead, in order. */
  readonly ahead: (() => void)[];
};

/** No provider sends requests ahead of an answer; a relay may send a few. */
const mostAhead = 8;

/** The connections of a server: each has one request answered at a time, and none that is idle keeps a new one out (R12). */
export const createConnections = ({ most, onClosed, onAhead }: ConnectionOptions) => {
  const bySocket = new Map<Socket, Connection>();
  /** Those that have not sent a complete head, longest first. */
  const idle = new Set<Connection>();
  /** All others, longest first. */
  const busy = new Set<Connection>();

  /** Closes the connection that has waited longest to send a head, else the one longest in the middle of a body. */
  const makePlace = (): void => {
    const [oldest] = idle;
    const victim = oldest ?? [...busy].find(({ current }) => current?.complete === false);
    if (!victim) return;
    victim.socket.destroy();
    leave(victim);
    onClosed();
  };

  const leave = (connection: Connection): void => {
    bySocket.delete(connection.socket);
    idle.delete(connection);
    busy.delete(connection);
    connection.ahead.length = 0;
  };

  const start = (
    connection: Connection,
    request: IncomingMessage,
    response: ServerResponse,
    answer: () => void,
  ): void => {
    idle.delete(connection);
    busy.add(connection);
    connection.current = request;
    response.once('close', () => {
      if (!bySocket.has(connection.socket)) return;
      busy.delete(connection);
      connection.current = null;
      idle.add(connection);
      connection.ahead.shift()?.();
    });
    answer();
  };

  return {
    opened: (socket: Socket): void => {
      if (bySocket.size + 1 >= most) makePlace();
      const connection = { socket, current: null, ahead: [] };
      bySocket.set(socket, connection);
      idle.add(connection);
      socket.once('close', () => leave(connection));
    },
    /**
     * Calls `answer` when every request before it on the same connection was answered. One that is sent ahead in chunks closes its
     * connection: Node holds an object of some 400 bytes for each chunk of a body that nobody reads yet, and chunks may be of one byte.
     */
    inOrder: (request: IncomingMessage, response: ServerResponse, answer: () => void): void => {
      const connection = bySocket.get(request.socket);
      if (!connection) return;
      const next = () => start(connection, request, response, answer);
      if (connection.current === null) next();
      else if (connection.ahead.length < mostAhead && !isChunked(request))
        connection.ahead.push(next);
      else {
        // What the parser still finds in the bytes that were read would be queued, for as long as the request is known.
        request.on('data', () => {});
        request.socket.destroy();
        leave(connection);
        onAhead();
      }
    },
  };
};

/** Not by `request.headers`, which is cut where there are too many. */
const isChunked = ({ rawHeaders }: IncomingMessage): boolean =>
  rawHeaders.some((text, at) => at % 2 === 0 && text.toLowerCase() === 'transfer-encoding');
