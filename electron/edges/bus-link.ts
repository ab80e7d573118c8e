import type { Schedule } from '../schedule.ts';
import { type BusConnection, type BusSignal, connectToBus } from './bus-connection.ts';

export type BusLinkOptions = {
  readonly schedule: Schedule;
  readonly log: (line: string) => void;
  /** Undefined: the desktop's own. */
  readonly address: string | undefined;
  /** Whether a lost connection is made again. */
  readonly isWanted: () => boolean;
  readonly onSignal: (signal: BusSignal) => void;
  readonly onConnected: () => void;
  readonly onLost: () => void;
};

/** A connection that is ready or being made. */
export type Attempt = { readonly connection: Promise<BusConnection>; isReady: boolean };

export type BusLink = {
  readonly connect: () => Attempt;
  readonly isClosed: () => boolean;
  readonly close: () => void;
};

const connectMs = 10_000;
const reconnectMs = 5000;

/** A connection to the session bus that is made again after it was lost. */
export const createBusLink = (options: BusLinkOptions): BusLink => {
  const { schedule, log, address, isWanted, onSignal, onConnected, onLost } = options;
  let current: Attempt | null = null;
  let isClosed = false;
  let lastLogged = '';

  const lose = (lost: Attempt, why: string): void => {
    if (current !== lost) return;
    current = null;
    // A desktop without a bus would fill the log.
    if (why !== lastLogged) log(`session bus: ${why}`);
    lastLogged = why;
    onLost();
    if (isWanted() && !isClosed)
      schedule(reconnectMs, () => {
        if (!isClosed) connect();
      });
  };

  const connect = (): Attempt => {
    if (current) return current;
    const limit = new AbortController();
    const cancel = schedule(connectMs, () => limit.abort());
    const made: Attempt = {
      isReady: false,
      connection: connectToBus(address, limit.signal, {
        onSignal,
        onLost: (why) => lose(made, why),
      }),
    };
    current = made;
    made.connection.then(
      (connection) => {
        cancel();
        if (isClosed) return connection.hangUp();
        lastLogged = '';
        made.isReady = true;
        onConnected();
      },
      (error: unknown) => {
        cancel();
        lose(made, error instanceof Error ? error.message : 'unknown error');
      },
    );
    return made;
  };

  return {
    connect,
    isClosed: () => isClosed,
    close: () => {
      isClosed = true;
      void current?.connection.then(({ hangUp }) => hangUp()).catch(() => {});
      current = null;
    },
  };
};
