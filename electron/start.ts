import { randomBytes, randomUUID } from 'node:crypto';
import { uptime } from 'node:os';
import { join } from 'node:path';
import { app, clipboard } from 'electron';
import type { Opening } from '../shared/ipc.ts';
import { createCommands } from './commands.ts';
import { compose } from './compose.ts';
import { later } from './edges/clock.ts';
import {
  readChosenSettings,
  readWhatThePersonChooses,
  saveWhereThePersonSays,
} from './edges/dialogs.ts';
import { settingsIn } from './edges/files.ts';
import { openFolder } from './edges/folder.ts';
import { historyFolderOpener } from './edges/history-folder.ts';
import { linuxNotifier } from './edges/linux-notifier.ts';
import { openLogFile, traceOf } from './edges/log.ts';
import { electronNotifier } from './edges/notifier.ts';
import { postToOurselves } from './edges/post.ts';
import { drainBeforeQuit } from './edges/quitting.ts';
import { systemCipher } from './edges/secrets.ts';
import { createReceiver } from './edges/server.ts';
import { openSessionBus } from './edges/session-bus.ts';
import { electronStore } from './edges/store.ts';
import { createTray } from './edges/tray.ts';
import { askPublicUrl, askReceiver, postToPublicUrl } from './edges/tunnel/asking.ts';
import { ngrokAgent } from './edges/tunnel/supervised.ts';
import { createWindow } from './edges/window.ts';
import type { Mask } from './masking.ts';
import { closedNotice, keepReachable, type WhenClosed, whenClosed } from './reachable.ts';
import { followPower, openShell } from './shell.ts';
import { openWindowPlaces } from './window-place.ts';
import type { Edges } from './world.ts';

export type StartOptions = {
  readonly userData: string;
  /** The provisioning file, as it was named. */
  readonly provision: string | null;
  /** To the terminal: on stdout when all is well, on stderr when not. */
  readonly say: (ok: boolean, text: string) => void;
};

/** The folders of a profile, made where they are not there. Throws the system's error. */
export const foldersIn = (userData: string): Edges['folders'] => ({
  settings: openFolder(join(userData, 'settings'), electronStore),
  history: openFolder(join(userData, 'history'), electronStore),
  quarantine: openFolder(join(userData, 'quarantine'), electronStore),
});

/**
 * Builds the edges, composes the app from them, and keeps it running until it is told to quit. After `ready`. Who delivers
 * before the keyring has been asked is not refused, and is answered as soon as it has.
 */
export async function start({ userData, provision, say }: StartOptions) {
  const write = openLogFile(userData);
  let masking: Mask = (line) => line;
  const log = (line: string) => write(masking(line));
  const resources = join(app.getAppPath(), 'resources');
  const simulatorWord = randomBytes(32).toString('base64url');
  let port: number | null = null;
  let toldThatItMinimises = false;
  // A bug outside the write path must not cost a delivery: it is logged, and receiving goes on (A4).
  process.on('uncaughtException', (error) => log(`uncaught: ${traceOf(error)}`));
  process.on('unhandledRejection', (reason) => log(`unhandled: ${traceOf(reason)}`));

  const folders = foldersIn(userData);
  const places = openWindowPlaces(folders.settings, later);
  const reachable = keepReachable(later, () => window.showMinimised());
  const window = createWindow({
    preload: join(import.meta.dirname, '../preload/preload.cjs'),
    icon: join(resources, 'icon.png'),
    places,
    whenClosed: () => (quitting.isQuitting() ? 'destroy' : whenClosed(reachable.host())),
    onClosed: sayWhereItIs,
    onOpen: reachable.windowIs,
    log,
  });
  const show = (opening: Opening | null = null) => window.show(opening);
  const bus = process.platform === 'linux' ? openSessionBus(later, log) : null;
  const notifier = bus ? linuxNotifier({ bus, later, onClick: show }) : electronNotifier(show);
  const edges: Edges = {
    folders,
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
    provisioning: provision === null ? null : await settingsIn(provision),
  };
  const hookbell = await compose(edges);
  masking = (line) => hookbell.masking()(line);
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
  const tray = createTray({
    ...{ folder: join(resources, 'tray'), bus, later },
    onClick: () => show(),
    onHost: reachable.hostIs,
  });
  const quitting = drainBeforeQuit({
    drain: async () => {
      await receiver.drain();
      await hookbell.close();
      await hookbell.closeTunnel();
      places.save();
      log('drained');
    },
    leave: tray.remove,
    log,
  });
  await receiver.start(hookbell.wantedPort());

  // What cannot be read now is tried again by whoever asks for it; deliveries are taken all the same (P4).
  await hookbell.restored().catch((error) => log(`restoring: ${traceOf(error)}`));
  sayMistakes();

  openShell({ hookbell, window, tray, log });
  followPower(hookbell);

  async function sayWhereItIs(became: WhenClosed): Promise<void> {
    const isMinimised = became === 'minimise';
    if (quitting.isQuitting() || (isMinimised ? toldThatItMinimises : hookbell.toldAboutTray()))
      return;
    if (isMinimised) toldThatItMinimises = true;
    else hookbell.rememberTold();
    await notifier.show(closedNotice(became));
  }

  function sayMistakes(): void {
    for (const problem of hookbell.state().problems) {
      if (problem.code !== 'provisioning') continue;
      for (const { path, message } of problem.mistakes)
        say(false, `Hookbell: provisioning file: ${path} ${message}`);
      say(false, 'Hookbell: nothing of the provisioning file was used');
    }
  }

  return {
    show: () => show(),
    fulfil: createCommands({ hookbell, show: () => show(), quit: quitting.quit }),
  };
}
