import { join } from 'node:path';
import { app, Menu, powerMonitor } from 'electron';
import type { App, ShellSide, WindowSide } from './app.ts';
import { type Desktop, resources } from './desktop.ts';
import { showBadge } from './edges/badge.ts';
import { now, schedule } from './edges/clock.ts';
import { answerWindow } from './edges/ipc.ts';
import { appMenu } from './edges/menu.ts';
import { refuseEverythingElse } from './edges/page-guard.ts';
import { servePages } from './edges/pages.ts';
import { closedNotice, type WhenClosed } from './edges/reachable.ts';
import { createTray } from './edges/tray.ts';
import { networkAddresses } from './edges/tunnel/network.ts';
import { traceOf } from './trace.ts';
import { watchNetwork } from './tunnel/network-watch.ts';
import { questionFor } from './window/ask.ts';
import { createTrayPush } from './window/tray-push.ts';
import type { TrayAction } from './world.ts';

export type ShellOptions = {
  readonly hookbell: App;
  readonly desktop: Desktop;
  readonly log: (line: string) => void;
};

export type Shell = {
  /** Serves the pages and answers the window, and shows menu and tray. Waits for neither keyring nor disk (K5). */
  readonly open: () => void;
  readonly removeTray: () => void;
};

/** What a person meets: pages, the window's questions, menu and tray. */
export const openShell = ({ hookbell, desktop, log }: ShellOptions): Shell => {
  const { window, show, bus, reachable } = desktop;
  const tray = createTray({
    folder: join(resources(), 'tray'),
    bus,
    schedule,
    onClick: () => show(),
    onAction: (action) => act(action, hookbell.window, show),
    onHost: reachable.hostIs,
  });

  let state = hookbell.window.state();
  const refreshTray = createTrayPush({
    read: () => ({ state, recent: hookbell.window.recent(), hold: state.hold }),
    show: (menu) => {
      tray.show(menu);
      showBadge(menu.unseen);
    },
    schedule,
    now,
  });
  const refresh = (current = hookbell.window.state()) => {
    state = current;
    window.applyTheme(state.preferences.theme);
    refreshTray();
  };

  return {
    open: () => {
      servePages(join(import.meta.dirname, '../renderer'));
      refuseEverythingElse();
      answerWindow(hookbell.window.ask, (name, error) =>
        log(`ask ${questionFor(name)}: ${traceOf(error)}`),
      );
      Menu.setApplicationMenu(appMenu());
      refresh();
      hookbell.window.onState(refresh);
      // Closing the window is not quitting: Hookbell goes on receiving in the tray.
      app.on('window-all-closed', () => {});
      app.on('activate', () => show());
    },
    removeTray: tray.remove,
  };
};

const act = (
  action: TrayAction,
  window: Pick<WindowSide, 'copyEndpoint' | 'markAllSeen' | 'pause' | 'resume'>,
  show: Desktop['show'],
): void => {
  switch (action.does) {
    case 'open':
      show(action.opening);
      break;
    case 'copy-endpoint':
      window.copyEndpoint(action.sourceId);
      break;
    case 'mark-all-read':
      window.markAllSeen();
      break;
    case 'pause':
      window.pause(action.until);
      break;
    case 'resume':
      window.resume();
      break;
    case 'quit':
      app.quit();
      break;
  }
};

let saidThatItMinimises = false;

export type ClosedWindow = {
  readonly hookbell: App;
  readonly desktop: Desktop;
  readonly quitting: { readonly isQuitting: () => boolean };
};

/** Notifies once where the app is after its window was closed: once for ever for the tray, once a run where there is none. */
export const sayWhereTheWindowIs = async (
  became: WhenClosed,
  { hookbell, desktop, quitting }: ClosedWindow,
): Promise<void> => {
  const { wasToldAboutTray, rememberToldAboutTray } = hookbell.window;
  const wasSaid = became === 'minimise' ? saidThatItMinimises : wasToldAboutTray();
  if (quitting.isQuitting() || wasSaid) return;
  if (became === 'minimise') saidThatItMinimises = true;
  else rememberToldAboutTray();
  await desktop.notifier.show(closedNotice(became));
};

/** Tells the app when the computer sleeps, wakes, is unlocked, or changes its network. */
export const followPower = ({ fallAsleep, wakeUp, reconnect }: ShellSide): void => {
  powerMonitor.on('suspend', () => void fallAsleep());
  powerMonitor.on('resume', wakeUp);
  powerMonitor.on('unlock-screen', () => reconnect('unlocked'));
  watchNetwork({
    schedule,
    addresses: networkAddresses,
    onChange: (what) => reconnect(what === 'lost' ? 'network-lost' : 'network-gained'),
  });
};
