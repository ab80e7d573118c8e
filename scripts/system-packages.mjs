import { execFileSync, spawnSync } from 'node:child_process';

/** What a Debian machine without a desktop needs for windows and notifications to work. */
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

const COMMANDS = ['xvfb-run', 'dbus-daemon', 'dbus-run-session', 'dunst'];

/** A package is missing, in words that name the command to run. */
export class PackagesProblem extends Error {}

/** Sees to it that a machine without a display has what a virtual one needs: installs it where it may. */
export function ensureSystemPackages() {
  if (!has('dpkg-query')) return requireCommands();
  const missing = missingPackages();
  if (missing.length === 0) return;

  const names = missing.map(installable);
  if (process.getuid?.() !== 0)
    throw new PackagesProblem(
      `This needs Debian packages that are missing here. Run:\n  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${names.join(' ')}`,
    );

  process.stderr.write(`Installing Debian packages: ${names.join(' ')}\n`);
  aptGet('update', '-qq');
  // The lists may have been empty before, so the names are asked for again.
  aptGet('install', '-qq', '-y', '--no-install-recommends', ...missing.map(installable));
  const still = missingPackages();
  if (still.length > 0) throw new PackagesProblem(`apt-get left these out: ${still.join(' ')}`);
}

/** Those that neither are installed themselves nor provided by another installed package. */
export function missingPackages() {
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
  return PACKAGES.filter((name) => !present.has(name));
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
