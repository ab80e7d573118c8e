import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { endLeftovers } from './desktop/leftovers.mjs';
import { openPlace } from './desktop/place.mjs';
import { exitOf, run } from './run.mjs';
import { ensureSystemPackages } from './system-packages.mjs';

const SCREEN = '-screen 0 1280x800x24';
const REPEAT_MS = 500;

/** @typedef {import('./desktop/place.mjs').OnDesktop} OnDesktop */

export const hasDisplay = () =>
  process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

/** In CI the desktop is virtual on every machine, so that it is the same everywhere. */
export const isHeadless = () =>
  process.platform === 'linux' &&
  !process.env.HOOKBELL_DESKTOP &&
  (!hasDisplay() || Boolean(process.env.CI));

/**
 * Runs a command where windows and notifications work, and settles with its exit code: on the real desktop, or on a virtual one where
 * there is none. On the virtual one, root's command runs as an ordinary user in a copy of the project.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {OnDesktop} [options]
 */
export async function runOnDesktop(command, args, options = {}) {
  const project = path.resolve(options.cwd ?? fileURLToPath(new URL('..', import.meta.url)));
  if (!isHeadless()) {
    const env = { ...process.env, ...electronVariables(options.electron), ...options.env };
    return run(command, args, { cwd: project, env });
  }

  ensureSystemPackages();
  const place = await openPlace(project, options);
  try {
    const child = spawn(
      'xvfb-run',
      ['-a', '-s', SCREEN, 'dbus-run-session', '--', place.node, place.session, command, ...args],
      {
        ...place.identity,
        cwd: place.cwd,
        env: { ...place.env, ...electronVariables(place.electron), ...options.env },
        stdio: ['inherit', 'inherit', 'inherit', 'pipe'],
        // Ctrl-C must end the command before its display.
        detached: true,
      },
    );
    return await exitOf(child, signalTo(child));
  } finally {
    await endLeftovers(place.folder);
    await place.close();
  }
}

/** @param {string | undefined} executable */
const electronVariables = (executable) =>
  executable ? { HOOKBELL_ELECTRON: executable, ELECTRON_EXEC_PATH: executable } : {};

/**
 * Passes signals to the session of a virtual desktop, for its command. npm and the terminal may both send the same Ctrl-C, and Electron
 * takes a second one for a kill.
 *
 * @param {import('node:child_process').ChildProcess} child
 */
function signalTo(child) {
  const control = /** @type {import('node:stream').Writable} */ (child.stdio[3]);
  control.on('error', () => {}); // The session has ended: its exit says so.
  let last = '';
  let lastAt = 0;

  return (/** @type {import('./run.mjs').Stop} */ signal) => {
    if (signal === last && Date.now() - lastAt < REPEAT_MS) return;
    last = signal;
    lastAt = Date.now();
    control.write(`${signal}\n`);
  };
}
