import { Message, type MessageBus, MessageType, sessionBus, Variant } from '@jellybrick/dbus-next';
import { expect } from 'vitest';

const watcherName = 'org.kde.StatusNotifierWatcher';
const watcherPath = '/StatusNotifierWatcher';
const itemPath = '/StatusNotifierItem';
const itemName = 'org.kde.StatusNotifierItem';

/** What an item sends where its menu, icon or tooltip is another. */
const menuRules = [
  "type='signal',interface='com.canonical.dbusmenu'",
  `type='signal',interface='${itemName}'`,
];
const menuSignals = [
  ...['LayoutUpdated', 'ItemsPropertiesUpdated'],
  ...['NewIcon', 'NewToolTip', 'NewTitle', 'NewStatus', 'NewMenu'],
];

type Item = { readonly id: number; readonly label: string; readonly items: readonly Item[] };

export type TrayHost = Disposable & {
  /** The item that was registered last; waits for one. */
  readonly item: () => Promise<string>;
  /** Every item whose program is still there, oldest first. */
  readonly items: () => Promise<string[]>;
  readonly tooltip: (item: string) => Promise<string>;
  readonly menu: (item: string) => Promise<Item>;
  /** Chooses the menu entry whose label begins so. */
  readonly choose: (item: string, label: string) => Promise<void>;
  readonly activate: (item: string) => Promise<void>;
  /** How often items told that their menu or icon is another. */
  readonly pushes: () => number;
  /** Sets whether a host shows the items. */
  readonly host: (isHosted: boolean) => void;
  /** Leaves the bus, as a panel does that ends. */
  readonly close: () => Promise<void>;
};

export type TrayTemper = {
  /** Whether a host shows the items. */
  readonly hosted?: boolean;
  /** Owns its name and never answers. */
  readonly silent?: boolean;
  /** The bus's address; the test's session bus by default. */
  readonly address?: string;
};

/** A desktop's tray: a StatusNotifierWatcher on the session bus. */
export const openTrayHost = async ({
  hosted = true,
  silent = false,
  address,
}: TrayTemper = {}): Promise<TrayHost> => {
  const bus = sessionBus(address === undefined ? {} : { busAddress: address });
  const registered: string[] = [];
  const waiting: ((item: string) => void)[] = [];
  let isHosted = hosted;
  let pushes = 0;

  const answer = (message: Message): Message => {
    const { member, body } = message;
    switch (member) {
      case 'RegisterStatusNotifierItem': {
        const item = String(body[0]);
        registered.push(item);
        for (const tell of waiting.splice(0)) tell(item);
        return Message.newMethodReturn(message);
      }
      case 'Get':
        return body[1] === 'IsStatusNotifierHostRegistered'
          ? Message.newMethodReturn(message, 'v', [new Variant('b', isHosted)])
          : Message.newError(message, 'org.freedesktop.DBus.Error.InvalidArgs', 'No such property');
      default:
        return Message.newError(message, 'org.freedesktop.DBus.Error.UnknownMethod', `${member}`);
    }
  };

  bus.on('message', ({ type, member }: Message) => {
    if (type === MessageType.SIGNAL && menuSignals.includes(member ?? '')) pushes += 1;
  });
  bus.addMethodHandler((message: Message) => {
    if (message.type !== MessageType.METHOD_CALL || message.path !== watcherPath) return false;
    if (!silent) bus.send(answer(message));
    return true;
  });
  await new Promise<void>((resolve) => bus.once('connect', resolve));
  await bus.requestName(watcherName, 0);
  const ask = askerOn(bus);
  for (const rule of menuRules)
    await ask(
      'org.freedesktop.DBus',
      '/org/freedesktop/DBus',
      'org.freedesktop.DBus',
      'AddMatch',
      's',
      [rule],
    );

  const property = (item: string, name: string) =>
    ask(item, itemPath, 'org.freedesktop.DBus.Properties', 'Get', 'ss', [itemName, name]).then(
      ([variant]) => valueIn(variant),
    );
  const menuPath = async (item: string) => String(await property(item, 'Menu'));
  const menuCall = async (item: string, member: string, signature: string, body: unknown[]) =>
    ask(item, await menuPath(item), 'com.canonical.dbusmenu', member, signature, body);

  return {
    item: () =>
      new Promise((resolve) => {
        const known = registered.at(-1);
        if (known === undefined) waiting.push(resolve);
        else resolve(known);
      }),
    items: async () => {
      const [names] = await ask(
        'org.freedesktop.DBus',
        '/org/freedesktop/DBus',
        'org.freedesktop.DBus',
        'ListNames',
      );
      return registered.filter((item) => Array.isArray(names) && names.includes(item));
    },
    tooltip: async (item) => {
      const tooltip = await property(item, 'ToolTip');
      return Array.isArray(tooltip) ? String(tooltip[2]) : '';
    },
    menu: async (item) => {
      const [, root] = await menuCall(item, 'GetLayout', 'iias', [0, -1, []]);
      return itemOf(root);
    },
    choose: async (item, label) => {
      // A menu that has changed since refuses its old ids.
      await expect
        .poll(async () => {
          const { items } = itemOf((await menuCall(item, 'GetLayout', 'iias', [0, -1, []]))[1]);
          const id = items.find((entry) => entry.label.startsWith(label))?.id ?? -1;
          const event = [id, 'clicked', new Variant('s', ''), 0];
          return menuCall(item, 'Event', 'isvu', event).then(
            () => 'taken',
            () => 'refused',
          );
        })
        .toBe('taken');
    },
    activate: async (item) => {
      await ask(item, itemPath, itemName, 'Activate', 'ii', [0, 0]);
    },
    pushes: () => pushes,
    host: (is) => {
      isHosted = is;
      const member = is ? 'StatusNotifierHostRegistered' : 'StatusNotifierHostUnregistered';
      bus.send(Message.newSignal(watcherPath, watcherName, member));
    },
    close: async () => {
      await bus.releaseName(watcherName);
      bus.disconnect();
    },
    [Symbol.dispose]: () => bus.disconnect(),
  };
};

const askerOn =
  (bus: MessageBus) =>
  async (
    destination: string,
    path: string,
    interfaceName: string,
    member: string,
    signature = '',
    body: unknown[] = [],
  ): Promise<readonly unknown[]> => {
    const call = { destination, path, interface: interfaceName, member, signature, body };
    return (await bus.call(new Message(call)))?.body ?? [];
  };

const valueIn = (variant: unknown): unknown =>
  variant instanceof Variant ? variant.value : undefined;

const itemOf = (layout: unknown): Item => {
  if (!Array.isArray(layout)) return { id: -1, label: '', items: [] };
  const [id, properties, children] = layout;
  return {
    id: Number(id),
    label: String(properties.label?.value ?? ''),
    items: Array.isArray(children) ? children.map((child) => itemOf(valueIn(child))) : [],
  };
};
