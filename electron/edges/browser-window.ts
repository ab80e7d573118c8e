import { app, BrowserWindow, nativeTheme, screen, type WebPreferences } from 'electron';
import { watchPage } from './page-guard.ts';
import { openedAt, smallest, type WindowPlace, type WindowPlaces } from './window-place.ts';

export type Appearance = 'shown' | 'minimised';

export type BrowserWindowOptions = {
  readonly preload: string;
  readonly icon: string;
  readonly places: WindowPlaces;
};

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

/** Opens at the last place and saves changes of it. Appears as `appearance` says once it has content. */
export const makeBrowserWindow = (
  { preload, icon, places }: BrowserWindowOptions,
  appearance: () => Appearance,
): BrowserWindow => {
  const workAreas = screen.getAllDisplays().map(({ workArea }) => workArea);
  const { at, width, height, maximized } = openedAt(places.last(), workAreas);
  const made = new BrowserWindow({
    title: 'Hookbell',
    icon,
    width,
    height,
    ...at,
    minWidth: smallest.width,
    minHeight: smallest.height,
    show: false,
    autoHideMenuBar: true,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#131416' : '#fbfbfc',
    webPreferences: webPreferences(preload),
  });
  made.once('ready-to-show', () => {
    // Some window managers lose the normal place of a window that is maximised before it is shown.
    if (appearance() === 'shown') made.show();
    if (maximized) made.maximize();
    if (appearance() === 'minimised') minimise(made);
  });
  watchPlace(made, places);
  return made;
};

/** A window that was never shown is missing in the task bar of some desktops. */
const minimise = (made: BrowserWindow): void => {
  made.showInactive();
  made.minimize();
};

/** Minimised and full screen are not saved: the window returns as it was before. */
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

export const watchWindowHealth = (
  made: BrowserWindow,
  log: (line: string) => void,
  onLost: (why: string) => void,
): void => {
  const contents = made.webContents;
  contents.on('preload-error', (_event, _path, error) => log(`preload: ${error.message}`));
  contents.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit') onLost(`its process is gone (${reason})`);
  });
  watchPage(contents, onLost);
};
