import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { App } from './app.ts';
import { createCommands } from './commands.ts';
import { compose } from './compose.ts';
import { openDesktop } from './desktop.ts';
import { desktopEdges } from './desktop-edges.ts';
import { now } from './edges/clock.ts';
import { isChoosing } from './edges/dialogs.ts';
import { settingsIn } from './edges/files.ts';
import { type FolderOptions, openFolder } from './edges/folder.ts';
import { openLogFile } from './edges/log.ts';
import type { HeldProfile } from './edges/profile-lock.ts';
import { drainBeforeQuit } from './edges/quitting.ts';
import type { Command, Reply } from './edges/second-start.ts';
import { createReceiver } from './edges/server.ts';
import { electronStore } from './edges/store.ts';
import { openUpdates } from './edges/updates/open-updates.ts';
import { takeRestartNote } from './edges/updates/restart-note.ts';
import type { Mask } from './masking.ts';
import type { Listening } from './receiver/listening.ts';
import { followPower, openShell, sayWhereTheWindowIs } from './shell.ts';
import { createSignals, type Emit } from './signals.ts';
import { traceOf } from './trace.ts';
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
  /** Null where it does not answer any more, because it is quitting. */
  readonly fulfil: (command: Command) => Promise<Reply | null>;
};

/** The folders of a profile, made where they are missing. Throws the system's error. */
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
 * The order of starting, after Electron's `ready`: everything is composed, the receiver listens, tray and window are there, and last the
 * keyring is asked and everything is read that no sender waits for (K5). Settles when the app can be seen.
 */
export async function start(options: StartOptions): Promise<Running> {
  const { userData, profile, say } = options;
  const signals = createSignals();
  let mask: Mask = (line) => line; // Until the secrets are known there is nothing to hide.
  const log = logIn(userData, signals.emit, (line) => mask(line));
  const folders = foldersIn(userData, profile, ({ message }) =>
    signals.emit('problem', { code: 'folder-unsynced', message }),
  );
  const note = await takeRestartNote(folders.settings, Date.now());
  const hidden = options.hidden || note?.hidden === true;
  const desktop = openDesktop({
    folder: folders.settings,
    isQuitting: () => quitting.isQuitting(),
    onWindowClosed: (became) => void sayWhereTheWindowIs(became, { hookbell, desktop, quitting }),
    onPress: (button) => signals.emit('notificationPressed', button),
    log,
  });
  let port: number | null = null;
  const simulatorToken = randomBytes(32).toString('base64url');
  const edges = desktopEdges({
    userData,
    folders,
    desktop,
    log,
    simulatorToken,
    port: () => port,
    publicBase: () => hookbell.shell.simulatorBase(),
    updates: openUpdates({
      folder: folders.settings,
      note,
      restart: (finish, onGivenUp) => quitting.restart(finish, onGivenUp),
      isWindowShown: () => desktop.window.standing() === 'shown',
      isInUse: () => desktop.window.standing() !== 'none' || commands.isUnderWay() || isChoosing(),
    }),
    provisioning: options.provision === null ? null : await settingsIn(options.provision),
  });
  log(`start: Hookbell ${edges.about.version}`);
  const hookbell = await compose(edges, signals);
  mask = (line) => hookbell.shell.masking()(line);
  profile.onLost(({ pid, host }) => signals.emit('problem', { code: 'profile-taken', pid, host }));
  const receiver = createReceiver({
    ...hookbell.receiver,
    id: randomUUID,
    now,
    simulatorToken,
    log,
    onChange: (listening) => {
      port = listening.status === 'listening' ? listening.port : null;
      hookbell.receiver.onListening(listening);
      sayListening(listening, say);
    },
  });
  const shell = openShell({ hookbell, desktop, log });
  const quitting = drainBeforeQuit({
    drain: async () => {
      await receiver.drain();
      await hookbell.shell.close();
      await hookbell.shell.closeTunnel();
      desktop.places.save();
      log('drained');
    },
    leave: () => {
      shell.removeTray();
      profile.release();
    },
    log,
  });
  const commands = createCommands({
    hookbell: hookbell.shell,
    show: desktop.show,
    quit: quitting.quit,
  });
  await receiver.start(hookbell.receiver.wantedPort());

  sayMistakes(hookbell, say);
  shell.open();
  if (!hidden) desktop.show();
  followPower(hookbell.shell);
  void desktop.loginStart.followMove();
  // Last, because nobody knows how long it takes. What cannot be read now is tried again by whoever asks for it (P4).
  void hookbell.shell.ready().catch((error) => log(`ready: ${traceOf(error)}`));

  return {
    // A start that comes while the app quits has the profile after it.
    fulfil: async (command) =>
      quitting.isQuitting() && command.kind !== 'quit' ? null : commands.fulfil(command),
  };
}

/** Opens the log. A bug outside the write path must not cost a delivery: it is logged, and receiving goes on (A4). */
const logIn = (userData: string, emit: Emit, mask: Mask) => {
  const write = openLogFile(userData, (message) =>
    emit('problem', { code: 'log-unwritable', message }),
  );
  const log = (line: string) => write(mask(line));
  process.on('uncaughtException', (error) => log(`uncaught: ${traceOf(error)}`));
  process.on('unhandledRejection', (reason) => log(`unhandled: ${traceOf(reason)}`));
  return log;
};

const sayListening = (listening: Listening, say: StartOptions['say']): void => {
  if (listening.status === 'listening')
    say(true, `Hookbell listens on http://127.0.0.1:${listening.port}`);
  if (listening.status === 'failed')
    say(
      false,
      listening.fixed
        ? `Hookbell: port ${listening.port} is in use by another program; it is tried again until it is free`
        : `Hookbell: port ${listening.port} and those after it are in use; they are tried again until one is free`,
    );
};

const sayMistakes = (hookbell: App, say: StartOptions['say']): void => {
  for (const { reason } of hookbell.window.state().conditions) {
    if (reason.code !== 'provisioning') continue;
    for (const { path, message } of reason.mistakes)
      say(false, `Hookbell: provisioning file: ${path ?? '(file)'} ${message}`);
    say(false, 'Hookbell: nothing of the provisioning file was used');
  }
};
