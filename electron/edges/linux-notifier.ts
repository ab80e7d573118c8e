import type { Opening } from '../../shared/ipc.ts';
import type { NotificationButton } from '../notifications/button.ts';
import { type Circuit, createCircuit } from '../notifications/circuit.ts';
import type { NativeNotification, Notifier, NotShown, Showing } from '../notifications/notifier.ts';
import type { Schedule } from '../schedule.ts';
import { CallFailure } from './bus-connection.ts';
import { now as computerClock } from './clock.ts';
import {
  type NotificationService,
  ofNotifications,
  onReleased,
  openNotificationService,
  pressedButton,
  serviceName,
} from './notification-service.ts';
import type { SessionBus } from './session-bus.ts';
import {
  createShownNotifications,
  noShownStore,
  type ShownNotifications,
  type ShownStore,
} from './shown-notifications.ts';

export type LinuxNotifierOptions = {
  readonly bus: SessionBus;
  readonly schedule: Schedule;
  /** Epoch ms. */
  readonly now?: () => number;
  /** Keeps what was shown for the next run. Left out: nothing does. */
  readonly store?: ShownStore;
  /** The person clicked a notification. */
  readonly onClick: (opening: Opening) => void;
  /** The person pressed a button of a notification. */
  readonly onPress?: (button: NotificationButton) => void;
};

const answerMs = 3000;
const connectAfterMs = 1000;

/**
 * The notifications of a Linux desktop: `org.freedesktop.Notifications` over the session bus. Electron's own would block this process
 * (N4). A service that starts late, restarts or is silent is found again by itself.
 *
 * `ActivationToken`, by which a program comes to the front on Wayland, is ignored: Electron can use none after its start.
 */
export const linuxNotifier = (options: LinuxNotifierOptions): Notifier => {
  const { bus, schedule, now = computerClock, store = noShownStore } = options;
  const shown = createShownNotifications({ schedule, now, store });
  const inTurn = createTurns();
  const listeners: (() => void)[] = [];
  const notifyAvailable = (): void => {
    for (const listener of listeners) listener();
  };
  let service = openNotificationService(bus);
  let recalling = Promise.resolve();
  const firstOwner = createFirstOwner(schedule, connectAfterMs + answerMs);
  const circuit = createCircuit({
    schedule,
    probe: () => service.probe(),
    onClosed: notifyAvailable,
  });
  const watch = watchService(options, shown, {
    onAvailable: notifyAvailable,
    onOwner: (owner, previous) => {
      // Numbers and capabilities end with the service that gave them.
      if (previous !== null) {
        service = openNotificationService(bus);
        shown.clear();
      }
      if (owner === null) return;
      recalling = recall(bus, owner, shown);
      firstOwner.come();
      circuit.reset();
    },
  });
  const sending = { service: () => service, shown, recalled: () => recalling };

  schedule(connectAfterMs, watch);
  return {
    show: (notification) => {
      watch();
      return inTurn(idsOf(notification), () =>
        showWithin(schedule, circuit, (isTooLate) => sendTo(sending, notification, isTooLate)),
      );
    },
    refresh: (notification) =>
      void inTurn(idsOf(notification), async () => {
        await firstOwner.known;
        if (!circuit.isOpen()) await refreshIn(sending, notification).catch(() => {});
      }),
    withdraw: (id) =>
      void inTurn([id], async () => {
        await firstOwner.known;
        await recalling;
        const serverId = shown.serverIdOf(id);
        shown.remove(id);
        if (serverId !== undefined && !circuit.isOpen()) service.close(serverId);
      }),
    onAvailable: (listener) => void listeners.push(listener),
  };
};

/** Settles when the service is found, or after `limitMs`: what the run before showed is known only then. */
const createFirstOwner = (schedule: Schedule, limitMs: number) => {
  let come = (): void => {};
  const known = new Promise<void>((resolve) => {
    come = resolve;
  });
  schedule(limitMs, come);
  return { known, come };
};

const idsOf = ({ id, replaces }: NativeNotification): readonly string[] =>
  replaces === undefined ? [id] : [id, replaces];

/** Runs tasks about one notification one after another: it can be replaced only once the service has numbered it. Tasks never reject. */
const createTurns = () => {
  const last = new Map<string, Promise<unknown>>();
  return async <T>(ids: readonly string[], task: () => Promise<T>): Promise<T> => {
    const mine = Promise.all(ids.flatMap((id) => last.get(id) ?? [])).then(task);
    for (const id of ids) last.set(id, mine);
    const result = await mine;
    for (const id of ids) if (last.get(id) === mine) last.delete(id);
    return result;
  };
};

/** Takes up what the run before showed, where this service numbered it. Never rejects. */
const recall = async (bus: SessionBus, owner: string, shown: ShownNotifications): Promise<void> => {
  try {
    const busId = await bus.id();
    shown.numberedBy({ busId, owner });
  } catch {
    // Without it nothing is taken up, and nothing is kept.
  }
};

type ServiceListener = {
  readonly onAvailable: () => void;
  readonly onOwner: (owner: string | null, previous: string | null) => void;
};

const watchService = (
  { bus, onClick, onPress = () => {} }: LinuxNotifierOptions,
  shown: ShownNotifications,
  { onAvailable, onOwner }: ServiceListener,
): (() => void) => {
  let owner: string | null = null;
  let isWatching = false;

  const onMember = (
    member: string,
    listener: (
      notification: NonNullable<ReturnType<ShownNotifications['numbered']>>,
      value: unknown,
    ) => void,
  ): void =>
    bus.onSignal(ofNotifications(member), ([serverId, value], sender) => {
      if (owner !== null && sender !== owner) return;
      const notification = shown.numbered(serverId);
      if (notification) listener(notification, value);
    });

  return () => {
    if (isWatching) return;
    isWatching = true;
    bus.onOwner(serviceName, (now) => {
      if (now === owner) return;
      const previous = owner;
      owner = now;
      onOwner(now, previous);
    });
    onReleased(bus, (sender) => {
      if (sender === owner) onAvailable();
    });
    onMember('NotificationClosed', ({ id }) => shown.remove(id));
    onMember('ActionInvoked', ({ opening, buttons }, action) => {
      const at = pressedButton(action);
      const button = at === null ? undefined : buttons[at];
      if (at === -1) onClick(opening);
      else if (button) onPress(button.press);
    });
  };
};

type Sending = {
  readonly service: () => NotificationService;
  readonly shown: ShownNotifications;
  /** Settles when what the run before showed is known. */
  readonly recalled: () => Promise<void>;
};

const sendTo = async (
  { service: current, shown, recalled }: Sending,
  notification: NativeNotification,
  isTooLate: () => boolean,
): Promise<Showing> => {
  const service = current();
  const supported = await service.capabilities();
  await recalled();
  // After the limit it was reported as not shown, and must not appear.
  if (isTooLate()) return notShown('no-answer');
  const replaced = placeOf(shown, notification) ?? 0;
  const notified = async (): Promise<void> => {
    const serverId = await service.notify(notification, supported, replaced);
    // At once: the person may close it while the service says whether it holds back.
    if (service === current()) shown.add(notification, serverId);
  };
  const [isHeldBack] = await Promise.all([service.isHeldBack(), notified()]);
  return { status: isHeldBack ? 'held' : 'shown' };
};

/** The service's number of what a notification takes the place of. */
const placeOf = (
  shown: ShownNotifications,
  { id, replaces }: NativeNotification,
): number | undefined =>
  (replaces === undefined ? undefined : shown.serverIdOf(replaces)) ?? shown.serverIdOf(id);

const refreshIn = async (
  { service: current, shown, recalled }: Sending,
  notification: NativeNotification,
): Promise<void> => {
  const service = current();
  await recalled();
  if (placeOf(shown, notification) === undefined) return;
  const supported = await service.capabilities();
  // The person may have closed it meanwhile.
  const replaced = placeOf(shown, notification);
  if (replaced === undefined) return;
  const serverId = await service.notify(notification, supported, replaced);
  // Another number means that it had gone, and appeared again.
  if (serverId !== replaced) service.close(serverId);
  else if (service === current()) shown.add(notification, serverId);
};

const showWithin = async (
  schedule: Schedule,
  circuit: Circuit,
  send: (isTooLate: () => boolean) => Promise<Showing>,
): Promise<Showing> => {
  if (circuit.isOpen()) return notShown('paused');
  let isTooLate = false;
  let cancel = (): void => {};
  const limit = new Promise<Showing>((resolve) => {
    cancel = schedule(answerMs, () => {
      isTooLate = true;
      resolve(notShown('no-answer'));
    });
  });
  const answer = send(() => isTooLate).catch(
    (error: unknown): Showing => notShown(error instanceof CallFailure ? error.why : 'refused'),
  );
  const showing = await Promise.race([answer, limit]);
  cancel();
  if (showing.status === 'not-shown') circuit.failed();
  else circuit.succeeded();
  return showing;
};

const notShown = (why: NotShown): Showing => ({ status: 'not-shown', why });
