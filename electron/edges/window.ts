import { type BrowserWindow, nativeTheme } from 'electron';
import type { Opening, Push } from '../../shared/ipc.ts';
import type { Theme } from '../../shared/settings.ts';
import {
  type Appearance,
  type BrowserWindowOptions,
  makeBrowserWindow,
  watchWindowHealth,
} from './browser-window.ts';
import { origin } from './pages.ts';
import type { WhenClosed } from './reachable.ts';

export type WindowOptions = BrowserWindowOptions & {
  /** Called when the person closes the window. */
  readonly whenClosed: () => WhenClosed;
  /** The person closed the window, with this result. */
  readonly onClosed: (result: WhenClosed) => void;
  /** A window was made, or is gone. */
  readonly onOpen: (isOpen: boolean) => void;
  readonly log: (line: string) => void;
};

export type HookbellWindow = {
  /** Shows the window, making it when there is none. Null: at its current page. */
  readonly show: (at: Opening | null) => void;
  /** Makes a minimised window when there is none. */
  readonly showMinimised: () => void;
  readonly standing: () => 'none' | 'minimised' | 'shown';
  /** Does nothing while no window has loaded. */
  readonly push: (push: Push) => void;
  /** To be called once by each window that has loaded; from then on it receives pushes. */
  readonly opening: () => Opening | null;
  readonly applyTheme: (theme: Theme) => void;
};

const pushChannel = 'app:push';

/**
 * The one window. Closing destroys it where a tray can bring it back, because a hidden one costs 50 MiB. Elsewhere closing minimises it
 * (T2).
 */
export const createWindow = (options: WindowOptions): HookbellWindow => {
  let window: BrowserWindow | null = null;
  let opening: Opening | null = null;
  let loaded = false;
  let appearance: Appearance = 'shown';
  const mayReopen = createCrashGuard();

  const open = (as: Appearance): void => {
    appearance = as;
    window ??= make();
    options.onOpen(true);
  };

  function make(): BrowserWindow {
    loaded = false;
    const made = makeBrowserWindow(options, () => appearance);
    watchLife(made, options, {
      onGone: () => {
        window = null;
        options.onOpen(false);
      },
      onLost: (as) => {
        if (mayReopen()) open(as);
      },
    });
    void made.loadURL(`${origin}/index.html`);
    return made;
  }

  return {
    show: (at) => {
      if (window && loaded && at)
        window.webContents.send(pushChannel, { what: 'open', opening: at } satisfies Push);
      else opening = at ?? opening;
      open('shown');
      if (window?.isMinimized()) window.restore();
      if (loaded) window?.show();
      window?.focus();
    },
    showMinimised: () => {
      if (!window) open('minimised');
    },
    standing: () => {
      if (!window) return 'none';
      return window.isMinimized() ? 'minimised' : 'shown';
    },
    push: (push) => {
      if (window && loaded) window.webContents.send(pushChannel, push);
    },
    opening: () => {
      const first = opening;
      opening = null;
      loaded = true;
      return first;
    },
    applyTheme: (theme) => {
      nativeTheme.themeSource = theme;
    },
  };
};

/** A window that crashes again within this time is not reopened (A5). */
const crashesApartMs = 60_000;

const createCrashGuard = (): (() => boolean) => {
  let lostAt = Number.NEGATIVE_INFINITY;
  return () => {
    const isFirst = performance.now() - lostAt > crashesApartMs;
    lostAt = performance.now();
    return isFirst;
  };
};

type LifeListener = {
  readonly onGone: () => void;
  /** Its process or page is gone, and it was destroyed. */
  readonly onLost: (as: Appearance) => void;
};

/** Closes a window as the options say, and destroys one whose process or page is gone. */
const watchLife = (
  made: BrowserWindow,
  { places, whenClosed, onClosed, log }: WindowOptions,
  { onGone, onLost }: LifeListener,
): void => {
  let isLost = false;

  made.on('close', (event) => {
    places.save();
    if (whenClosed() === 'destroy') return;
    event.preventDefault();
    made.minimize();
    onClosed('minimise');
  });
  made.on('closed', () => {
    onGone();
    if (!isLost) onClosed('destroy');
  });
  watchWindowHealth(made, log, (why) => {
    if (made.isDestroyed()) return;
    log(`window: ${why}`);
    const last = made.isMinimized() ? 'minimised' : 'shown';
    isLost = true;
    made.destroy();
    onLost(last);
  });
};
