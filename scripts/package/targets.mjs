import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/**
 * @typedef {object} Target
 * @property {string} name as electron-builder calls it
 * @property {'linux' | 'darwin' | 'win32'} system
 * @property {string} [arch]
 */

/** The installers that are shipped. @type {Target[]} */
export const TARGETS = [
  { name: 'deb', system: 'linux' },
  { name: 'rpm', system: 'linux' },
  { name: 'AppImage', system: 'linux' },
  { name: 'tar.gz', system: 'linux' },
  { name: 'dmg', system: 'darwin' },
  { name: 'zip', system: 'darwin' },
  { name: 'nsis', system: 'win32' },
];

const SYSTEMS = { linux: 'Linux', darwin: 'macOS', win32: 'Windows' };

/** A host that electron-builder downloads its tools from. */
const TOOLS_HOST = 'https://github.com';
const PATIENCE_MS = 8_000;

/**
 * Why a target cannot be built here, in words for a person; null when it can.
 *
 * @param {Target} target
 * @returns {Promise<string | null>}
 */
export async function obstacleTo({ name, system }) {
  if (system !== process.platform) return `is built on ${SYSTEMS[system]}`;
  if (name === 'deb') return has('dpkg-deb') ? null : 'needs dpkg-deb (Debian, Ubuntu: dpkg)';
  if (name === 'rpm')
    return has('rpmbuild')
      ? null
      : 'needs rpmbuild (Debian: apt-get install rpm; Fedora: rpm-build)';
  if (name === 'tar.gz' && sevenZip()) return null;
  if (name === 'AppImage' && process.env.APPIMAGE_TOOLS_PATH) return null;
  return (await isReachable())
    ? null
    : `needs tools that electron-builder downloads from ${new URL(TOOLS_HOST).host}, which does not answer${name === 'tar.gz' ? ', or 7za (Debian: apt-get install p7zip-full)' : ''}`;
}

/** 7-Zip of the system, which electron-builder uses for archives. */
export const sevenZip = () => ['/usr/bin/7za', '/usr/bin/7zz'].find((file) => existsSync(file));

/** @type {Promise<boolean> | null} */
let reachable = null;

function isReachable() {
  reachable ??= fetch(TOOLS_HOST, {
    method: 'HEAD',
    signal: AbortSignal.timeout(PATIENCE_MS),
  }).then(
    () => true,
    () => false,
  );
  return reachable;
}

/** @param {string} command */
const has = (command) => !spawnSync(command, ['--version'], { stdio: 'ignore' }).error;
