import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync } from 'node:fs';

const NAME = 'hookbell';

/** @typedef {{ uid: number, gid: number, home: string }} Person */

/**
 * The ordinary user as whom root runs Electron, which does not run as root with its sandbox. Made where there is none.
 *
 * @returns {Person}
 */
export function ordinaryUser() {
  if (!entry()) {
    process.stderr.write(`Creating the user ${NAME}, since Electron does not run as root.\n`);
    execFileSync('useradd', ['--create-home', '--shell', '/bin/sh', NAME]);
  }
  const [, , uid, gid, , home] = entry().split(':');
  if (!home) throw new Error(`The user ${NAME} could not be created`);
  return { uid: Number(uid), gid: Number(gid), home };
}

const entry = () => spawnSync('getent', ['passwd', NAME], { encoding: 'utf8' }).stdout.trim();

/**
 * @param {Person} person
 * @param {'-r' | '-x'} access
 * @param {string} file
 */
export const may = ({ uid, gid }, access, file) =>
  spawnSync('test', [access, file], { uid, gid, cwd: '/' }).status === 0;

/** Makes the folder for the sockets of X servers, which only root may make. */
export function makeSocketFolder() {
  mkdirSync('/tmp/.X11-unix', { recursive: true });
  chmodSync('/tmp/.X11-unix', 0o1777);
}
