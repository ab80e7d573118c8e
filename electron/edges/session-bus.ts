import type { EventEmitter } from 'node:events';
import {
  Message as BusMessage,
  type Message,
  type MessageBus,
  MessageType,
  sessionBus,
} from '@jellybrick/dbus-next';
import type { Later } from '../later.ts';

/** A method of a service on the session bus. `signature` describes `body`, such as `su`. */
export type BusCall = {
  readonly destination: string;
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  readonly signature?: string;
  readonly body?: readonly unknown[];
};

/** Which signals a listener wants. */
export type SignalMatch = {
  readonly path: string;
  readonly interface: string;
  readonly member: string;
};

export type SessionBus = {
  /**
   * The values of the reply. Rejects when the service answers with an error, when there is no bus, and after `withinMs` without an
   * answer; an answer that comes later is ignored. A service that is registered but not running is started by the bus.
   */
  readonly call: (call: BusCall, withinMs?: number) => Promise<readonly unknown[]>;
  /** Calls `listener` with the values of each such signal, whoever sends it, also after the connection was lost and made again. */
  readonly onSignal: (match: SignalMatch, listener: (body: readonly unknown[]) => void) => void;
  /**
   * Tells whether `name` has an owner now (null while that is unknown), and again whenever the owner changes. It never starts the
   * service.
   */
  readonly onOwner: (name: string, listener: (owner: string | null) => void) => void;
  readonly close: () => void;
};

const answerMs = 3000;
const reconnectMs = 5000;
const busName = 'org.freedesktop.DBus';
const busPath = '/org/freedesktop/DBus';

type Listener = SignalMatch & { readonly tell: (body: readonly unknown[]) => void };
type Connection = { readonly bus: MessageBus; readonly isReady: Promise<void> };

/**
 * The session bus of a Linux desktop, asynchronously: nothing here waits in the process that receives (P8). It connects when it is
 * first used. A connection that is lost is made again every 5 s while somebody listens.
 */
export const openSessionBus = (later: Later, log: (line: string) => void): SessionBus => {
  const listeners: Listener[] = [];
  let connection: Connection | null = null;
  let isClosed = false;

  const lose = (lost: Connection, why: string): void => {
    if (connection !== lost) return;
    connection = null;
    log(`session bus: ${why}`);
    hangUp(lost.bus);
    if (listeners.length > 0 && !isClosed)
      later(reconnectMs, () => {
        if (!isClosed) connect();
      });
  };

  const connect = (): Connection => {
    if (connection) return connection;
    const bus = sessionBus();
    const made: Connection = {
      bus,
      isReady: new Promise((resolve, reject) => {
        bus.once('connect', resolve);
        const emitter: EventEmitter = bus;
        emitter.on('error', (error: unknown) => {
          const why = error instanceof Error ? error.message : 'unknown error';
          reject(new Error(why));
          lose(made, why);
        });
      }),
    };
    connection = made;
    made.isReady.catch(() => {});
    bus.on('message', (message: Message) => {
      if (message.type !== MessageType.SIGNAL) return;
      for (const listener of listeners) if (matches(listener, message)) listener.tell(message.body);
    });
    for (const listener of listeners) subscribe(made, listener);
    return made;
  };

  const subscribe = ({ bus, isReady }: Connection, match: SignalMatch): void => {
    const { path, interface: of, member } = match;
    const rule = `type='signal',path='${path}',interface='${of}',member='${member}'`;
    const add = { ...ofBus('AddMatch'), signature: 's', body: [rule] };
    void isReady.then(() => bus.call(new BusMessage(add))).catch(() => {});
  };

  const call = async (
    { signature = '', body = [], ...to }: BusCall,
    withinMs = answerMs,
  ): Promise<readonly unknown[]> => {
    if (isClosed) throw new Error('The session bus is closed');
    const { bus, isReady } = connect();
    const answer = isReady.then(() =>
      bus.call(new BusMessage({ ...to, signature, body: [...body] })),
    );
    let stop = (): void => {};
    const tooLate = new Promise<never>((_resolve, reject) => {
      stop = later(withinMs, () =>
        reject(new Error(`${to.destination} did not answer within ${withinMs} ms`)),
      );
    });
    answer.catch(() => {});
    try {
      return (await Promise.race([answer, tooLate]))?.body ?? [];
    } finally {
      stop();
    }
  };

  const listen = (listener: Listener): void => {
    listeners.push(listener);
    if (connection) subscribe(connection, listener);
    else connect();
  };

  return {
    call,
    onSignal: (match, tell) => listen({ ...match, tell }),
    onOwner: (name, tell) => {
      let isTold = false;
      const ownerChanged = ofBus('NameOwnerChanged');
      listen({
        ...ownerChanged,
        tell: ([changed, , owner]) => {
          if (changed !== name || typeof owner !== 'string') return;
          isTold = true;
          tell(owner === '' ? null : owner);
        },
      });
      void call({ ...ofBus('GetNameOwner'), signature: 's', body: [name] }).then(
        ([owner]) => {
          if (!isTold && typeof owner === 'string') tell(owner);
        },
        () => {
          if (!isTold) tell(null);
        },
      );
    },
    close: () => {
      isClosed = true;
      if (connection) hangUp(connection.bus);
      connection = null;
    },
  };
};

const ofBus = (member: string) => ({
  destination: busName,
  path: busPath,
  interface: busName,
  member,
});

const matches = (match: SignalMatch, message: Message): boolean =>
  match.path === message.path &&
  match.interface === message.interface &&
  match.member === message.member;

/** A connection that has already ended throws. */
const hangUp = (bus: MessageBus): void => {
  try {
    bus.disconnect();
  } catch {
    // It is gone, which is what is wanted.
  }
};
