import { app, BrowserWindow, nativeTheme, screen, type WebPreferences } from 'electron';
import type { Opening, Push } from '../../shared/ipc.ts';
import type { Theme } from '../../shared/settings.ts';
import type { WhenClosed } from '../reachable.ts';
import { openedAt, smallest, type WindowPlace, type WindowPlaces } from '../window-place.ts';
import { watchPage } from './page-guard.ts';
import { origin } from './pages.ts';

export type WindowOptions = {
  readonly preload: string;
  readonly icon: string;
  readonly places: WindowPlaces;
  /** Asked when the person closes the window. */
  readonly whenClosed: () => WhenClosed;
  /** The person closed the window, and this became of it. */
  readonly onClosed: (became: WhenClosed) => void;
  /** A window was made, or is gone. */
  readonly onOpen: (isOpen: boolean) => void;
  readonly log: (line: string) => void;
};

type Appearance = 'shown' | 'minimised';

const pushChannel = 'app:push';
/** A window that crashes comes back once in so long (A5): one that crashes again at once would do so for ever. */
const crashesApartMs = 60_000;

const webPreferences = (preload: string): WebPreferences => ({
  preload,
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInSubFrames: false,
  nodeIntegrationInWorker: false,
  webSecurity: true,
  webviewTag: false,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  spellcheck: false,
  devTools: !app.isPackaged,
});

/**
 * The one window. Where a tray brings it back it is destroyed when closed and made again when asked for: a hidden one would cost
 * 50 MiB for ever. Elsewhere closing minimises it (T2).
 */
export const createWindow = (options: WindowOptions) => {
  const { preload, icon, places, whenClosed, onClosed, onOpen, log } = options;
  let window: BrowserWindow | null = null;
  let opening: Opening | null = null;
  let loaded = false;
  let appearance: Appearance = 'shown';
  const replaced = new WeakSet<BrowserWindow>();
  let crashedAt = Number.NEGATIVE_INFINITY;

  const make = (): BrowserWindow => {
    const workAreas = screen.getAllDisplays().map(({ workArea }) => workArea);
    const { at, width, height, maximized } = openedAt(places.last(), workAreas);
    const made = new BrowserWindow({
      ...{ title: 'Hookbell', icon, width, height, ...at },
      ...{ minWidth: smallest.width, minHeight: smallest.height },
      show: false,
      autoHideMenuBar: true,
      backgroundColor: nativeTheme.shouldUseDarkColors ? '#131416' : '#fbfbfc',
      webPreferences: webPreferences(preload),
    });
    loaded = false;
    made.once('ready-to-show', () => {
      // Some window managers forget the place beneath when it is maximised before it is shown.
      if (appearance === 'shown') made.show();
      if (maximized) made.maximize();
      if (appearance === 'minimised') minimise(made);
    });
    watchPlace(made, places);
    watchClosing(made);
    watchHealth(made);
    void made.loadURL(`${origin}/index.html`);
    return made;
  };

  function watchClosing(made: BrowserWindow): void {
    made.on('close', (event) => {
      places.save();
      if (whenClosed() === 'destroy') return;
      event.preventDefault();
      made.minimize();
      onClosed('minimise');
    });
    made.on('closed', () => {
      window = null;
      onOpen(false);
      if (!replaced.has(made)) onClosed('destroy');
    });
  }

  function watchHealth(made: BrowserWindow): void {
    const contents = made.webContents;
    contents.on('preload-error', (_event, _path, error) => log(`preload: ${error.message}`));
    contents.on('render-process-gone', (_event, { reason }) => {
      if (reason !== 'clean-exit') replace(made, `its process is gone (${reason})`);
    });
    watchPage(contents, (why) => replace(made, why));
  }

  /** A window that is of no use any more is made anew, as it was. */
  function replace(made: BrowserWindow, why: string): void {
    if (made.isDestroyed()) return;
    log(`window: ${why}`);
    const last = made.isMinimized() ? 'minimised' : 'shown';
    replaced.add(made);
    made.destroy();
    const isFirst = performance.now() - crashedAt > crashesApartMs;
    crashedAt = performance.now();
    if (isFirst) open(last);
  }

  function open(as: Appearance): void {
    appearance = as;
    window ??= make();
    onOpen(true);
  }

  function show(at: Opening | null): void {
    if (window && loaded && at)
      window.webContents.send(pushChannel, { what: 'open', opening: at } satisfies Push);
    else opening = at ?? opening;
    open('shown');
    if (window?.isMinimized()) window.restore();
    if (loaded) window?.show();
    window?.focus();
  }

  return {
    /** Shows the window, making it when there is none, at a place when one is given. */
    show,
    /** Makes a minimised window when there is none. */
    showMinimised: (): void => {
      if (!window) open('minimised');
    },
    push: (push: Push): void => {
      if (window && loaded) window.webContents.send(pushChannel, push);
    },
    /** Asked once by each window that has loaded; from then on it is told things as they happen. */
    opening: (): Opening | null => {
      const first = opening;
      opening = null;
      loaded = true;
      return first;
    },
    applyTheme: (theme: Theme): void => {
      nativeTheme.themeSource = theme;
    },
  };
};

/** A window that was never shown has no place in the task bar of some desktops. */
const minimise = (made: BrowserWindow): void => {
  made.showInactive();
  made.minimize();
};

/** Minimised and full screen are not remembered: the window comes back as it was before. */
const watchPlace = (made: BrowserWindow, places: WindowPlaces): void => {
  let seen: WindowPlace | null = null;
  const read = (): WindowPlace | null => {
    if (made.isDestroyed() || made.isMinimized()) return seen;
    if (made.isFullScreen()) return null;
    seen = { ...made.getNormalBounds(), maximized: made.isMaximized() };
    return seen;
  };
  const moved = () => {
    read();
    places.moving(read);
  };
  made.on('resize', moved);
  made.on('move', moved);
  made.on('maximize', moved);
  made.on('unmaximize', moved);
};
