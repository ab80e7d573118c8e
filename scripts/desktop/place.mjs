import { execFileSync } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { MARK } from './leftovers.mjs';
import { bringBack, lendProgram, lendProject } from './loan.mjs';
import { makeSocketFolder, ordinaryUser } from './person.mjs';

const SESSION = fileURLToPath(new URL('session', import.meta.url));
const FOLDERS = ['home', 'runtime', 'tmp'];
const NOT_INHERITED = ['DISPLAY', 'WAYLAND_DISPLAY', 'XAUTHORITY', 'DBUS_SESSION_BUS_ADDRESS'];
const INHERITED_FROM_ROOT = /^(CI|LANG|LC_\w+|TERM|COLORTERM|COLUMNS|LINES|NO_COLOR|FORCE_COLOR)$/;

/** @typedef {import('./person.mjs').Person} Person */

/**
 * @typedef {object} OnDesktop
 * @property {string} [cwd] the project; the command runs there, so its paths are relative to it
 * @property {Record<string, string>} [env] variables for the command
 * @property {string} [electron] the executable the command finds in HOOKBELL_ELECTRON and ELECTRON_EXEC_PATH
 * @property {string[]} [results] folders of the project that the command makes
 * @property {boolean} [keepsProfile] whether what the command leaves in the home folder is there the next time
 */

/**
 * Where a command runs on a virtual desktop, and as whom.
 *
 * @typedef {object} Place
 * @property {string} folder
 * @property {string} cwd
 * @property {string} node
 * @property {string} session
 * @property {string | undefined} electron
 * @property {{ uid?: number, gid?: number }} identity
 * @property {NodeJS.ProcessEnv} env
 * @property {() => Promise<void>} close brings results home and leaves nothing behind
 */

/**
 * @param {string} project
 * @param {OnDesktop} options
 * @returns {Promise<Place>}
 */
export const openPlace = (project, options) =>
  process.getuid?.() === 0 ? openElsewhere(project, options) : openHere(project, options);

/**
 * @param {string} project
 * @param {OnDesktop} options
 */
async function openHere(project, { electron, keepsProfile }) {
  const folder = await mkdtemp(path.join(tmpdir(), 'hookbell-'));
  await furnish(folder);
  const env = { ...process.env };
  for (const name of NOT_INHERITED) delete env[name];
  return {
    folder,
    cwd: project,
    node: process.execPath,
    session: path.join(folder, 'session', 'main.mjs'),
    electron,
    identity: {},
    env: { ...env, ...surroundings(folder, keepsProfile ? undefined : path.join(folder, 'home')) },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

/**
 * @param {string} project
 * @param {OnDesktop} options
 */
async function openElsewhere(project, { electron, keepsProfile, results = ['test-results'] }) {
  const person = ordinaryUser();
  makeSocketFolder();
  await clear(person.home);
  const folder = path.join(person.home, `desktop-${process.pid}`);
  const copy = path.join(folder, 'project');
  const close = () => rm(folder, { recursive: true, force: true });
  try {
    await mkdir(folder);
    await furnish(folder);
    await lendProject(person, project, copy, results);
    const node = await lendProgram(person, process.execPath, path.join(folder, 'node'));
    const lent = electron && (await lendProgram(person, electron, path.join(folder, 'electron')));
    execFileSync('chown', ['-R', '-h', `${person.uid}:${person.gid}`, folder]);
    return {
      folder,
      cwd: copy,
      node,
      session: path.join(folder, 'session', 'main.mjs'),
      electron: lent,
      identity: { uid: person.uid, gid: person.gid },
      env: {
        ...inheritedFromRoot(),
        ...surroundings(folder, keepsProfile ? person.home : path.join(folder, 'home')),
        PATH: `${path.dirname(node)}:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin`,
        USER: 'hookbell',
        LOGNAME: 'hookbell',
        SHELL: '/bin/sh',
      },
      async close() {
        await bringBack(copy, project, results);
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** @param {string} folder */
async function furnish(folder) {
  for (const name of FOLDERS) await mkdir(path.join(folder, name), { mode: 0o700 });
  await chmod(folder, 0o700);
  await cp(SESSION, path.join(folder, 'session'), { recursive: true });
}

/**
 * @param {string} folder
 * @param {string | undefined} home
 */
const surroundings = (folder, home) => ({
  [MARK]: folder,
  TZ: 'UTC',
  TMPDIR: path.join(folder, 'tmp'),
  XDG_RUNTIME_DIR: path.join(folder, 'runtime'),
  XDG_SESSION_TYPE: 'x11',
  ...(home && {
    HOME: home,
    XDG_CONFIG_HOME: path.join(home, '.config'),
    XDG_CACHE_HOME: path.join(home, '.cache'),
    XDG_DATA_HOME: path.join(home, '.local', 'share'),
    XDG_STATE_HOME: path.join(home, '.local', 'state'),
  }),
});

const inheritedFromRoot = () =>
  Object.fromEntries(
    Object.entries(process.env).filter(([name]) => INHERITED_FROM_ROOT.test(name)),
  );

/**
 * Removes the folders of runs that were killed.
 *
 * @param {string} home
 */
async function clear(home) {
  for (const name of await readdir(home)) {
    const [, pid] = /^desktop-(\d+)$/.exec(name) ?? [];
    if (pid && !isRunning(Number(pid)))
      await rm(path.join(home, name), { recursive: true, force: true });
  }
}

/** @param {number} pid */
function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
