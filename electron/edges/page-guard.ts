import { app, session, type WebContents } from 'electron';
import { addBlinkSetting } from './outbound.ts';
import { origin } from './pages.ts';

/** Keeps pages from reading the clipboard by `document.execCommand('paste')` (E7), as Electron 33.4 and later do. Before `ready`. */
export const closeClipboardToPages = (): void => addBlinkSetting('DOMPasteAllowed=false');

/** Refuses all permissions, downloads, navigation and new windows, for every page (E4). After `ready`. */
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
    contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
  });
};

/** Calls `onLeft` when the page is no longer ours (E4). Nothing can refuse `about:blank` or a frame beforehand. */
export const watchPage = (contents: WebContents, onLeft: (why: string) => void): void => {
  contents.on('did-navigate', (_event, url) => {
    if (!isOurs(url)) onLeft('its page was left');
  });
  contents.on('frame-created', (_event, { frame }) => {
    if (frame?.parent) onLeft('its page made a frame');
  });
};

export const isOurs = (url: string): boolean => url.startsWith(`${origin}/`);
