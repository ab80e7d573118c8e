import { accessSync, constants, mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { app, dialog, Menu } from 'electron';
import { exportWithoutWindow } from './commands.ts';
import { displayTrouble } from './edges/display.ts';
import { CannotStart, giveUp } from './edges/giving-up.ts';
import { holderWords } from './edges/lock-record.ts';
import { cutOffPages, stopBackgroundRequests } from './edges/outbound.ts';
import { closeClipboardToPages } from './edges/page-guard.ts';
import { registerPages } from './edges/pages.ts';
import { claimProfile, type HeldProfile } from './edges/profile-lock.ts';
import { askOwner, type Command, hearRequests, type Reply } from './edges/second-start.ts';
import { refusedSwitches, refusedSwitchesWords } from './refused-switches.ts';
import { foldersIn, type Running, start } from './start.ts';
import { readSwitches, type Task } from './switches.ts';

const say = (ok: boolean, text: string) =>
  (ok ? process.stdout : process.stderr).write(`${text}\n`);

const endWith = ({ ok, text }: Reply): void => {
  say(ok, text);
  app.exit(ok ? 0 : 1);
};

const commandOf = (task: Task): Command =>
  task.kind === 'export' ? { ...task, file: resolve(task.file) } : task;

type Start = {
  readonly userData: string;
  readonly command: Command;
  readonly provision: string | null;
  readonly hidden: boolean;
};

/** Why this start ends before it begins, in words for a person; null when it may go on. */
async function whyNotHere(): Promise<string | null> {
  const refused = app.isPackaged ? refusedSwitches(process.argv.slice(1)) : [];
  if (refused.length > 0) return refusedSwitchesWords(refused);
  const { commandLine } = app;
  const needsX11 = !['headless', 'ozone-platform', 'ozone-platform-hint'].some((name) =>
    commandLine.hasSwitch(name),
  );
  return process.platform === 'linux' && needsX11 ? displayTrouble(process.env) : null;
}

/** Electron starts here: switches, one owner of the profile, and then the app. */
async function main(): Promise<void> {
  const whyNot = await whyNotHere();
  if (whyNot !== null) {
    say(false, `Hookbell: ${whyNot}`);
    // Linux shows no dialog before `ready`, and elsewhere nobody sees stderr.
    if (process.platform !== 'linux') dialog.showErrorBox('Hookbell cannot start', whyNot);
    // Else Electron goes on to a crash without a display.
    process.exit(2);
  }
  const read = readSwitches(process.argv.slice(1));
  if (read.status === 'mistaken') {
    say(false, `Hookbell: ${read.message}`);
    app.exit(2);
    return;
  }
  app.enableSandbox();
  stopBackgroundRequests();
  // Else Electron would make a menu of its own on the way to `ready`, and ours takes its place at once.
  Menu.setApplicationMenu(null);
  registerPages();
  closeClipboardToPages();
  app.setAppUserModelId('app.hookbell');
  // At once, whatever becomes of this start: a session that is left alone asks for a dictionary.
  void ready();

  const { provision, hidden, task } = read.switches;
  const userData = app.getPath('userData');
  const command = commandOf(task);
  const attended = command.kind === 'run' && !hidden;
  // Before `ready` Linux shows no dialog.
  const stop = (error: unknown): void =>
    void ready().then(() => giveUp(error, { userData, attended, say }));
  try {
    mkdirSync(userData, { recursive: true, mode: 0o700 });
    accessSync(userData, constants.R_OK | constants.W_OK | constants.X_OK);
    const claimed = await claimOrAsk(userData, command);
    if (claimed.status === 'answered') return endWith(claimed.reply);
    const options = {
      ...{ userData, command, hidden },
      provision: provision ?? process.env.HOOKBELL_PROVISION ?? null,
    };
    // Not awaited: Electron is not ready before this module has been evaluated.
    void own(claimed, options).catch(stop);
  } catch (error) {
    stop(error);
  }
}

/** Settles when there may be windows. Idempotent. */
const ready = (): Promise<void> => app.whenReady().then(cutOffPages);

const againMs = 100;
const mostTries = 300;

/**
 * Before any store, port or window: two processes on one history would lose events (A1, H18). Electron's own lock is never asked for: it
 * lies under /tmp, where it is tidied away, and it kills an owner that stands still.
 */
async function claimOrAsk(
  userData: string,
  command: Command,
): Promise<HeldProfile | { readonly status: 'answered'; readonly reply: Reply }> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const claim = await claimProfile(userData);
    if (claim.status === 'held') return claim;
    if (claim.status === 'elsewhere')
      throw new CannotStart(
        `Another Hookbell uses the folder ${userData}: ${holderWords(claim.holder)}. Quit it there, then start Hookbell again.`,
      );
    const asked = await askOwner(userData, command);
    if (asked.status === 'answered') return asked;
    if (asked.status === 'unanswered')
      throw new CannotStart(
        `Hookbell is already running (${asked.who ?? 'an unknown process'}) but does not answer. Try again in a minute. If it still does not answer, end that process and start Hookbell again.`,
      );
    await wait(againMs); // It has just ended, or is about to.
  }
  throw new CannotStart(
    `Something else holds the lock of the folder ${userData} and does not speak for Hookbell. Restart the computer, then start Hookbell again.`,
  );
}

/** The one owner of the profile. */
async function own(profile: HeldProfile, { userData, command, provision, hidden }: Start) {
  let startRunning = (_running: Running | null) => {};
  const running = new Promise<Running | null>((resolve) => {
    startRunning = resolve;
  });
  hearRequests(profile, async (request) => (await running)?.fulfil(request) ?? null);
  const end = (reply: Reply): void => {
    profile.release();
    endWith(reply);
  };

  if (command.kind === 'quit') return end({ ok: true, text: 'Hookbell is not running' });
  await ready();
  if (command.kind === 'export')
    return end(await exportWithoutWindow(userData, foldersIn(userData, profile), command));
  const started = await start({ userData, profile, provision, hidden, say });
  startRunning(started);
  if (command.kind !== 'simulate') return;
  const reply = await started.fulfil(command);
  if (reply) say(reply.ok, reply.text);
}

// Electron waits for this module before it opens the display.
await main();
