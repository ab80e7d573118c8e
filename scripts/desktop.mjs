import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { endLeftovers } from './desktop/leftovers.mjs';
import { openPlace } from './desktop/place.mjs';
import { exitOf, run } from './run.mjs';
import { ensureSystemPackages } from './system-packages.mjs';

const SCREEN = '-screen 0 1280x800x24';
const REPEAT_MS = 500;

/**
 * @typedef {object} OnDesktop
 * @property {string} [cwd] the project; the command runs there, so its paths are relative to it
 * @property {Record<string, string>} [env] variables for the command
 * @property {string} [electron] the executable the command finds in HOOKBELL_ELECTRON and ELECTRON_EXEC_PATH
 * @property {string[]} [results] folders of the project that the command makes
 * @property {boolean} [keepsProfile] whether what the command leaves in the home folder is there the next time
 */

export const hasDisplay = () =>
  process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

/** CI gets the same virtual desktop everywhere, whatever display its machine happens to have. */
export const isHeadless = () =>
  process.platform === 'linux' &&
  !process.env.HOOKBELL_DESKTOP &&
  (!hasDisplay() || Boolean(process.env.CI));

/**
 * Runs a command where windows open and notifications appear, and settles with its exit code: on the real desktop where
 * there is one, else on a virtual one. There root is an ordinary user, who has a copy of the project.
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
      [
        ...['-a', '-s', SCREEN, 'dbus-run-session', '--'],
        ...[place.node, place.session, command, ...args],
      ],
      {
        ...place.identity,
        cwd: place.cwd,
        env: { ...place.env, ...electronVariables(place.electron), ...options.env },
        stdio: ['inherit', 'inherit', 'inherit', 'pipe'],
        // Ctrl-C must reach the command alone: the display has to outlive it.
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
 * Tells a desktop's session which signals are for its command. npm and the terminal may both pass on the same Ctrl-C,
 * and a second one is taken for impatience.
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
