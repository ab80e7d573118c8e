import { accessSync, constants, mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { app, dialog, Menu } from 'electron';
import { exportWithoutWindow } from './commands.ts';
import { displayTrouble } from './edges/display.ts';
import { giveUp } from './edges/giving-up.ts';
import { cutOffPages, stopBackgroundRequests } from './edges/outbound.ts';
import { closeClipboardToPages } from './edges/page-guard.ts';
import { registerPages } from './edges/pages.ts';
import { letterBox, type Reply, type Wish, writeLetter } from './edges/second-start.ts';
import { refusedSwitches, refusedSwitchesWords } from './refused-switches.ts';
import { foldersIn, start } from './start.ts';
import { readSwitches, type Task } from './switches.ts';

const say = (ok: boolean, text: string) =>
  (ok ? process.stdout : process.stderr).write(`${text}\n`);

const endWith = ({ ok, text }: Reply): void => {
  say(ok, text);
  app.exit(ok ? 0 : 1);
};

const wishOf = (task: Task): Wish =>
  task.kind === 'export' ? { ...task, file: resolve(task.file) } : task;

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

/** Electron starts here: switches, one instance, and then the app. */
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
  const { provision, hidden, task } = read.switches;
  app.enableSandbox();
  stopBackgroundRequests();
  // Else Electron would make a menu of its own on the way to `ready`, and ours takes its place at once.
  Menu.setApplicationMenu(null);
  registerPages();
  closeClipboardToPages();
  app.setAppUserModelId('app.hookbell');
  // At once, whatever becomes of this start: a session that is left alone asks for a dictionary.
  void ready();
  claim(wishOf(task), provision ?? process.env.HOOKBELL_PROVISION ?? null, hidden);
}

/** Settles when there may be windows. Idempotent. */
const ready = (): Promise<void> => app.whenReady().then(cutOffPages);

/** Whether somebody waits for a window, and not for a program to end. */
const isAttended = (wish: Wish, hidden: boolean): boolean => wish.kind === 'run' && !hidden;

/** Before any store, port or window: two processes on one history would lose events (A1). */
function claim(wish: Wish, provision: string | null, hidden: boolean): void {
  const userData = app.getPath('userData');
  const attended = isAttended(wish, hidden);
  try {
    mkdirSync(userData, { recursive: true, mode: 0o700 });
    accessSync(userData, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    // The lock is a file in it: without this, one that cannot be made looks like another Hookbell that is running. Before `ready`
    // Linux shows no dialog.
    void ready().then(() => giveUp(error, { userData, attended, say }));
    return;
  }
  const { letter, answer } = writeLetter(userData, wish);

  const ask = async (): Promise<void> => {
    const reply = await answer();
    if (reply) return endWith(reply);
    // No answer: the other is at work, or it was just ending, and then the lock is ours.
    if (!app.requestSingleInstanceLock(letter)) return ask();
    const lastWord = await answer(0);
    if (lastWord) endWith(lastWord);
    else be(wish, userData, provision, hidden);
  };
  if (app.requestSingleInstanceLock(letter)) be(wish, userData, provision, hidden);
  else void ask();
}

/** The one instance there is. */
function be(wish: Wish, userData: string, provision: string | null, hidden: boolean): void {
  if (wish.kind === 'quit') {
    endWith({ ok: true, text: 'Hookbell is not running' });
    return;
  }
  const stop = (error: unknown): void =>
    giveUp(error, { userData, attended: isAttended(wish, hidden), say });
  if (wish.kind === 'export') {
    void ready()
      .then(() => exportWithoutWindow(userData, foldersIn(userData), wish))
      .then(endWith, stop);
    return;
  }
  void ready().then(async () => {
    const running = await start({ userData, provision, say }).catch(stop);
    if (!running) return;
    if (!hidden) running.show();
    const open = letterBox(userData);
    app.on('second-instance', (_event, _argv, _folder, data) => {
      const letter = open(data);
      if (letter) void running.fulfil(letter.wish).then(letter.answer);
    });
    if (wish.kind === 'simulate') {
      const { ok, text } = await running.fulfil(wish);
      say(ok, text);
    }
  });
}

// Electron waits for this module before it opens the display.
await main();
