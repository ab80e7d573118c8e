import { accessSync, constants, mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { app, dialog, Menu } from 'electron';
import { appId } from './app-id.ts';
import { exportWithoutWindow } from './commands.ts';
import { displayTrouble } from './edges/display.ts';
import { receiveLinks, registerForLinks } from './edges/links.ts';
import { ownerWords } from './edges/lock-record.ts';
import { wasOpenedAtLogin } from './edges/login-start.ts';
import { cutOffPages, stopBackgroundRequests } from './edges/outbound.ts';
import { closeClipboardToPages } from './edges/page-guard.ts';
import { registerPages } from './edges/pages.ts';
import { claimProfile, type HeldProfile } from './edges/profile-lock.ts';
import { askOwner, type Command, type Reply, serveCommands } from './edges/second-start.ts';
import { CannotStart, endFailedStart } from './edges/start-failure.ts';
import { refusedSwitches, refusedSwitchesWords } from './refused-switches.ts';
import { foldersIn, type Running, start } from './start.ts';
import { readSwitches, type Task, taskOfLinks, usage } from './switches.ts';

const say = (ok: boolean, text: string) =>
  (ok ? process.stdout : process.stderr).write(`${text}\n`);

const endWith = ({ ok, text }: Reply): void => {
  say(ok, text);
  app.exit(ok ? 0 : 1);
};

const commandOf = (task: Task, hidden = false): Command => {
  if (task.kind === 'export') return { ...task, file: resolve(task.file) };
  return task.kind === 'run' ? { ...task, hidden } : task;
};

type Start = {
  readonly userData: string;
  readonly command: Command;
  readonly provision: string | null;
  readonly hidden: boolean;
};

/** Why the app cannot start here, in words for a person; null when it can. */
async function obstacle(): Promise<string | null> {
  const refused = app.isPackaged ? refusedSwitches(process.argv.slice(1)) : [];
  if (refused.length > 0) return refusedSwitchesWords(refused);
  const { commandLine } = app;
  const needsX11 = !['headless', 'ozone-platform', 'ozone-platform-hint'].some((name) =>
    commandLine.hasSwitch(name),
  );
  return process.platform === 'linux' && needsX11 ? displayTrouble(process.env) : null;
}

/** Also those that come before `ready`. */
const links = receiveLinks();

async function main(): Promise<void> {
  const read = readSwitches(process.argv.slice(1));
  if (read.status === 'question') {
    say(true, read.about === 'help' ? usage : `Hookbell ${app.getVersion()}`);
    // Before a display is asked for: there may be none.
    process.exit(0);
  }
  const whyNot = await obstacle();
  if (whyNot !== null) {
    say(false, `Hookbell: ${whyNot}`);
    // Linux shows no dialog before `ready`; elsewhere nobody sees stderr.
    if (process.platform !== 'linux') dialog.showErrorBox('Hookbell cannot start', whyNot);
    // Without a display Electron would go on and crash.
    process.exit(2);
  }
  if (read.status === 'mistaken') {
    say(false, `Hookbell: ${read.message}`);
    app.exit(2);
    return;
  }
  app.enableSandbox();
  stopBackgroundRequests();
  // Prevents Electron from making a menu before `ready`, which ours would replace at once.
  Menu.setApplicationMenu(null);
  registerPages();
  closeClipboardToPages();
  app.setAppUserModelId(appId);
  // Even in a start that fails: a session asks for a dictionary unless it is told not to.
  void ready();

  const { provision, hidden, task } = read.switches;
  const userData = app.getPath('userData');
  const command = commandOf(task, hidden);
  const attended = (command.kind === 'run' || command.kind === 'open') && !hidden;
  // Linux shows no dialog before `ready`.
  const stop = (error: unknown): void =>
    void ready().then(() => endFailedStart(error, { userData, attended, say }));
  try {
    mkdirSync(userData, { recursive: true, mode: 0o700 });
    accessSync(userData, constants.R_OK | constants.W_OK | constants.X_OK);
    const claimed = await claimOrAsk(userData, command);
    if (claimed.status === 'answered') return endWith(claimed.reply);
    const options = {
      userData,
      command,
      hidden,
      provision: provision ?? process.env.HOOKBELL_PROVISION ?? null,
    };
    // Not awaited: Electron is not ready before this module has been evaluated.
    void own(claimed, options).catch(stop);
  } catch (error) {
    stop(error);
  }
}

/** Settles when Electron can open windows. Idempotent. */
const ready = (): Promise<void> => app.whenReady().then(cutOffPages);

const retryMs = 100;
const mostTries = 300;

/**
 * Claims the profile, or passes the command to its owner: two processes on one history would lose events (A1, H18). Electron's own lock
 * lies under /tmp, where systems remove it, and kills an owner that stands still.
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
        `Another Hookbell uses the folder ${userData}: ${ownerWords(claim.owner)}. Quit it there, then start Hookbell again.`,
      );
    const asked = await askOwner(userData, command);
    if (asked.status === 'answered') return asked;
    if (asked.status === 'unanswered')
      throw new CannotStart(
        `Hookbell is already running (${asked.owner ?? 'an unknown process'}) but does not answer. Try again in a minute. If it still does not answer, end that process and start Hookbell again.`,
      );
    await wait(retryMs); // The owner has just ended, or is about to.
  }
  throw new CannotStart(
    `Something else holds the lock of the folder ${userData} and does not speak for Hookbell. Restart the computer, then start Hookbell again.`,
  );
}

/** Runs as the owner of the profile. */
async function own(profile: HeldProfile, { userData, command, provision, hidden }: Start) {
  let startRunning = (_running: Running | null) => {};
  const running = new Promise<Running | null>((resolve) => {
    startRunning = resolve;
  });
  serveCommands(profile, async (request) => (await running)?.fulfil(request) ?? null);
  const end = (reply: Reply): void => {
    profile.release();
    endWith(reply);
  };

  if (command.kind === 'quit') return end({ ok: true, text: 'Hookbell is not running' });
  await ready();
  if (command.kind === 'export')
    return end(await exportWithoutWindow(userData, foldersIn(userData, profile), command));
  registerForLinks();
  const isHidden = hidden || wasOpenedAtLogin();
  const started = await start({ userData, profile, provision, hidden: isHidden, say });
  startRunning(started);
  links.follow((link) => void started.fulfil(commandOf(taskOfLinks([link]))));
  if (command.kind === 'open') await started.fulfil(command);
  if (command.kind !== 'simulate') return;
  const reply = await started.fulfil(command);
  if (reply) say(reply.ok, reply.text);
}

// Electron waits for this module before it opens the display.
await main();
