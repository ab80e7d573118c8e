import { randomBytes, randomUUID } from 'node:crypto';
import { uptime } from 'node:os';
import { join } from 'node:path';
import { app, clipboard } from 'electron';
import type { Opening } from '../shared/ipc.ts';
import type { Problem } from '../shared/problem.ts';
import { createCommands } from './commands.ts';
import { compose } from './compose.ts';
import { later } from './edges/clock.ts';
import {
  readChosenSettings,
  readWhatThePersonChooses,
  saveWhereThePersonSays,
} from './edges/dialogs.ts';
import { settingsIn } from './edges/files.ts';
import { type FolderOptions, openFolder } from './edges/folder.ts';
import { historyFolderOpener } from './edges/history-folder.ts';
import { linuxNotifier } from './edges/linux-notifier.ts';
import { openLogFile, traceOf } from './edges/log.ts';
import { electronNotifier } from './edges/notifier.ts';
import { postToOurselves } from './edges/post.ts';
import type { HeldProfile } from './edges/profile-lock.ts';
import { drainBeforeQuit } from './edges/quitting.ts';
import type { Command, Reply } from './edges/second-start.ts';
import { systemKeyring } from './edges/secrets.ts';
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
  readonly profile: Pick<HeldProfile, 'demandHeld' | 'onLost' | 'release'>;
  /** In the tray only. */
  readonly hidden: boolean;
  /** The provisioning file, as it was named. */
  readonly provision: string | null;
  /** To the terminal: on stdout when all is well, on stderr when not. */
  readonly say: (ok: boolean, text: string) => void;
};

/** The app as other starts reach it. */
export type Running = {
  /** Null where it will not answer any more, because it is quitting. */
  readonly fulfil: (command: Command) => Promise<Reply | null>;
};

/** The folders of a profile, made where they are not there. Throws the system's error. */
export const foldersIn = (
  userData: string,
  { demandHeld }: Pick<HeldProfile, 'demandHeld'>,
  onUnsynced?: FolderOptions['onUnsynced'],
): Edges['folders'] => {
  const options = { demandHeld, ...(onUnsynced ? { onUnsynced } : {}) };
  const folder = (name: string) => openFolder(join(userData, name), electronStore, options);
  return {
    settings: folder('settings'),
    history: folder('history'),
    quarantine: folder('quarantine'),
  };
};

/**
 * The order of starting, after `ready`: the receiver listens, then tray and window are there, and then the keyring is asked and all is
 * read that no sender waits for (K5). Settles when the app can be seen.
 */
export async function start({
  userData,
  profile,
  provision,
  hidden,
  say,
}: StartOptions): Promise<Running> {
  const early: Problem[] = [];
  let note = (problem: Problem): void => void early.push(problem);
  const write = openLogFile(userData, (message) => note({ code: 'log-unwritable', message }));
  let masking: Mask = (line) => line;
  const log = (line: string) => write(masking(line));
  const resources = join(app.getAppPath(), 'resources');
  const simulatorWord = randomBytes(32).toString('base64url');
  let port: number | null = null;
  let toldThatItMinimises = false;
  // A bug outside the write path must not cost a delivery: it is logged, and receiving goes on (A4).
  process.on('uncaughtException', (error) => log(`uncaught: ${traceOf(error)}`));
  process.on('unhandledRejection', (reason) => log(`unhandled: ${traceOf(reason)}`));

  const folders = foldersIn(userData, profile, ({ message }) =>
    note({ code: 'folder-unsynced', message }),
  );
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
  const keyring = systemKeyring(bus);
  const edges: Edges = {
    folders,
    keyring: keyring.ask,
    onKeyringChange: keyring.onChange,
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
  note = hookbell.note;
  for (const problem of early) note(problem);
  profile.onLost(({ pid, host }) => note({ code: 'profile-taken', pid, host }));
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
    leave: () => {
      tray.remove();
      profile.release();
    },
    log,
  });
  await receiver.start(hookbell.wantedPort());

  sayMistakes();
  openShell({ hookbell, window, tray, log });
  if (!hidden) show();
  followPower(hookbell);
  // Last, because nobody knows how long it takes. What cannot be read now is tried again by whoever asks for it (P4).
  void hookbell.restored().catch((error) => log(`restoring: ${traceOf(error)}`));

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

  const fulfil = createCommands({ hookbell, show: () => show(), quit: quitting.quit });
  return {
    // Whoever comes while it quits has the profile after it.
    fulfil: async (command) =>
      quitting.isQuitting() && command.kind !== 'quit' ? null : fulfil(command),
  };
}
