import { app, session, type WebContents } from 'electron';
import { addBlinkSetting } from './outbound.ts';
import { origin } from './pages.ts';

/**
 * Keeps pages from reading the clipboard by `document.execCommand('paste')`, which asks for no permission (E7). A person pastes as ever.
 * Before `ready`. Electron 33.4 and later refuse it by themselves.
 */
export const closeClipboardToPages = (): void => addBlinkSetting('DOMPasteAllowed=false');

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
    contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
  });
};

/**
 * Calls `onLeft` when the page is no longer what we loaded: `about:blank` and frames need no loading, so nothing asks before they
 * are there (E4). Only a page that was taken over does either.
 */
export const watchPage = (contents: WebContents, onLeft: (why: string) => void): void => {
  contents.on('did-navigate', (_event, url) => {
    if (!isOurs(url)) onLeft('its page was left');
  });
  contents.on('frame-created', (_event, { frame }) => {
    if (frame?.parent) onLeft('its page made a frame');
  });
};

/** Whether an address is one of our own pages. */
export const isOurs = (url: string): boolean => url.startsWith(`${origin}/`);
