import type { NativeNotification } from '../notifications/notifier.ts';
import { cutTo } from '../text.ts';
import { CallFailure, loadLibrary } from './bus-connection.ts';
import type { SessionBus } from './session-bus.ts';

export const serviceName = 'org.freedesktop.Notifications';

/** A member of the service's interface. */
export const ofNotifications = (member: string) => ({
  path: '/org/freedesktop/Notifications',
  interface: serviceName,
  member,
});

/** Names such as `actions` or `body-markup`. */
export type Capabilities = ReadonlySet<string>;

/** The calls of one notification service, for as long as it owns its name. A failed call rejects with a `CallFailure`. */
export type NotificationService = {
  /** Asked once; again after a failure. */
  readonly capabilities: () => Promise<Capabilities>;
  /** Shows nothing to the person. Never rejects. */
  readonly probe: () => Promise<boolean>;
  /** Settles with the service's number of the notification. It replaces the one numbered `replaces`; 0 is none. */
  readonly notify: (
    notification: NativeNotification,
    supported: Capabilities,
    replaces: number,
  ) => Promise<number>;
  /** Whether it holds notifications back for now; false where it does not say (N8). Never rejects. */
  readonly isHeldBack: () => Promise<boolean>;
  readonly close: (serverId: number) => void;
};

/** https://specifications.freedesktop.org/notification-spec/latest/protocol.html */
export const openNotificationService = (bus: SessionBus): NotificationService => {
  let asked: Promise<Capabilities> | null = null;
  let saysInhibited = true;

  const askCapabilities = async (): Promise<Capabilities> => {
    try {
      const [supported] = await bus.call(callOf('GetCapabilities'));
      return new Set(Array.isArray(supported) ? supported.map(String) : []);
    } catch (error) {
      asked = null;
      throw error;
    }
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
    notify: async (notification, supported, replaces) => {
      const body = await notifyBody(notification, supported, replaces);
      const [serverId] = await bus.call({
        ...callOf('Notify'),
        signature: 'susssasa{sv}i',
        body,
      });
      return Number(serverId);
    },
    isHeldBack: async () => {
      if (!saysInhibited) return false;
      try {
        const [inhibited] = await bus.call({
          destination: serviceName,
          ...ofProperties('Get'),
          signature: 'ss',
          body: [serviceName, 'Inhibited'],
        });
        return fieldOf(inhibited, 'value') === true;
      } catch (error) {
        if (error instanceof CallFailure && error.why === 'refused') saysInhibited = false;
        return false;
      }
    },
    close: (serverId) =>
      void bus
        .call({ ...callOf('CloseNotification'), signature: 'u', body: [serverId] })
        .catch(() => {}),
  };
};

/** The service's name for the button at a position. */
const buttonAction = (at: number): string => `button-${at}`;

/** The position of a button; -1 for the notification itself, and null for what is neither. */
export const pressedButton = (action: unknown): number | null => {
  if (action === 'default') return -1;
  const [, at] = /^button-(\d{1,2})$/.exec(String(action)) ?? [];
  return at === undefined ? null : Number(at);
};

const urgencies = { low: 0, normal: 1, critical: 2 } as const;
const [usualTimeout, noTimeout] = [-1, 0];

/** The arguments of `Notify`. */
const notifyBody = async (
  { title, body, silent, urgency, buttons = [] }: NativeNotification,
  supported: Capabilities,
  replaces: number,
): Promise<readonly unknown[]> => {
  const { Variant } = await loadLibrary();
  const labels = buttons.flatMap(({ label }, at) => [buttonAction(at), label]);
  const plainBody = cutTo(body, 240);
  // A service without a list must keep a critical one on the screen.
  const staysOnScreen = urgency === 'critical' && !supported.has('persistence');
  return [
    'Hookbell',
    replaces,
    '',
    cutTo(title, 80),
    supported.has('body-markup') ? escaped(plainBody) : plainBody,
    supported.has('actions') ? ['default', 'Open', ...labels] : [],
    {
      'desktop-entry': new Variant('s', 'hookbell'),
      urgency: new Variant('y', urgencies[urgency]),
      ...(silent && supported.has('sound') ? { 'suppress-sound': new Variant('b', true) } : {}),
    },
    staysOnScreen ? noTimeout : usualTimeout,
  ];
};

/** Calls `listener` with the sender whenever a service stops holding notifications back. Some services never say so. */
export const onReleased = (bus: SessionBus, listener: (sender: string) => void): void =>
  bus.onSignal(ofProperties('PropertiesChanged'), ([of, changed], sender) => {
    if (of === serviceName && fieldOf(fieldOf(changed, 'Inhibited'), 'value') === false)
      listener(sender);
  });

const callOf = (member: string) => ({ destination: serviceName, ...ofNotifications(member) });

const ofProperties = (member: string) => ({
  ...ofNotifications(member),
  interface: 'org.freedesktop.DBus.Properties',
});

const fieldOf = (from: unknown, name: string): unknown =>
  typeof from === 'object' && from !== null ? Reflect.get(from, name) : undefined;

/** Escapes markup: a bare `&` would empty the body, and a tag could fake a link. */
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
