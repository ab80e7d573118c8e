import { join } from 'node:path';
import { app } from 'electron';
import type { Opening } from '../shared/ipc.ts';
import { schedule } from './edges/clock.ts';
import { linuxNotifier } from './edges/linux-notifier.ts';
import { type SystemLoginStart, systemLoginStart } from './edges/login-start.ts';
import { electronNotifier } from './edges/notifier.ts';
import { keepReachable, type Reachable, type WhenClosed, whenClosed } from './edges/reachable.ts';
import { type SystemKeyring, systemKeyring } from './edges/secrets.ts';
import { openSessionBus, type SessionBus } from './edges/session-bus.ts';
import { openShownStore } from './edges/shown-notifications.ts';
import { createWindow, type HookbellWindow } from './edges/window.ts';
import { openWindowPlaces, type WindowPlaces } from './edges/window-place.ts';
import type { NotificationButton } from './notifications/button.ts';
import type { Notifier } from './notifications/notifier.ts';
import type { Folder } from './storage/folder.ts';

export type DesktopOptions = {
  /** Where size and place of the window are kept, and what was notified. */
  readonly folder: Folder;
  readonly isQuitting: () => boolean;
  /** The person closed the window, and this became of it. */
  readonly onWindowClosed: (became: WhenClosed) => void;
  /** The person pressed a button of a notification. */
  readonly onPress: (button: NotificationButton) => void;
  readonly log: (line: string) => void;
};

/** What the app uses of the desktop it runs on. Nothing of it is shown yet. */
export type Desktop = {
  readonly window: HookbellWindow;
  readonly show: (opening?: Opening | null) => void;
  readonly places: WindowPlaces;
  readonly reachable: Reachable;
  /** The session bus on Linux; null elsewhere. */
  readonly bus: SessionBus | null;
  readonly notifier: Notifier;
  readonly keyring: SystemKeyring;
  readonly loginStart: SystemLoginStart;
};

export const resources = (): string => join(app.getAppPath(), 'resources');

/** Reaches for the desktop's services without waiting for any of them. */
export const openDesktop = (options: DesktopOptions): Desktop => {
  const { folder, isQuitting, onWindowClosed, onPress, log } = options;
  const places = openWindowPlaces(folder, schedule);
  const reachable = keepReachable(schedule, () => window.showMinimised());
  const window = createWindow({
    preload: join(import.meta.dirname, '../preload/preload.cjs'),
    icon: join(resources(), 'icon.png'),
    places,
    whenClosed: () => (isQuitting() ? 'destroy' : whenClosed(reachable.host())),
    onClosed: onWindowClosed,
    onOpen: reachable.windowIs,
    log,
  });
  const show = (opening: Opening | null = null) => window.show(opening);
  const bus = process.platform === 'linux' ? openSessionBus(schedule, log) : null;
  return {
    window,
    show,
    places,
    reachable,
    bus,
    notifier: bus
      ? linuxNotifier({ bus, schedule, onPress, onClick: show, store: openShownStore(folder) })
      : electronNotifier({ onPress, onClick: show }),
    keyring: systemKeyring(bus),
    loginStart: systemLoginStart(log),
  };
};
