import type { NativeNotification } from '../notify/teller.ts';
import { cutTo } from '../text.ts';
import { loadLibrary } from './bus-connection.ts';
import { CallFailure, type SessionBus } from './session-bus.ts';

export const serviceName = 'org.freedesktop.Notifications';

/** A member of the service's interface. */
export const ofNotifications = (member: string) => ({
  path: '/org/freedesktop/Notifications',
  interface: serviceName,
  member,
});

/** What a service says that it does, such as `actions` or `body-markup`. */
export type Capabilities = ReadonlySet<string>;

/** The calls of one notification service, for as long as it owns its name. What fails rejects with a `CallFailure`. */
export type Server = {
  /** Asked once; again when it was not answered. */
  readonly capabilities: () => Promise<Capabilities>;
  /** Whether it answers, which shows nothing to the person. Never rejects. */
  readonly probe: () => Promise<boolean>;
  /** Gives the service's number of the notification, which takes the place of the one numbered `replaces`; 0 is none. */
  readonly notify: (
    notification: NativeNotification,
    offered: Capabilities,
    replaces: number,
  ) => Promise<number>;
  /** Whether it holds notifications back for now; false where it does not tell (N8). Never rejects. */
  readonly isHeldBack: () => Promise<boolean>;
  readonly close: (serverId: number) => void;
};

const urgencies = { low: 0, normal: 1, critical: 2 } as const;
/** How long it stays, in ms: as the service thinks best, and until the person closes it. */
const [asUsual, forGood] = [-1, 0];

/** https://specifications.freedesktop.org/notification-spec/latest/protocol.html */
export const openServer = (bus: SessionBus): Server => {
  let asked: Promise<Capabilities> | null = null;
  let tellsInhibited = true;

  const askCapabilities = async (): Promise<Capabilities> => {
    try {
      const call = { destination: serviceName, ...ofNotifications('GetCapabilities') };
      const [offered] = await bus.call(call);
      return new Set(Array.isArray(offered) ? offered.map(String) : []);
    } catch (error) {
      asked = null;
      throw error;
    }
  };

  const isHeldBack = async (): Promise<boolean> => {
    if (!tellsInhibited) return false;
    try {
      const [inhibited] = await bus.call({
        ...{ destination: serviceName, ...ofProperties('Get') },
        ...{ signature: 'ss', body: [serviceName, 'Inhibited'] },
      });
      return fieldOf(inhibited, 'value') === true;
    } catch (error) {
      if (error instanceof CallFailure && error.why === 'refused') tellsInhibited = false;
      return false;
    }
  };

  const notify: Server['notify'] = async (notification, offered, replaces) => {
    const { Variant } = await loadLibrary();
    const { title, body, silent, urgency, actions = [] } = notification;
    const buttons = actions.flatMap(({ id, label }) => [id, label]);
    const plainBody = cutTo(body, 240);
    // Where a service keeps no list, one that matters has to stay on the screen.
    const staysOnScreen = urgency === 'critical' && !offered.has('persistence');
    const [serverId] = await bus.call({
      ...{ destination: serviceName, ...ofNotifications('Notify') },
      signature: 'susssasa{sv}i',
      body: [
        'Hookbell',
        replaces,
        '',
        cutTo(title, 80),
        offered.has('body-markup') ? escaped(plainBody) : plainBody,
        offered.has('actions') ? ['default', 'Open', ...buttons] : [],
        {
          'desktop-entry': new Variant('s', 'hookbell'),
          urgency: new Variant('y', urgencies[urgency]),
          ...(silent && offered.has('sound') ? { 'suppress-sound': new Variant('b', true) } : {}),
        },
        staysOnScreen ? forGood : asUsual,
      ],
    });
    return Number(serverId);
  };

  return {
    capabilities: () => {
      asked ??= askCapabilities();
      return asked;
    },
    probe: () => {
      asked = askCapabilities();
      return asked.then(
        () => true,
        () => false,
      );
    },
    notify,
    isHeldBack,
    close: (serverId) =>
      void bus
        .call({
          ...{ destination: serviceName, ...ofNotifications('CloseNotification') },
          ...{ signature: 'u', body: [serverId] },
        })
        .catch(() => {}),
  };
};

/** Calls `listener` with the sender whenever a service tells that it holds notifications back no longer. Some never tell. */
export const onReleased = (bus: SessionBus, listener: (sender: string) => void): void =>
  bus.onSignal(ofProperties('PropertiesChanged'), ([of, changed], sender) => {
    if (of === serviceName && fieldOf(fieldOf(changed, 'Inhibited'), 'value') === false)
      listener(sender);
  });

const ofProperties = (member: string) => ({
  ...ofNotifications(member),
  interface: 'org.freedesktop.DBus.Properties',
});

/** Values of any type come as an object that holds them in `value`. */
const fieldOf = (from: unknown, name: string): unknown =>
  typeof from === 'object' && from !== null ? Reflect.get(from, name) : undefined;

/** What a service would read as markup: a bare `&` empties the body, and a tag can fake a link. */
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
