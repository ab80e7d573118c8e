import type { Schedule } from '../schedule.ts';
import { type BusCall, type BusSignal, CallFailure } from './bus-connection.ts';
import { type BusLink, createBusLink } from './bus-link.ts';

/** Which signals a listener wants. */
export type SignalMatch = {
  readonly path: string;
  readonly interface: string;
  readonly member: string;
};

export type SessionBus = {
  /** Settles with the values of the reply. Rejects with a `CallFailure`. The bus starts a registered service that is not running. */
  readonly call: (call: BusCall, withinMs?: number) => Promise<readonly unknown[]>;
  /** Calls `listener` with the values and the unique sender name of each such signal, also after a reconnection. */
  readonly onSignal: (
    match: SignalMatch,
    listener: (body: readonly unknown[], sender: string) => void,
  ) => void;
  /**
   * Calls `listener` with the unique name of the owner of `name`, or null where there is none: now, on every change, and after a
   * reconnection. Never starts the service.
   */
  readonly onOwner: (name: string, listener: (owner: string | null) => void) => void;
  /** The bus's own id, which no other bus has. Rejects with a `CallFailure`. */
  readonly id: () => Promise<string>;
  readonly close: () => void;
};

const answerMs = 3000;
const busName = 'org.freedesktop.DBus';

type Listener = {
  readonly match: SignalMatch;
  /** A further condition that the bus checks. */
  readonly filter: string;
  readonly onSignal: (signal: BusSignal) => void;
  readonly onConnected: () => void;
  readonly onLost: () => void;
};

/**
 * The session bus of a Linux desktop (P8). Connects on first use, and reconnects every 5 s while anything listens. `address`: the
 * desktop's own by default.
 */
export const openSessionBus = (
  schedule: Schedule,
  log: (line: string) => void,
  address?: string,
): SessionBus => {
  const listeners: Listener[] = [];
  const link = createBusLink({
    schedule,
    log,
    address,
    isWanted: () => listeners.length > 0,
    onSignal: (signal) => {
      for (const { match, onSignal } of listeners) if (matches(match, signal)) onSignal(signal);
    },
    onConnected: () => listeners.forEach(subscribe),
    onLost: () => {
      for (const { onLost } of listeners) onLost();
    },
  });

  const call: SessionBus['call'] = (what, withinMs = answerMs) =>
    callWithin(link, schedule, what, withinMs);

  function subscribe({ match, filter, onConnected }: Listener): void {
    const { path, interface: of, member } = match;
    const rule = `type='signal',path='${path}',interface='${of}',member='${member}'${filter}`;
    call({ ...ofBus('AddMatch'), signature: 's', body: [rule] }).catch(() => {});
    onConnected();
  }

  const listen = (listener: Listener): void => {
    listeners.push(listener);
    // A connection that is being made subscribes all listeners once it is ready.
    if (link.connect().isReady) subscribe(listener);
  };

  return {
    call,
    onOwner: (name, listener) => listen(ownerListener(call, name, listener)),
    onSignal: (match, listener) =>
      listen({
        match,
        filter: '',
        onSignal: ({ body, sender }) => listener(body, sender),
        onConnected: () => {},
        onLost: () => {},
      }),
    id: async () => String((await call(ofBus('GetId')))[0]),
    close: link.close,
  };
};

const callWithin = async (
  link: BusLink,
  schedule: Schedule,
  call: BusCall,
  withinMs: number,
): Promise<readonly unknown[]> => {
  if (link.isClosed()) throw new CallFailure('no-service', 'The session bus is closed');
  const limit = new AbortController();
  const tooLate = new Promise<never>((_resolve, reject) =>
    limit.signal.addEventListener('abort', () =>
      reject(new CallFailure('no-answer', `${call.destination} did not answer in time`)),
    ),
  );
  const cancel = schedule(withinMs, () => limit.abort());
  const answer = link.connect().connection.then((connection) => {
    limit.signal.throwIfAborted();
    return connection.call(call, limit.signal);
  });
  try {
    return await Promise.race([answer, tooLate]);
  } finally {
    cancel();
  }
};

/** Follows who owns a name. A reply that is older than a signal, or than the connection, is ignored. */
const ownerListener = (
  call: SessionBus['call'],
  name: string,
  listener: (owner: string | null) => void,
): Listener => {
  let newest = 0;
  return {
    match: ofBus('NameOwnerChanged'),
    filter: `,arg0='${name}'`,
    onSignal: ({ body: [changed, , owner], sender }) => {
      if (changed !== name || typeof owner !== 'string' || sender !== busName) return;
      newest += 1;
      listener(owner === '' ? null : owner);
    },
    onConnected: () => {
      newest += 1;
      const asked = newest;
      void call({ ...ofBus('GetNameOwner'), signature: 's', body: [name] }).then(
        ([owner]) => {
          if (asked === newest && typeof owner === 'string') listener(owner);
        },
        () => {
          if (asked === newest) listener(null);
        },
      );
    },
    onLost: () => {
      newest += 1;
      listener(null);
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
