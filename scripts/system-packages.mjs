import { execFileSync, spawnSync } from 'node:child_process';

/** What windows and notifications need on a Debian machine without a desktop. */
const PACKAGES = [
  'xvfb',
  'xauth',
  'libgtk-3-0',
  'libnss3',
  'libasound2',
  'libgbm1',
  'libxss1',
  'libnotify4',
  'dbus',
  'dbus-x11',
  'dunst',
  'openbox',
  'imagemagick',
  'x11-utils',
  'libsecret-1-0',
];

/** What the tests of the installed package need beside. */
export const FOR_INSTALLING = [
  'appstream',
  'desktop-file-utils',
  'dex',
  'libglib2.0-bin',
  'xdotool',
];

const COMMANDS = ['xvfb-run', 'dbus-daemon', 'dbus-run-session', 'dunst'];

/** A package is missing; the message names the command to run. */
export class PackagesProblem extends Error {}

/**
 * Installs what a virtual desktop needs, as root; otherwise throws where something is missing.
 *
 * @param {string[]} more packages that are needed beside
 */
export function ensureSystemPackages(more = []) {
  if (!has('dpkg-query')) return requireCommands();
  const missing = missingPackages(more);
  if (missing.length === 0) return;

  const names = missing.map(installable);
  if (process.getuid?.() !== 0)
    throw new PackagesProblem(
      `This needs Debian packages that are missing here. Run:\n  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${names.join(' ')}`,
    );

  process.stderr.write(`Installing Debian packages: ${names.join(' ')}\n`);
  aptGet('update', '-qq');
  // The package lists may have been empty before, so the names are looked up again.
  aptGet('install', '-qq', '-y', '--no-install-recommends', ...missing.map(installable));
  const still = missingPackages(more);
  if (still.length > 0) throw new PackagesProblem(`apt-get left these out: ${still.join(' ')}`);
}

/**
 * Packages that are neither installed nor provided by an installed one.
 *
 * @param {string[]} more
 */
export function missingPackages(more = []) {
  const installed = execFileSync(
    'dpkg-query',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query fills these in
    ['--show', '--showformat', '${db:Status-Status},${Package},${Provides}\n'],
    { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  const present = new Set(
    installed
      .split('\n')
      .filter((line) => line.startsWith('installed,'))
      .flatMap((line) => line.split(',').map((name) => name.trim().replace(/[ :].*/, ''))),
  );
  return [...PACKAGES, ...more].filter((name) => !present.has(name));
}

/**
 * Debian 13 and Ubuntu 24.04 renamed some libraries to …t64.
 *
 * @param {string} name
 */
function installable(name) {
  const { stdout } = spawnSync('apt-cache', ['pkgnames', `${name}t64`], { encoding: 'utf8' });
  return stdout?.split('\n').includes(`${name}t64`) ? `${name}t64` : name;
}

/** @param {string[]} args */
function aptGet(...args) {
  const { status } = spawnSync('apt-get', ['-o', 'DPkg::Lock::Timeout=120', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (status !== 0) throw new PackagesProblem(`apt-get ${args[0]} failed`);
}

function requireCommands() {
  const missing = COMMANDS.filter((name) => !has(name));
  if (missing.length > 0)
    throw new PackagesProblem(`This machine has no display, and lacks ${missing.join(', ')}.`);
}

/** @param {string} command */
const has = (command) => !spawnSync(command, ['--version'], { stdio: 'ignore' }).error;
