import { EventEmitter } from 'node:events';
import { Duplex } from 'node:stream';
import type { Message, MessageBus } from '@jellybrick/dbus-next';

/** `signature` describes `body`, such as `su`. */
export type BusCall = {
  readonly destination: string;
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  readonly signature?: string;
  readonly body?: readonly unknown[];
};

/** Why a call failed. `no-service`: no session bus, or no such service. `refused`: the service answered with an error. */
export class CallFailure extends Error {
  readonly why: 'no-service' | 'no-answer' | 'refused';

  constructor(why: CallFailure['why'], message: string) {
    super(message);
    this.why = why;
  }
}

/** `sender` is the unique name of a connection, or that of the bus itself. */
export type BusSignal = Pick<Message, 'path' | 'interface' | 'member' | 'sender' | 'body'>;

export type BusConnection = {
  /** Settles with the reply. Rejects with a `CallFailure`, also when `limit` is aborted; a later reply is ignored. */
  readonly call: (call: BusCall, limit: AbortSignal) => Promise<readonly unknown[]>;
  readonly hangUp: () => void;
};

export type BusListener = {
  readonly onSignal: (signal: BusSignal) => void;
  /** Called at most once, and only for a connection that was made. */
  readonly onLost: (why: string) => void;
};

type Library = typeof import('@jellybrick/dbus-next');
let library: Promise<Library> | null = null;

/** The D-Bus library, loaded on first use: it is half as large as the rest of the main process. */
export const loadLibrary = (): Promise<Library> => {
  library ??= import('@jellybrick/dbus-next');
  return library;
};

/** Connects to the session bus at `address`, or at the desktop's own. Rejects with a `CallFailure`, also when `limit` is aborted first. */
export const connectToBus = async (
  address: string | undefined,
  limit: AbortSignal,
  { onSignal, onLost }: BusListener,
): Promise<BusConnection> => {
  const { Message: BusMessage, MessageType, sessionBus } = await loadLibrary();
  const bus = sessionBus(address === undefined ? {} : { busAddress: address });
  const pending = createPendingCalls();
  let isOver = false;

  // The library's own `call` keeps an unanswered call for as long as the service lives.
  bus.on('message', (message: Message) => {
    if (message.type === MessageType.SIGNAL) onSignal(message);
    const answered = pending.of(message.replySerial);
    if (message.type === MessageType.METHOD_RETURN) answered?.resolve(message.body);
    if (message.type === MessageType.ERROR) answered?.reject(failureOf(message));
  });

  const end = (why: string): boolean => {
    if (isOver) return false;
    isOver = true;
    hangUp(bus);
    pending.rejectAll(new CallFailure('no-answer', why));
    return true;
  };
  await connected(bus, limit, end);
  whenItEnds(bus, (why) => {
    if (end(why)) onLost(why);
  });

  const call: BusConnection['call'] = ({ signature = '', body = [], ...to }, within) =>
    new Promise((resolve, reject) => {
      if (isOver) throw new CallFailure('no-service', 'The session bus closed the connection');
      const message = new BusMessage({ ...to, signature, body: [...body] });
      message.serial = bus.newSerial();
      const settled = pending.add(message.serial, within, { resolve, reject }, () =>
        reject(new CallFailure('no-answer', `${to.destination} did not answer in time`)),
      );
      try {
        bus.send(message);
      } catch (error) {
        settled();
        reject(error);
      }
    });

  return { call, hangUp: () => void end('The session bus was closed') };
};

type Pending = {
  readonly resolve: (values: readonly unknown[]) => void;
  readonly reject: (failure: CallFailure) => void;
};

const createPendingCalls = () => {
  const calls = new Map<number, Pending>();
  return {
    of: (serial: number | undefined): Pending | undefined =>
      serial === undefined ? undefined : calls.get(serial),
    add: (
      serial: number,
      limit: AbortSignal,
      { resolve, reject }: Pending,
      onLimit: () => void,
    ): (() => void) => {
      const settled = (): void => {
        calls.delete(serial);
        limit.removeEventListener('abort', abort);
      };
      const abort = (): void => {
        settled();
        onLimit();
      };
      limit.addEventListener('abort', abort);
      calls.set(serial, {
        resolve: (values) => {
          settled();
          resolve(values);
        },
        reject: (failure) => {
          settled();
          reject(failure);
        },
      });
      return settled;
    },
    rejectAll: (failure: CallFailure): void => {
      for (const { reject } of calls.values()) reject(failure);
    },
  };
};

/** The library reports only errors, with an event that its types leave out. */
const whenItFails = (bus: EventEmitter, fail: (why: string) => void): void =>
  void bus.on('error', (error: unknown) =>
    fail(error instanceof Error ? error.message : 'unknown error'),
  );

/** The library does not report that the other side closed the connection; its socket does. */
const whenItEnds = (bus: MessageBus, ended: (why: string) => void): void => {
  whenItFails(bus, ended);
  const connection: unknown = Reflect.get(bus, '_connection');
  if (connection instanceof EventEmitter)
    connection.once('end', () => ended('The session bus closed the connection'));
};

const connected = (bus: MessageBus, limit: AbortSignal, end: (why: string) => void) =>
  new Promise<void>((resolve, reject) => {
    const fail = (why: string): void => {
      end(why);
      reject(new CallFailure('no-service', why));
    };
    bus.once('connect', resolve);
    whenItFails(bus, fail);
    limit.addEventListener('abort', () => fail('The session bus did not answer in time'));
    if (limit.aborted) fail('The session bus did not answer in time');
  });

/** Destroys the socket: the library half-closes it, and then waits for a bus that may be silent. */
const hangUp = (bus: MessageBus): void => {
  const connection: unknown = Reflect.get(bus, '_connection');
  const stream: unknown =
    connection instanceof EventEmitter ? Reflect.get(connection, 'stream') : null;
  if (stream instanceof Duplex) stream.destroy();
};

/** Error names: https://dbus.freedesktop.org/doc/dbus-specification.html#message-bus-starting-services and libdbus. */
const failureOf = ({ errorName, body: [text] }: Message): CallFailure => {
  const message = `${errorName}${typeof text === 'string' ? `: ${text}` : ''}`;
  const [, name = ''] = /^org\.freedesktop\.DBus\.Error\.(.+)$/.exec(errorName) ?? [];
  if (/^(ServiceUnknown|NameHasNoOwner|Spawn\..+)$/.test(name))
    return new CallFailure('no-service', message);
  if (/^(NoReply|Timeout|TimedOut|Disconnected)$/.test(name))
    return new CallFailure('no-answer', message);
  return new CallFailure('refused', message);
};
