import type { Later } from './later.ts';
import type { NativeNotification } from './notify/teller.ts';

/**
 * Whether something on the desktop shows tray icons. `unknown`: nobody has answered yet, or what owns the tray does not answer.
 */
export type TrayHost = 'unknown' | 'present' | 'absent';

export type WhenClosed = 'destroy' | 'minimise';

/** What closing the window does: a window that is gone can only come back from a tray that a person sees (T2). */
export const whenClosed = (host: TrayHost): WhenClosed =>
  host === 'present' ? 'destroy' : 'minimise';

/** Says where the app is when its window was closed. */
export const closedNotice = (became: WhenClosed): NativeNotification => ({
  id: 'goes-on-in-the-tray',
  title: 'Hookbell keeps receiving',
  body:
    became === 'destroy'
      ? 'It stays in the tray. Quit is in its menu.'
      : 'This desktop shows no tray, so the window is minimised. Ctrl+Q in the window quits.',
  silent: true,
  urgency: 'low',
  opening: { what: 'page', page: 'timeline' },
});

/** A panel that restarts, or that starts after us, takes seconds. */
const patienceMs = 30_000;

/**
 * Sees to it that a person can reach the app (T2): when neither a tray host nor a window has been there for 30 s,
 * `showMinimised` is called once. That is a hidden start on a desktop without a tray, and a panel that went away for good.
 */
export const keepReachable = (later: Later, showMinimised: () => void) => {
  let host: TrayHost = 'unknown';
  let hasWindow = false;
  let stop: (() => void) | null = null;

  const look = (): void => {
    if (host === 'present' || hasWindow) {
      stop?.();
      stop = null;
    } else stop ??= later(patienceMs, showMinimised);
  };
  look();

  return {
    host: (): TrayHost => host,
    hostIs: (is: TrayHost): void => {
      host = is;
      look();
    },
    windowIs: (isOpen: boolean): void => {
      hasWindow = isOpen;
      look();
    },
  };
};
