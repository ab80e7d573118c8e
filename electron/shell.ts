import { join } from 'node:path';
import { app, Menu, powerMonitor } from 'electron';
import type { Opening } from '../shared/ipc.ts';
import type { App } from './compose.ts';
import { later } from './edges/clock.ts';
import { answerWindow } from './edges/ipc.ts';
import { appMenu } from './edges/menu.ts';
import { refuseEverythingElse } from './edges/page-guard.ts';
import { servePages } from './edges/pages.ts';
import type { createTray } from './edges/tray.ts';
import { networkAddresses } from './edges/tunnel/network.ts';
import type { createWindow } from './edges/window.ts';
import { trayMenu } from './tray-menu.ts';
import { watchNetwork } from './tunnel/network-watch.ts';

export type ShellOptions = {
  readonly hookbell: App;
  readonly window: ReturnType<typeof createWindow>;
  readonly tray: ReturnType<typeof createTray>;
  readonly log: (line: string) => void;
};

/** What a person meets: pages, the window's questions, menu and tray. Synchronous: nothing of it waits for the keyring or the disk (K5). */
export const openShell = ({ hookbell, window, tray, log }: ShellOptions): void => {
  const show = (opening: Opening | null = null) => window.show(opening);
  servePages(join(import.meta.dirname, '../renderer'));
  refuseEverythingElse();
  answerWindow(hookbell.ask, log);
  Menu.setApplicationMenu(appMenu());

  const refresh = (state = hookbell.state()) => {
    window.applyTheme(state.preferences.theme);
    tray.show(
      trayMenu(state, hookbell.recent(), {
        open: show,
        copyEndpoint: hookbell.copyEndpoint,
        play: (story) => void hookbell.simulate({ what: 'story', story }),
        quit: () => app.quit(),
      }),
    );
  };
  refresh();
  hookbell.onState(refresh);

  // Closing the window is not quitting: Hookbell goes on receiving in the tray.
  app.on('window-all-closed', () => {});
  app.on('activate', () => show());
};

/** Tells the app when the computer sleeps, wakes, is unlocked, or changes its network. */
export const followPower = (hookbell: App): void => {
  powerMonitor.on('suspend', () => void hookbell.fallAsleep());
  powerMonitor.on('resume', hookbell.wakeUp);
  powerMonitor.on('unlock-screen', () => hookbell.poke('unlocked'));
  watchNetwork({
    later,
    addresses: networkAddresses,
    onChange: (what) => hookbell.poke(what === 'lost' ? 'network-lost' : 'network-gained'),
  });
};
