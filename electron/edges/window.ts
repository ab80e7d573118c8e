import { app, BrowserWindow, nativeTheme, session } from 'electron';
import type { Opening, Push } from '../../shared/ipc.ts';
import type { Theme } from '../../shared/settings.ts';
import { origin } from './pages.ts';

export type WindowOptions = {
  readonly preload: string;
  readonly icon: string;
  /** The window was closed and Hookbell goes on in the tray. */
  readonly onClosed: () => void;
  readonly log: (line: string) => void;
};

const pushChannel = 'app:push';
/** A window that crashes comes back once in so long (A5): one that crashes again at once would do so for ever. */
const crashesApartMs = 60_000;

/** The one window. It is destroyed when closed and made again when asked for: a hidden one would cost 50 MiB for ever. */
export const createWindow = ({ preload, icon, onClosed, log }: WindowOptions) => {
  let window: BrowserWindow | null = null;
  let opening: Opening | null = null;
  let loaded = false;
  let crashedAt = Number.NEGATIVE_INFINITY;

  const make = (): BrowserWindow => {
    const made = new BrowserWindow({
      title: 'Hookbell',
      icon,
      width: 1160,
      height: 740,
      minWidth: 480,
      minHeight: 400,
      show: false,
      autoHideMenuBar: true,
      backgroundColor: nativeTheme.shouldUseDarkColors ? '#131416' : '#fbfbfc',
      webPreferences: {
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
      },
    });
    let hasCrashed = false;
    loaded = false;
    made.once('ready-to-show', () => made.show());
    made.on('closed', () => {
      window = null;
      if (!hasCrashed) onClosed();
    });
    made.webContents.on('preload-error', (_event, _path, error) =>
      log(`preload: ${error.message}`),
    );
    made.webContents.on('render-process-gone', (_event, { reason }) => {
      log(`window: its process is gone (${reason})`);
      if (reason === 'clean-exit') return;
      hasCrashed = true;
      made.destroy();
      const isFirst = performance.now() - crashedAt > crashesApartMs;
      crashedAt = performance.now();
      if (isFirst) show(null);
    });
    void made.loadURL(`${origin}/index.html`);
    return made;
  };

  function show(at: Opening | null): void {
    if (window && loaded && at)
      window.webContents.send(pushChannel, { what: 'open', opening: at } satisfies Push);
    else opening = at ?? opening;
    window ??= make();
    if (window.isMinimized()) window.restore();
    if (loaded) window.show();
    window.focus();
  }

  return {
    /** Shows the window, making it when there is none, at a place when one is given. */
    show,
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

/**
 * Keeps pages from reading the clipboard by `document.execCommand('paste')`, which asks for no permission (E7). A person pastes as ever.
 * Before `ready`. Electron 33.4 and later refuse it by themselves.
 */
export const closeClipboardToPages = (): void =>
  app.commandLine.appendSwitch('blink-settings', 'DOMPasteAllowed=false');

/** What no page of ours needs is refused for every page there will ever be (E4). After `ready`. */
export const refuseEverythingElse = (): void => {
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  defaultSession.setPermissionCheckHandler(() => false);
  defaultSession.setDevicePermissionHandler(() => false);
  defaultSession.on('will-download', (event) => event.preventDefault());
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => event.preventDefault());
    contents.on('will-frame-navigate', (event) => event.preventDefault());
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
};
