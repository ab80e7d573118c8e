import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { Arch, build, Platform } from 'electron-builder';
import { root } from '../tools.mjs';
import { configurationOf } from './configuration.mjs';
import { dateOfCommit, INSTALLED } from './identity.mjs';
import { sevenZip } from './targets.mjs';

process.env.CUSTOM_FPM_PATH = fileURLToPath(new URL('fpm.mjs', import.meta.url));
process.env.ELECTRON_BUILDER_7ZIP_PATH ??= sevenZip();
process.env.SOURCE_DATE_EPOCH ??= String(dateOfCommit());

/** @typedef {import('./configuration.mjs').Packaging} Packaging */

/**
 * Packs the built app with its runtime, without an installer. Settles with the folder, which on a Mac is the .app.
 *
 * @param {Packaging} packaging
 */
export async function packApp(packaging) {
  await mkdir(packaging.output, { recursive: true });
  await writeLinuxFiles(packaging);
  await pack(root, configurationOf(packaging));
  return packedFolder(packaging.output);
}

/**
 * Packs another project's files in the same way, to compare with.
 *
 * @param {string} projectDir
 * @param {string[]} files
 * @param {Packaging} packaging
 */
export const packAnyApp = (projectDir, files, packaging) =>
  pack(projectDir, {
    ...configurationOf(packaging),
    files,
    asarUnpack: [],
    linux: { target: ['dir'], executableName: 'hookbell' },
  });

/**
 * @param {string} projectDir
 * @param {import('electron-builder').Configuration} config
 */
const pack = (projectDir, config) =>
  build({
    projectDir,
    targets: Platform.current().createTarget('dir'),
    publish: 'never',
    config,
  });

/**
 * Makes an installer of the packed app. Settles with its file.
 *
 * @param {string} target
 * @param {string} packed
 * @param {Packaging} packaging
 */
export async function packageTarget(target, packed, packaging) {
  const made = await build({
    projectDir: root,
    prepackaged: packed,
    targets: Platform.current().createTarget(target),
    publish: 'never',
    config: configurationOf(packaging),
  });
  const file = made.find(isInstaller);
  if (file === undefined) throw new Error('electron-builder made no file.');
  return file;
}

/**
 * Packs the app and makes installers of it, on a Mac for both architectures. Settles with their files.
 *
 * @param {string[]} targets
 * @param {Packaging} packaging
 */
export async function packageTargets(targets, packaging) {
  const archs = process.platform === 'darwin' ? [Arch.x64, Arch.arm64] : [];
  const made = await build({
    projectDir: root,
    targets: Platform.current().createTarget(targets, ...archs),
    publish: 'never',
    config: configurationOf(packaging),
  });
  return made.filter(isInstaller);
}

/**
 * Whether a person installs a file; the others are made for updates.
 *
 * @param {string} file
 */
const isInstaller = (file) => !file.endsWith('.blockmap') && !file.endsWith('.yml');

/** @param {string} output */
function packedFolder(output) {
  const arch = process.arch === 'x64' ? '' : `-${process.arch}`;
  if (process.platform === 'darwin') return path.join(output, `mac${arch}`, 'Hookbell.app');
  return path.join(output, `${process.platform === 'win32' ? 'win' : 'linux'}${arch}-unpacked`);
}

/** @param {Packaging} packaging */
async function writeLinuxFiles({ output, version }) {
  const folder = path.join(output, 'linux');
  await mkdir(folder, { recursive: true });
  await symlink(`${INSTALLED}/hookbell`, path.join(folder, 'hookbell'));
  const manual = await readFile(path.join(root, 'resources', 'linux', 'hookbell.1'));
  await writeFile(path.join(folder, 'hookbell.1.gz'), gzipSync(manual, { level: 9 }));
  const metainfo = await readFile(path.join(root, 'resources', 'linux', 'metainfo.xml'), 'utf8');
  const date = new Date(dateOfCommit() * 1000).toISOString().slice(0, 10);
  await writeFile(
    path.join(folder, 'metainfo.xml'),
    metainfo.replace('@VERSION@', version).replace('@DATE@', date),
  );
}
