import { resolve } from 'node:path';
import { app } from 'electron';
import { registerPages } from './edges/pages.ts';
import { openLetter, type Wish, writeLetter } from './edges/second-start.ts';
import { exportWithoutWindow, start } from './start.ts';
import { readSwitches, type Task } from './switches.ts';

const say = (ok: boolean, text: string) =>
  (ok ? process.stdout : process.stderr).write(`${text}\n`);

const wishOf = (task: Task): Wish =>
  task.kind === 'export' ? { ...task, file: resolve(task.file) } : task;

/** Electron starts here: one instance, switches, and then the app. */
function main(): void {
  const read = readSwitches(process.argv.slice(1));
  if (read.status === 'mistaken') {
    say(false, `Hookbell: ${read.message}`);
    app.exit(2);
    return;
  }
  const { switches } = read;
  const userData = app.getPath('userData');
  const wish = wishOf(switches.task);
  const { letter, answer } = writeLetter(userData, wish);

  app.enableSandbox();
  registerPages();
  app.setAppUserModelId('app.hookbell');

  // Before any store, port or window: two processes on one history would lose events.
  if (!app.requestSingleInstanceLock(letter)) {
    void answer().then(({ ok, text }) => {
      say(ok, text);
      app.exit(ok ? 0 : 1);
    });
    return;
  }
  if (wish.kind === 'quit') {
    say(true, 'Hookbell is not running');
    app.exit(0);
    return;
  }
  if (wish.kind === 'export') {
    void app.whenReady().then(async () => {
      const { ok, text } = await exportWithoutWindow(userData, wish);
      say(ok, text);
      app.exit(ok ? 0 : 1);
    });
    return;
  }

  void app.whenReady().then(async () => {
    const running = await start({
      userData,
      provision: switches.provision ?? process.env.HOOKBELL_PROVISION ?? null,
      say,
    });
    if (!switches.hidden) running.show();
    app.on('second-instance', (_event, _argv, _folder, data) => {
      const received = openLetter(userData, data);
      if (received) void running.fulfil(received.wish).then(received.answer);
      else running.show();
    });
    if (wish.kind === 'simulate') {
      const { ok, text } = await running.fulfil(wish);
      say(ok, text);
    }
  });
}

main();
