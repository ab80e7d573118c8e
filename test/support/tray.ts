import dbus from 'dbus-next';

const { Interface } = dbus.interface;
const watcherName = 'org.kde.StatusNotifierWatcher';

/** The desktop's side of the tray: what programs put into it. */
class Watcher extends Interface {
  readonly registered: string[] = [];
  readonly waiting: ((service: string) => void)[] = [];

  RegisterStatusNotifierItem(service: string): void {
    this.registered.push(service);
    for (const tell of this.waiting.splice(0)) tell(service);
  }
  RegisterStatusNotifierHost(): void {}
  get RegisteredStatusNotifierItems(): string[] {
    return this.registered;
  }
  get IsStatusNotifierHostRegistered(): boolean {
    return true;
  }
  get ProtocolVersion(): number {
    return 0;
  }
}
Watcher.configureMembers({
  methods: {
    RegisterStatusNotifierItem: { inSignature: 's', outSignature: '' },
    RegisterStatusNotifierHost: { inSignature: 's', outSignature: '' },
  },
  properties: {
    RegisteredStatusNotifierItems: { signature: 'as', access: 'read' },
    IsStatusNotifierHostRegistered: { signature: 'b', access: 'read' },
    ProtocolVersion: { signature: 'i', access: 'read' },
  },
});

type Item = { readonly id: number; readonly label: string; readonly items: readonly Item[] };

/** A desktop with a tray, on the session bus the test runs in. */
export const openTrayHost = async () => {
  const bus = dbus.sessionBus();
  const watcher = new Watcher(watcherName);
  bus.export('/StatusNotifierWatcher', watcher);
  await bus.requestName(watcherName, 0);

  const call = async (
    destination: string,
    path: string,
    interfaceName: string,
    member: string,
    signature: string,
    body: unknown[],
  ) => {
    const message = new dbus.Message({
      destination,
      path,
      interface: interfaceName,
      member,
      signature,
      body,
    });
    const reply = await bus.call(message);
    return reply?.body ?? [];
  };
  const property = async (service: string, name: string): Promise<unknown> => {
    const [variant] = await call(
      service,
      '/StatusNotifierItem',
      'org.freedesktop.DBus.Properties',
      'Get',
      'ss',
      ['org.kde.StatusNotifierItem', name],
    );
    return variant.value;
  };
  const menuPath = async (service: string) => String(await property(service, 'Menu'));

  return {
    /** The item a program registered last; waits for one when there is none. */
    item: (): Promise<string> =>
      new Promise((resolve) => {
        const known = watcher.registered.at(-1);
        if (known === undefined) watcher.waiting.push(resolve);
        else resolve(known);
      }),
    tooltip: async (service: string): Promise<string> => {
      const tooltip = await property(service, 'ToolTip');
      return Array.isArray(tooltip) ? String(tooltip[2]) : '';
    },
    menu: async (service: string): Promise<Item> => {
      const [, root] = await call(
        service,
        await menuPath(service),
        'com.canonical.dbusmenu',
        'GetLayout',
        'iias',
        [0, -1, []],
      );
      return itemOf(root);
    },
    click: async (service: string, id: number): Promise<void> => {
      await call(service, await menuPath(service), 'com.canonical.dbusmenu', 'Event', 'isvu', [
        id,
        'clicked',
        new dbus.Variant('s', ''),
        0,
      ]);
    },
    close: () => bus.disconnect(),
  };
};

const itemOf = (layout: unknown): Item => {
  if (!Array.isArray(layout)) return { id: -1, label: '', items: [] };
  const [id, properties, children] = layout;
  return {
    id: Number(id),
    label: String(properties.label?.value ?? ''),
    items: Array.isArray(children) ? children.map((child) => itemOf(child.value)) : [],
  };
};
