import type { Later } from '../later.ts';
import {
  type BusCall,
  type BusConnection,
  type BusSignal,
  CallFailure,
  connectToBus,
} from './bus-connection.ts';

export { type BusCall, CallFailure } from './bus-connection.ts';

/** Which signals a listener wants. */
export type SignalMatch = {
  readonly path: string;
  readonly interface: string;
  readonly member: string;
};

export type SessionBus = {
  /**
   * The values of the reply. Rejects with a `CallFailure` when the service answers with an error, when there is no bus, and after
   * `withinMs` without an answer; an answer that comes later is ignored. A service that is registered but not running is started by
   * the bus.
   */
  readonly call: (call: BusCall, withinMs?: number) => Promise<readonly unknown[]>;
  /**
   * Calls `listener` with the values of each such signal and the unique name of its sender, whoever that is, also after the connection
   * was lost and made again.
   */
  readonly onSignal: (
    match: SignalMatch,
    listener: (body: readonly unknown[], sender: string) => void,
  ) => void;
  /**
   * Tells the unique name of the connection that owns `name`, or null while none does or that is unknown; and again whenever it
   * changes, and when the connection was lost and made again. It never starts the service.
   */
  readonly onOwner: (name: string, listener: (owner: string | null) => void) => void;
  readonly close: () => void;
};

const answerMs = 3000;
const connectMs = 10_000;
const reconnectMs = 5000;
const busName = 'org.freedesktop.DBus';

/** A connection that is made or being made. */
type Attempt = { readonly connection: Promise<BusConnection>; isReady: boolean };

type Listener = {
  readonly match: SignalMatch;
  /** What else the bus looks at before it wakes us. */
  readonly filter: string;
  readonly tell: (signal: BusSignal) => void;
  readonly connected: () => void;
  readonly lost: () => void;
};

/**
 * The session bus of a Linux desktop, asynchronously: nothing here waits in the process that receives (P8). It connects when it is
 * first used. A connection that is lost, or cannot be made, is tried again every 5 s while somebody listens. `address` is for tests;
 * without it the desktop's own is used.
 */
export const openSessionBus = (
  later: Later,
  log: (line: string) => void,
  address?: string,
): SessionBus => {
  const listeners: Listener[] = [];
  let current: Attempt | null = null;
  let isClosed = false;
  let lastSaid = '';

  const lose = (lost: Attempt, why: string): void => {
    if (current !== lost) return;
    current = null;
    // A desktop without a bus is asked again for as long as the app runs.
    if (why !== lastSaid) log(`session bus: ${why}`);
    lastSaid = why;
    for (const listener of listeners) listener.lost();
    if (listeners.length > 0 && !isClosed)
      later(reconnectMs, () => {
        if (!isClosed) connect();
      });
  };

  const connect = (): Attempt => {
    if (current) return current;
    const limit = new AbortController();
    const stop = later(connectMs, () => limit.abort());
    const made: Attempt = {
      isReady: false,
      connection: connectToBus(address, limit.signal, {
        onSignal: (signal) => {
          for (const { match, tell } of listeners) if (matches(match, signal)) tell(signal);
        },
        onLost: (why) => lose(made, why),
      }),
    };
    current = made;
    made.connection.then(
      (connection) => {
        stop();
        if (isClosed) return connection.hangUp();
        lastSaid = '';
        made.isReady = true;
        listeners.forEach(subscribe);
      },
      (error: unknown) => {
        stop();
        lose(made, error instanceof Error ? error.message : 'unknown error');
      },
    );
    return made;
  };

  const call = async (what: BusCall, withinMs = answerMs): Promise<readonly unknown[]> => {
    if (isClosed) throw new CallFailure('no-service', 'The session bus is closed');
    const limit = new AbortController();
    const tooLate = new Promise<never>((_resolve, reject) =>
      limit.signal.addEventListener('abort', () =>
        reject(new CallFailure('no-answer', `${what.destination} did not answer in time`)),
      ),
    );
    const stop = later(withinMs, () => limit.abort());
    const answer = connect().connection.then((connection) => {
      limit.signal.throwIfAborted();
      return connection.call(what, limit.signal);
    });
    try {
      return await Promise.race([answer, tooLate]);
    } finally {
      stop();
    }
  };

  const subscribe = ({ match, filter, connected }: Listener): void => {
    const { path, interface: of, member } = match;
    const rule = `type='signal',path='${path}',interface='${of}',member='${member}'${filter}`;
    call({ ...ofBus('AddMatch'), signature: 's', body: [rule] }).catch(() => {});
    connected();
  };

  const listen = (listener: Listener): void => {
    listeners.push(listener);
    // A connection that is still being made subscribes every listener when it is there.
    if (connect().isReady) subscribe(listener);
  };

  const onOwner: SessionBus['onOwner'] = (name, tell) => {
    // An answer to a question that is older than a signal, or than the connection, says nothing any more.
    let newest = 0;
    listen({
      match: ofBus('NameOwnerChanged'),
      filter: `,arg0='${name}'`,
      tell: ({ body: [changed, , owner], sender }) => {
        if (changed !== name || typeof owner !== 'string' || sender !== busName) return;
        newest += 1;
        tell(owner === '' ? null : owner);
      },
      connected: () => {
        newest += 1;
        const asked = newest;
        void call({ ...ofBus('GetNameOwner'), signature: 's', body: [name] }).then(
          ([owner]) => {
            if (asked === newest && typeof owner === 'string') tell(owner);
          },
          () => {
            if (asked === newest) tell(null);
          },
        );
      },
      lost: () => {
        newest += 1;
        tell(null);
      },
    });
  };

  return {
    call,
    onOwner,
    onSignal: (match, tell) =>
      listen({
        match,
        filter: '',
        tell: ({ body, sender }) => tell(body, sender),
        connected: () => {},
        lost: () => {},
      }),
    close: () => {
      isClosed = true;
      void current?.connection.then(({ hangUp }) => hangUp()).catch(() => {});
      current = null;
    },
  };
};

const ofBus = (member: string) => ({
  destination: busName,
  path: '/org/freedesktop/DBus',
  interface: busName,
  member,
});

const matches = (match: SignalMatch, signal: BusSignal): boolean =>
  match.path === signal.path &&
  match.interface === signal.interface &&
  match.member === signal.member;
