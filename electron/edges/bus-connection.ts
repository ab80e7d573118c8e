import { EventEmitter } from 'node:events';
import { Duplex } from 'node:stream';
import type { Message, MessageBus } from '@jellybrick/dbus-next';

/** A method of a service on the session bus. `signature` describes `body`, such as `su`. */
export type BusCall = {
  readonly destination: string;
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  readonly signature?: string;
  readonly body?: readonly unknown[];
};

/**
 * Why a call brought no values. `no-service`: there is no session bus, or nothing on it has that name and nothing can be started for it.
 * `no-answer`: none within the time. `refused`: the service answered with an error.
 */
export class CallFailure extends Error {
  readonly why: 'no-service' | 'no-answer' | 'refused';

  constructor(why: CallFailure['why'], message: string) {
    super(message);
    this.why = why;
  }
}

/** A signal as it came. `sender` is the unique name of the connection that sent it, or that of the bus itself. */
export type BusSignal = Pick<Message, 'path' | 'interface' | 'member' | 'sender' | 'body'>;

export type BusConnection = {
  /** Settles with the reply; rejects with a `CallFailure`, also when `limit` is aborted, after which the reply is ignored. */
  readonly call: (call: BusCall, limit: AbortSignal) => Promise<readonly unknown[]>;
  readonly hangUp: () => void;
};

type Library = typeof import('@jellybrick/dbus-next');
let library: Promise<Library> | null = null;

/** The D-Bus library, which is half as large as the rest of the main process: loaded when it is first used. */
export const loadLibrary = (): Promise<Library> => {
  library ??= import('@jellybrick/dbus-next');
  return library;
};

type Pending = {
  readonly resolve: (values: readonly unknown[]) => void;
  readonly reject: (failure: CallFailure) => void;
};

/**
 * One connection to the session bus at `address`; without one, at the address the desktop gives. Rejects with a `CallFailure` when there
 * is no bus, and when `limit` is aborted before the bus has answered. `onLost` is called at most once, and only for a connection that was made.
 */
export const connectToBus = async (
  address: string | undefined,
  limit: AbortSignal,
  {
    onSignal,
    onLost,
  }: {
    readonly onSignal: (signal: BusSignal) => void;
    readonly onLost: (why: string) => void;
  },
): Promise<BusConnection> => {
  const { Message: BusMessage, MessageType, sessionBus } = await loadLibrary();
  const bus = sessionBus(address === undefined ? {} : { busAddress: address });
  const pending = new Map<number, Pending>();
  let isOver = false;

  // The library's own `call` remembers a call for as long as a silent service lives.
  bus.on('message', (message: Message) => {
    if (message.type === MessageType.SIGNAL) onSignal(message);
    const answered = message.replySerial === undefined ? null : pending.get(message.replySerial);
    if (message.type === MessageType.METHOD_RETURN) answered?.resolve(message.body);
    if (message.type === MessageType.ERROR) answered?.reject(failureOf(message));
  });

  const end = (why: string): boolean => {
    if (isOver) return false;
    isOver = true;
    hangUp(bus);
    for (const { reject } of pending.values()) reject(new CallFailure('no-answer', why));
    return true;
  };
  await connected(bus, limit, end);
  whenItEnds(bus, (why) => {
    if (end(why)) onLost(why);
  });

  const call = ({ signature = '', body = [], ...to }: BusCall, within: AbortSignal) =>
    new Promise<readonly unknown[]>((resolve, reject) => {
      if (isOver) throw new CallFailure('no-service', 'The session bus closed the connection');
      const message = new BusMessage({ ...to, signature, body: [...body] });
      const serial = bus.newSerial();
      message.serial = serial;
      const settled = (): void => {
        pending.delete(serial);
        within.removeEventListener('abort', giveUp);
      };
      const giveUp = (): void => {
        settled();
        reject(new CallFailure('no-answer', `${to.destination} did not answer in time`));
      };
      within.addEventListener('abort', giveUp);
      pending.set(serial, {
        resolve: (values) => {
          settled();
          resolve(values);
        },
        reject: (failure) => {
          settled();
          reject(failure);
        },
      });
      try {
        bus.send(message);
      } catch (error) {
        settled();
        reject(error);
      }
    });

  return { call, hangUp: () => void end('The session bus was closed') };
};

/** The library tells of errors only, and with an event that its types leave out. */
const whenItFails = (bus: EventEmitter, fail: (why: string) => void): void =>
  void bus.on('error', (error: unknown) =>
    fail(error instanceof Error ? error.message : 'unknown error'),
  );

/** The library keeps it to itself when the other side closes the connection. */
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

/** Half-closing, which is what the library does, waits for a bus that may be silent. */
const hangUp = (bus: MessageBus): void => {
  const connection: unknown = Reflect.get(bus, '_connection');
  const stream: unknown =
    connection instanceof EventEmitter ? Reflect.get(connection, 'stream') : null;
  if (stream instanceof Duplex) stream.destroy();
};

/** Names of errors: https://dbus.freedesktop.org/doc/dbus-specification.html#message-bus-starting-services and libdbus. */
const failureOf = ({ errorName, body: [text] }: Message): CallFailure => {
  const said = `${errorName}${typeof text === 'string' ? `: ${text}` : ''}`;
  const [, name = ''] = /^org\.freedesktop\.DBus\.Error\.(.+)$/.exec(errorName) ?? [];
  if (/^(ServiceUnknown|NameHasNoOwner|Spawn\..+)$/.test(name))
    return new CallFailure('no-service', said);
  if (/^(NoReply|Timeout|TimedOut|Disconnected)$/.test(name))
    return new CallFailure('no-answer', said);
  return new CallFailure('refused', said);
};
