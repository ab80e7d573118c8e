import { Message, type MessageBus, MessageType, sessionBus, Variant } from '@jellybrick/dbus-next';

/** What `Notify` was called with, and when that was seen (ms of `performance.now()`). */
export type Notified = {
  readonly id: number;
  readonly replaces: number;
  readonly app: string;
  readonly title: string;
  readonly body: string;
  readonly actions: readonly string[];
  readonly hints: Readonly<Record<string, unknown>>;
  readonly expireMs: number;
  readonly at: number;
};

export type Temper = {
  /** `silent` owns its name and never answers; `refusing` answers every call with an error. */
  readonly manner: 'well' | 'silent' | 'refusing';
  readonly capabilities: readonly string[];
  /** Do-not-disturb; null where the server does not have that property. */
  readonly inhibited: boolean | null;
};

const wellTempered: Temper = {
  manner: 'well',
  capabilities: ['actions', 'body', 'body-markup', 'persistence', 'sound'],
  inhibited: null,
};

const name = 'org.freedesktop.Notifications';
const path = '/org/freedesktop/Notifications';

export type NotificationServer = AsyncDisposable & {
  readonly become: (changed: Partial<Temper>) => void;
  /** Every `Notify`, in any manner, oldest first. */
  readonly notified: readonly Notified[];
  /** The ids of the notifications it was asked to close. */
  readonly closed: readonly number[];
  /** The name of every method that was called. */
  readonly calls: readonly string[];
  /** Answers, late, the calls that it left open. */
  readonly answerLate: () => void;
  /** The person presses a button; `default` is the notification itself. */
  readonly press: (id: number, action: string, token?: string) => void;
  /** Closes a notification. `reason`: 1 expired, 2 by the person, 3 by the program. */
  readonly dismiss: (id: number, reason?: number) => void;
  /** Signals that do-not-disturb began or ended. */
  readonly inhibit: (inhibited: boolean) => void;
};

/** A notification service on the bus at `address`. */
export const openNotificationServer = async (
  address: string,
  changed: Partial<Temper> = {},
): Promise<NotificationServer> => {
  const bus = sessionBus({ busAddress: address });
  let temper: Temper = { ...wellTempered, ...changed };
  const notified: Notified[] = [];
  const closed: number[] = [];
  const calls: string[] = [];
  let waiting: { readonly message: Message; readonly id: number }[] = [];
  let lastId = 0;

  const answer = (message: Message, id: number): Message => {
    const { member, body } = message;
    if (temper.manner === 'refusing')
      return Message.newError(message, `${name}.Error.Refused`, 'The server of the test refuses');
    switch (member) {
      case 'GetCapabilities':
        return Message.newMethodReturn(message, 'as', [[...temper.capabilities]]);
      case 'Notify':
        return Message.newMethodReturn(message, 'u', [id]);
      case 'CloseNotification':
        dismiss(Number(body[0]), 3);
        return Message.newMethodReturn(message);
      case 'Get':
        return temper.inhibited === null
          ? Message.newError(message, 'org.freedesktop.DBus.Error.InvalidArgs', 'No such property')
          : Message.newMethodReturn(message, 'v', [new Variant('b', temper.inhibited)]);
      default:
        return Message.newError(message, 'org.freedesktop.DBus.Error.UnknownMethod', `${member}`);
    }
  };

  /** Returns the id of the notification, or 0 where the call is about none. */
  const note = ({ member, body }: Message): number => {
    calls.push(member);
    if (member === 'CloseNotification') closed.push(Number(body[0]));
    if (member !== 'Notify') return 0;
    const replaces = Number(body[1]);
    if (replaces === 0) lastId += 1;
    const id = replaces === 0 ? lastId : replaces;
    notified.push({
      id,
      replaces,
      app: String(body[0]),
      title: String(body[3]),
      body: String(body[4]),
      actions: Array.isArray(body[5]) ? body[5].map(String) : [],
      hints: valuesOf(body[6]),
      expireMs: Number(body[7]),
      at: performance.now(),
    });
    return id;
  };

  const signal = (member: string, signature: string, body: unknown[], of = name): void =>
    bus.send(Message.newSignal(path, of, member, signature, body));
  const dismiss = (id: number, reason = 2): void =>
    signal('NotificationClosed', 'uu', [id, reason]);

  bus.addMethodHandler((message: Message) => {
    if (message.type !== MessageType.METHOD_CALL || message.path !== path) return false;
    const id = note(message);
    if (temper.manner === 'silent') waiting.push({ message, id });
    else bus.send(answer(message, id));
    return true;
  });
  await owning(bus);

  return {
    become: (other) => {
      temper = { ...temper, ...other };
    },
    notified,
    closed,
    calls,
    answerLate: () => {
      for (const { message, id } of waiting) bus.send(answer(message, id));
      waiting = [];
    },
    press: (id, action, token) => {
      if (token !== undefined) signal('ActivationToken', 'us', [id, token]);
      signal('ActionInvoked', 'us', [id, action]);
    },
    dismiss,
    inhibit: (inhibited) => {
      temper = { ...temper, inhibited };
      signal(
        'PropertiesChanged',
        'sa{sv}as',
        [name, { Inhibited: new Variant('b', inhibited) }, []],
        'org.freedesktop.DBus.Properties',
      );
    },
    [Symbol.asyncDispose]: async () => bus.disconnect(),
  };
};

const owning = async (bus: MessageBus): Promise<void> => {
  bus.setMaxListeners(20);
  Reflect.apply(bus.on, bus, ['error', () => {}]); // A bus that a test ends is no failure of the test.
  await new Promise<void>((resolve) => bus.once('connect', resolve));
  await bus.requestName(name, 0);
};

const valuesOf = (hints: unknown): Record<string, unknown> =>
  typeof hints === 'object' && hints !== null
    ? Object.fromEntries(
        Object.entries(hints).map(([key, hint]) => [
          key,
          hint instanceof Variant ? hint.value : hint,
        ]),
      )
    : {};
