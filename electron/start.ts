import { randomBytes, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { uptime } from 'node:os';
import { join } from 'node:path';
import { app, clipboard, Menu, powerMonitor } from 'electron';
import type { Opening } from '../shared/ipc.ts';
import { compose } from './compose.ts';
import { later } from './edges/clock.ts';
import {
  readChosenSettings,
  readWhatThePersonChooses,
  saveWhereThePersonSays,
} from './edges/dialogs.ts';
import { writeLines } from './edges/files.ts';
import { openFolder } from './edges/folder.ts';
import { historyFolderOpener } from './edges/history-folder.ts';
import { answerWindow } from './edges/ipc.ts';
import { linuxNotifier } from './edges/linux-notifier.ts';
import { openLogFile, traceOf } from './edges/log.ts';
import { appMenu } from './edges/menu.ts';
import { electronNotifier } from './edges/notifier.ts';
import { servePages } from './edges/pages.ts';
import { postToOurselves } from './edges/post.ts';
import { drainBeforeQuit } from './edges/quitting.ts';
import type { Reply, Wish } from './edges/second-start.ts';
import { systemCipher } from './edges/secrets.ts';
import { createReceiver } from './edges/server.ts';
import { openSessionBus } from './edges/session-bus.ts';
import { electronStore } from './edges/store.ts';
import { createTray } from './edges/tray.ts';
import { askPublicUrl, askReceiver, postToPublicUrl } from './edges/tunnel/asking.ts';
import { networkAddresses } from './edges/tunnel/network.ts';
import { ngrokAgent } from './edges/tunnel/supervised.ts';
import { createWindow, refuseEverythingElse } from './edges/window.ts';
import { openKept } from './history/kept.ts';
import { keepEverything } from './history/retention.ts';
import { simulationNamed } from './simulate/named.ts';
import { trayMenu } from './tray-menu.ts';
import { watchNetwork } from './tunnel/network-watch.ts';
import type { Edges } from './world.ts';

export type StartOptions = {
  readonly userData: string;
  /** The provisioning file, as it was named. */
  readonly provision: string | null;
  /** To the terminal: on stdout when all is well, on stderr when not. */
  readonly say: (ok: boolean, text: string) => void;
};

const foldersIn = (userData: string): Edges['folders'] => ({
  settings: openFolder(join(userData, 'settings'), electronStore),
  history: openFolder(join(userData, 'history'), electronStore),
  quarantine: openFolder(join(userData, 'quarantine'), electronStore),
});

/**
 * Builds the edges, composes the app from them, and keeps it running until it is told to quit. After `ready`. Who delivers
 * before the keyring has been asked is not refused, and is answered as soon as it has.
 */
export async function start({ userData, provision, say }: StartOptions) {
  const log = openLogFile(userData);
  const resources = join(app.getAppPath(), 'resources');
  const simulatorWord = randomBytes(32).toString('base64url');
  let port: number | null = null;
  // A bug outside the write path must not cost a delivery: it is logged, and receiving goes on (A4).
  process.on('uncaughtException', (error) => log(`uncaught: ${traceOf(error)}`));
  process.on('unhandledRejection', (reason) => log(`unhandled: ${traceOf(reason)}`));

  const window = createWindow({
    preload: join(import.meta.dirname, '../preload/preload.cjs'),
    icon: join(resources, 'icon.png'),
    onClosed: sayOnceThatItGoesOn,
    log,
  });
  const show = (opening: Opening | null = null) => window.show(opening);
  const notifier =
    process.platform === 'linux'
      ? linuxNotifier({ bus: openSessionBus(later, log), later, onClick: show })
      : electronNotifier(show);
  const edges: Edges = {
    folders: foldersIn(userData),
    keyring: systemCipher,
    now: Date.now,
    uptime: () => uptime() * 1000,
    later,
    random: {
      id: randomUUID,
      token: () => randomBytes(32).toString('base64url'),
      hex: (digits) =>
        randomBytes(Math.ceil(digits / 2))
          .toString('hex')
          .slice(0, digits),
    },
    notifier,
    window,
    tunnel: {
      agent: ngrokAgent(join(import.meta.dirname, 'agent.js')),
      steady: () => performance.now(),
      chance: Math.random,
      fetch: askPublicUrl,
      askReceiver: () => askReceiver(port),
    },
    clipboard: (text) => clipboard.writeText(text),
    post: postToOurselves({
      port: () => port,
      publicBase: () => hookbell.simulatorBase(),
      fetch: postToPublicUrl,
      word: simulatorWord,
    }),
    saveLines: saveWhereThePersonSays,
    readLines: readWhatThePersonChooses,
    readSettings: readChosenSettings,
    openHistoryFolder: historyFolderOpener(join(userData, 'history')),
    about: {
      version: app.getVersion(),
      folder: userData,
      runtime: {
        electron: process.versions.electron ?? '',
        chrome: process.versions.chrome ?? '',
        node: process.versions.node,
      },
    },
    log,
    provisioning: provision === null ? null : await readProvisioningFile(provision),
  };
  const hookbell = await compose(edges);
  const receiver = createReceiver({
    ...hookbell,
    id: randomUUID,
    now: Date.now,
    simulatorWord,
    log,
    onChange: (state) => {
      port = state.status === 'listening' ? state.port : null;
      hookbell.receiverIs(state);
      if (state.status === 'listening')
        say(true, `Hookbell listens on http://127.0.0.1:${state.port}`);
      if (state.status === 'failed')
        say(
          false,
          state.fixed
            ? `Hookbell: port ${state.port} is in use by another program; it is tried again until it is free`
            : `Hookbell: port ${state.port} and those after it are in use; they are tried again until one is free`,
        );
    },
  });
  const tray = createTray(join(resources, 'tray'));
  const quitting = drainBeforeQuit({
    drain: async () => {
      await receiver.drain();
      await hookbell.close();
      await hookbell.closeTunnel();
      log('drained');
    },
    leave: tray.remove,
    log,
  });
  await receiver.start(hookbell.wantedPort());

  // What cannot be read now is tried again by whoever asks for it; deliveries are taken all the same (P4).
  await hookbell.restored().catch((error) => log(`restoring: ${traceOf(error)}`));
  sayMistakes();

  servePages(join(import.meta.dirname, '../renderer'));
  refuseEverythingElse();
  answerWindow(hookbell.ask, log);
  window.applyTheme(hookbell.state().preferences.theme);
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

  powerMonitor.on('suspend', () => void hookbell.fallAsleep());
  powerMonitor.on('resume', hookbell.wakeUp);
  powerMonitor.on('unlock-screen', () => hookbell.poke('unlocked'));
  watchNetwork({
    later,
    addresses: networkAddresses,
    onChange: (what) => hookbell.poke(what === 'lost' ? 'network-lost' : 'network-gained'),
  });

  // Closing the window is not quitting: Hookbell goes on receiving in the tray.
  app.on('window-all-closed', () => {});
  app.on('activate', () => show());

  async function fulfil(wish: Wish): Promise<Reply> {
    switch (wish.kind) {
      case 'run':
        show();
        return { ok: true, text: 'Hookbell is already running; its window is open now' };
      case 'quit':
        return quitting.quit();
      case 'export':
        return exporting(wish.file, hookbell.exportLines(wish.withQuarantine));
      case 'simulate': {
        const request = simulationNamed(wish.what, hookbell.sources());
        if (request.status === 'unknown') return { ok: false, text: request.message };
        const answers = await hookbell.simulate(request.simulation);
        const lines = answers.map(
          ({ sourceId, simulation, status, outcome }) =>
            `${status} ${outcome}  ${sourceId}  ${simulation}`,
        );
        return { ok: answers.every(({ status }) => status > 0), text: lines.join('\n') };
      }
    }
  }

  async function sayOnceThatItGoesOn(): Promise<void> {
    if (quitting.isQuitting() || hookbell.toldAboutTray()) return;
    hookbell.rememberTold();
    await notifier.show({
      id: 'goes-on-in-the-tray',
      title: 'Hookbell keeps receiving',
      body: 'It stays in the tray. Quit is in its menu.',
      silent: true,
      urgency: 'low',
      opening: { what: 'page', page: 'timeline' },
    });
  }

  function sayMistakes(): void {
    for (const problem of hookbell.state().problems) {
      if (problem.code !== 'provisioning') continue;
      for (const { path, message } of problem.mistakes)
        say(false, `Hookbell: provisioning file: ${path} ${message}`);
      say(false, 'Hookbell: nothing of the provisioning file was used');
    }
  }

  return { show: () => show(), fulfil };
}

/** Writes the export of an app that is not running, and nothing else. */
export async function exportWithoutWindow(
  userData: string,
  { file, withQuarantine }: Extract<Wish, { kind: 'export' }>,
): Promise<Reply> {
  const kept = await openKept({
    folders: foldersIn(userData),
    later,
    now: Date.now,
    report: openLogFile(userData),
    tried: () => {},
    onNewer: () => {},
    onMarked: () => {},
    retention: () => keepEverything,
  });
  const reply = await exporting(file, kept.exportLines(withQuarantine));
  await kept.close();
  return reply;
}

const exporting = async (file: string, lines: AsyncIterable<string>): Promise<Reply> => {
  try {
    const count = await writeLines(file, lines);
    return { ok: true, text: `${count} ${count === 1 ? 'entry' : 'entries'} written to ${file}` };
  } catch (error) {
    return {
      ok: false,
      text: `Hookbell could not write ${file}: ${error instanceof Error ? error.message : 'unknown error'}`,
    };
  }
};

const readProvisioningFile = async (file: string): Promise<NonNullable<Edges['provisioning']>> => {
  try {
    return { text: await readFile(file, 'utf8') };
  } catch (error) {
    return {
      unreadable: `cannot be read: ${error instanceof Error ? error.message : 'unknown error'}`,
    };
  }
};
