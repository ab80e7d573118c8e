import type { Opening } from '../../shared/ipc.ts';
import type { Later } from '../later.ts';
import { createCircuit } from '../notify/circuit.ts';
import type { NativeNotification, Notifier, Showing } from '../notify/teller.ts';
import {
  ofNotifications,
  onReleased,
  openServer,
  type Server,
  serviceName,
} from './notification-service.ts';
import { CallFailure, type SessionBus } from './session-bus.ts';

export type LinuxNotifierOptions = {
  readonly bus: SessionBus;
  readonly later: Later;
  /** The person pressed a notification itself. */
  readonly onClick: (opening: Opening) => void;
  /** The person pressed a button: the notification's `id` and the action's. */
  readonly onAction?: (id: string, action: string) => void;
};

const mostKept = 200;
const keptMs = 24 * 60 * 60 * 1000;
const answerMs = 3000;
/** What the start of the app does not need comes after it. */
const connectAfterMs = 1000;

/** One that may be on the screen. `serverId` is the service's own number for it. */
type Kept = {
  readonly serverId: number;
  readonly notification: NativeNotification;
  readonly cancelForgetting: () => void;
};

/**
 * The notifications of a Linux desktop: `org.freedesktop.Notifications` over the session bus, with nothing that waits in this process
 * (N4). Electron's own would be a synchronous call. A service that comes late, restarts or is silent is found again by itself.
 *
 * `ActivationToken`, by which a service lets a program come to the front on Wayland, is not listened to: Electron has no way to take
 * one after its start.
 */
export const linuxNotifier = ({
  bus,
  later,
  onClick,
  onAction = () => {},
}: LinuxNotifierOptions): Notifier => {
  /** By our id, oldest first. */
  const kept = new Map<string, Kept>();
  const inFlight = new Map<string, Promise<Showing>>();
  let owner: string | null = null;
  let server: Server = openServer(bus);
  let isWatching = false;
  const listeners: (() => void)[] = [];
  const again = (): void => {
    for (const listener of listeners) listener();
  };

  const circuit = createCircuit({ later, probe: () => server.probe(), onClosed: again });

  const forget = (id: string): void => {
    kept.get(id)?.cancelForgetting();
    kept.delete(id);
  };

  const keep = (notification: NativeNotification, serverId: number): void => {
    const { id } = notification;
    forget(id);
    kept.set(id, { serverId, notification, cancelForgetting: later(keptMs, () => forget(id)) });
    for (const [oldest] of kept) {
      if (kept.size <= mostKept) break;
      forget(oldest);
    }
  };

  /** Numbers and capabilities are those of one service, and void with it. While there is none, only one that starts can answer. */
  const ownerIs = (now: string | null): void => {
    if (now === owner) return;
    if (owner !== null) {
      server = openServer(bus);
      for (const id of [...kept.keys()]) forget(id);
    }
    owner = now;
    if (now !== null) circuit.reset();
  };

  const onServer = (member: string, tell: (kept: Kept, value: unknown) => void): void =>
    bus.onSignal(ofNotifications(member), ([serverId, value], sender) => {
      if (owner !== null && sender !== owner) return;
      const told = [...kept.values()].find((one) => one.serverId === serverId);
      if (told) tell(told, value);
    });

  const watch = (): void => {
    if (isWatching) return;
    isWatching = true;
    bus.onOwner(serviceName, ownerIs);
    onReleased(bus, (sender) => {
      if (sender === owner) again();
    });
    onServer('NotificationClosed', ({ notification }) => forget(notification.id));
    onServer('ActionInvoked', ({ notification: { id, opening, actions = [] } }, action) => {
      if (action === 'default') onClick(opening);
      else if (actions.some((one) => one.id === action)) onAction(id, String(action));
    });
  };

  const deliver = async (
    notification: NativeNotification,
    isTooLate: () => boolean,
  ): Promise<Showing> => {
    const to = server;
    const offered = await to.capabilities();
    // The person was told that it was not shown: then it is not to appear after all.
    if (isTooLate()) return notShown('no-answer');
    const replaced = kept.get(notification.id)?.serverId ?? 0;
    const [serverId, isHeldBack] = await Promise.all([
      to.notify(notification, offered, replaced),
      to.isHeldBack(),
    ]);
    if (to === server) keep(notification, serverId);
    return { status: isHeldBack ? 'held' : 'shown' };
  };

  /** Settles within 3 s, however many calls it takes. */
  const tryToShow = async (notification: NativeNotification): Promise<Showing> => {
    if (circuit.isOpen()) return notShown('paused');
    let isTooLate = false;
    let stop = (): void => {};
    const limit = new Promise<Showing>((resolve) => {
      stop = later(answerMs, () => {
        isTooLate = true;
        resolve(notShown('no-answer'));
      });
    });
    const answer = deliver(notification, () => isTooLate).catch(
      (error: unknown): Showing => notShown(error instanceof CallFailure ? error.why : 'refused'),
    );
    const showing = await Promise.race([answer, limit]);
    stop();
    if (showing.status === 'not-shown') circuit.failed();
    else circuit.succeeded();
    return showing;
  };

  later(connectAfterMs, watch);
  return {
    show: async (notification) => {
      watch();
      const { id } = notification;
      const before = inFlight.get(id);
      // One can take the place of another only when the service has numbered that one.
      const showing = (before ?? Promise.resolve()).then(() => tryToShow(notification));
      inFlight.set(id, showing);
      const became = await showing;
      if (inFlight.get(id) === showing) inFlight.delete(id);
      return became;
    },
    withdraw: (id) =>
      void (inFlight.get(id) ?? Promise.resolve()).then(() => {
        const serverId = kept.get(id)?.serverId;
        forget(id);
        if (serverId !== undefined && !circuit.isOpen()) server.close(serverId);
      }),
    onAgain: (listener) => void listeners.push(listener),
  };
};

const notShown = (why: Extract<Showing, { status: 'not-shown' }>['why']): Showing => ({
  status: 'not-shown',
  why,
});
