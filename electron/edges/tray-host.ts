import type { Later } from '../later.ts';
import type { TrayHost } from '../reachable.ts';
import type { SessionBus } from './session-bus.ts';

const name = 'org.kde.StatusNotifierWatcher';
const path = '/StatusNotifierWatcher';
const properties = 'org.freedesktop.DBus.Properties';
const askAgainMs = 10_000;

/**
 * Tells whether the desktop shows tray icons, first when that is known and then at every sign of a change (T2). `present` is told
 * again when another watcher takes over: it knows none of our icons. The watcher's own word counts, so a tray of the older X11
 * kind is `absent`. A watcher that does not answer is `unknown`, and is asked again every 10 s.
 */
export const watchTrayHost = (
  bus: SessionBus,
  later: Later,
  onHost: (host: TrayHost) => void,
): void => {
  let asked = 0;
  let stop = (): void => {};

  const ask = async (): Promise<void> => {
    stop();
    asked += 1;
    const mine = asked;
    const host = await askWatcher(bus);
    if (mine !== asked) return;
    onHost(host);
    if (host === 'unknown') stop = later(askAgainMs, () => void ask());
  };

  bus.onOwner(name, (owner) => {
    if (owner !== null) {
      void ask();
      return;
    }
    stop();
    asked += 1;
    onHost('absent');
  });
  for (const member of ['StatusNotifierHostRegistered', 'StatusNotifierHostUnregistered'])
    bus.onSignal({ path, interface: name, member }, () => void ask());
};

const askWatcher = async (bus: SessionBus): Promise<TrayHost> => {
  try {
    const [value] = await bus.call({
      ...{ destination: name, path, interface: properties, member: 'Get' },
      ...{ signature: 'ss', body: [name, 'IsStatusNotifierHostRegistered'] },
    });
    return isTrue(value) ? 'present' : 'absent';
  } catch {
    return 'unknown';
  }
};

/** The bus wraps a property in a variant. */
const isTrue = (variant: unknown): boolean =>
  typeof variant === 'object' && variant !== null && 'value' in variant && variant.value === true;
