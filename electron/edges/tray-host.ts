import type { Schedule } from '../schedule.ts';
import type { TrayHost } from './reachable.ts';
import type { SessionBus } from './session-bus.ts';

const name = 'org.kde.StatusNotifierWatcher';
const path = '/StatusNotifierWatcher';
const properties = 'org.freedesktop.DBus.Properties';
const retryMs = 10_000;

/**
 * Calls `onHost` once the tray host is known, and after every sign of a change (T2). `present` comes again with a new watcher, which knows
 * none of our icons. A desktop without a StatusNotifier watcher has none. A silent watcher is asked again every 10 s.
 */
export const watchTrayHost = (
  bus: SessionBus,
  schedule: Schedule,
  onHost: (host: TrayHost) => void,
): void => {
  let asked = 0;
  let cancel = (): void => {};

  const ask = async (): Promise<void> => {
    cancel();
    asked += 1;
    const mine = asked;
    const host = await askWatcher(bus);
    if (mine !== asked) return;
    onHost(host);
    if (host === 'unknown') cancel = schedule(retryMs, () => void ask());
  };

  bus.onOwner(name, (owner) => {
    if (owner !== null) {
      void ask();
      return;
    }
    cancel();
    asked += 1;
    onHost('absent');
  });
  for (const member of ['StatusNotifierHostRegistered', 'StatusNotifierHostUnregistered'])
    bus.onSignal({ path, interface: name, member }, () => void ask());
};

const askWatcher = async (bus: SessionBus): Promise<TrayHost> => {
  try {
    const [value] = await bus.call({
      destination: name,
      path,
      interface: properties,
      member: 'Get',
      signature: 'ss',
      body: [name, 'IsStatusNotifierHostRegistered'],
    });
    return isTrue(value) ? 'present' : 'absent';
  } catch {
    return 'unknown';
  }
};

/** D-Bus wraps a property in a variant. */
const isTrue = (variant: unknown): boolean =>
  typeof variant === 'object' && variant !== null && 'value' in variant && variant.value === true;
