import { app } from 'electron';

/**
 * Shows the number of unread events on the app's icon, where a desktop has such a number: in the Dock of macOS, and in Unity. Elsewhere on
 * Linux nobody is asked, because the question loads a library and waits for the desktop.
 */
export const showBadge = (unseen: number): void => {
  const isUnity = /\bunity\b/i.test(process.env.XDG_CURRENT_DESKTOP ?? '');
  if (process.platform === 'darwin' || (process.platform === 'linux' && isUnity))
    app.setBadgeCount(unseen);
};
