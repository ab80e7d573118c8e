// Starts the notification daemon on a virtual display, then the command. It imports nothing of ours: it is copied to a folder that an
// ordinary user can read.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Socket } from 'node:net';
import { constants } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const READY_MS = 10_000;
const PATIENCE_MS = 10_000;
const CONTROL = 3;

const [command = '', ...args] = process.argv.slice(2);
const daemon = await startDaemon();
const child = spawn(command, args, { stdio: 'inherit' });
child.on('error', (error) => {
  process.stderr.write(`${command}: ${error.message}\n`);
  process.exit(127);
});
obey(child);

const [code, signal] = await once(child, 'exit');
daemon.kill();
process.exit(code ?? 128 + constants.signals[/** @type {NodeJS.Signals} */ (signal)]);

async function startDaemon() {
  const config = fileURLToPath(new URL('dunstrc', import.meta.url));
  const dunst = spawn('dunst', ['-config', config], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  dunst.stderr.setEncoding('utf8').on('data', (text) => {
    said = (said + text).slice(-4000);
  });
  for (const end = Date.now() + READY_MS; Date.now() < end; await pause(50)) {
    if (dunst.exitCode !== null) break;
    if (await isServed()) return dunst;
  }
  dunst.kill();
  process.stderr.write(`The notification daemon did not start.\n${said}`);
  process.exit(1);
}

/** Asks the bus and not the daemon: a call to the daemon would make the bus start one without our configuration. */
async function isServed() {
  const { stdout } = await promisify(execFile)('dbus-send', [
    '--session',
    '--print-reply=literal',
    '--dest=org.freedesktop.DBus',
    '/org/freedesktop/DBus',
    'org.freedesktop.DBus.NameHasOwner',
    'string:org.freedesktop.Notifications',
  ]);
  return stdout.includes('true');
}

/**
 * Passes on the signals that come over the pipe from desktop.mjs. When the pipe breaks nobody waits for the command, and it is ended.
 *
 * @param {import('node:child_process').ChildProcess} child
 */
function obey(child) {
  const control = new Socket({ fd: CONTROL, readable: true, writable: false });
  control.setEncoding('utf8');
  control.on('data', (text) => {
    for (const name of `${text}`.trim().split('\n'))
      child.kill(/** @type {NodeJS.Signals} */ (name));
  });
  control.on('error', () => control.destroy());
  control.on('close', () => {
    child.kill('SIGTERM');
    setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS).unref();
  });
  control.unref();
}
