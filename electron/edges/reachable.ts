import type { NativeNotification } from '../notifications/notifier.ts';
import type { Schedule } from '../schedule.ts';

/** Whether the desktop shows tray icons. `unknown`: it has not answered yet, or does not answer. */
export type TrayHost = 'unknown' | 'present' | 'absent';

export type WhenClosed = 'destroy' | 'minimise';

/** What closing the window does. Only a visible tray can bring a destroyed window back (T2). */
export const whenClosed = (host: TrayHost): WhenClosed =>
  host === 'present' ? 'destroy' : 'minimise';

export const closedNotice = (result: WhenClosed): NativeNotification => ({
  id: 'goes-on-in-the-tray',
  title: 'Hookbell keeps receiving',
  body:
    result === 'destroy'
      ? 'It stays in the tray. Quit is in its menu.'
      : 'This desktop shows no tray, so the window is minimised. Ctrl+Q in the window quits.',
  silent: true,
  urgency: 'low',
  opening: { what: 'page', page: 'timeline' },
});

export type Reachable = {
  readonly host: () => TrayHost;
  readonly hostIs: (is: TrayHost) => void;
  readonly windowIs: (isOpen: boolean) => void;
};

/** A panel takes seconds to restart, or to start after us. */
const patienceMs = 30_000;

/** Keeps the app reachable (T2): calls `showMinimised` once when there was neither a tray host nor a window for 30 s. */
export const keepReachable = (schedule: Schedule, showMinimised: () => void): Reachable => {
  let host: TrayHost = 'unknown';
  let hasWindow = false;
  let cancel: (() => void) | null = null;

  const check = (): void => {
    if (host === 'present' || hasWindow) {
      cancel?.();
      cancel = null;
    } else cancel ??= schedule(patienceMs, showMinimised);
  };
  check();

  return {
    host: () => host,
    hostIs: (is) => {
      host = is;
      check();
    },
    windowIs: (isOpen) => {
      hasWindow = isOpen;
      check();
    },
  };
};
