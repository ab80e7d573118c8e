import { homedir } from 'node:os';
import { app } from 'electron';
import type { LoginStart } from '../../shared/login-start.ts';
import type { Edges } from '../world.ts';
import { isFlatpak, ownAppImage } from './app-image.ts';
import { autostartFolder, openAutostartFile } from './autostart-file.ts';

export type SystemLoginStart = Edges['loginStart'] & {
  /** Corrects an entry that names the place from which an AppImage was moved. Never rejects. */
  readonly followMove: () => Promise<void>;
};

/** Whether macOS started the app at login: it passes no switches. To be called after `ready`. */
export const wasOpenedAtLogin = (): boolean =>
  process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin;

/** Starting at login, as this system does it (T8). `log` takes what kept a moved AppImage from being followed. */
export const systemLoginStart = (log: (line: string) => void): SystemLoginStart => {
  const appImage = ownAppImage(process.env, process.execPath);
  if (appImage === null && !app.isPackaged) return unavailable('not-installed');
  const dataFolder = app.commandLine.hasSwitch('user-data-dir') ? app.getPath('userData') : null;
  if (process.platform !== 'linux') return loginItem(dataFolder);
  // The portal writes the entry, but tells nobody whether it is still there.
  if (isFlatpak()) return unavailable('flatpak');

  const { read, set, followMove } = openAutostartFile({
    program: appImage ?? process.execPath,
    dataFolder,
    folder: autostartFolder(process.env.XDG_CONFIG_HOME, homedir()),
  });
  return {
    read,
    set,
    followMove: async () => {
      if (appImage === null) return;
      try {
        if (await followMove()) log('login: the entry names the AppImage where it is now');
      } catch (error) {
        const why = error instanceof Error ? error.message : 'unknown error';
        log(`login: the entry of the moved AppImage could not be written: ${why}`);
      }
    },
  };
};

const unavailable = (
  reason: Extract<LoginStart, { status: 'unavailable' }>['reason'],
): SystemLoginStart => ({
  read: async () => ({ status: 'unavailable', reason }),
  set: async () => {
    throw new Error('This Hookbell cannot start at login');
  },
  followMove: async () => {},
});

/** macOS and Windows, by Electron. macOS passes no arguments. */
const loginItem = (dataFolder: string | null): SystemLoginStart => {
  const args = ['--hidden', ...(dataFolder === null ? [] : [`--user-data-dir=${dataFolder}`])];
  const item = { path: process.execPath, args };
  return {
    read: async () => {
      const { openAtLogin, executableWillLaunchAtLogin, status } = app.getLoginItemSettings(item);
      if (process.platform === 'darwin' && status === 'requires-approval')
        return { status: 'unavailable', reason: 'needs-approval' };
      // Windows keeps an entry that the person disabled in its Task Manager.
      const isOn = openAtLogin && (process.platform === 'darwin' || executableWillLaunchAtLogin);
      return { status: isOn ? 'on' : 'off' };
    },
    set: async (on) => app.setLoginItemSettings({ ...item, openAtLogin: on }),
    followMove: async () => {},
  };
};
