import { chmod, cp, lstat, lutimes, mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { dateOfCommit } from '../identity.mjs';

/**
 * Copies what a package installs into a folder that stands for `/`, with the modes of installed files and one date.
 *
 * @param {{ source: string, target: string }[]} files a source that ends in `/` means what is in that folder
 * @param {string} staged
 */
export async function stage(files, staged) {
  for (const { source, target } of files) {
    const to = path.join(staged, target);
    await mkdir(path.dirname(to), { recursive: true });
    await cp(source, to, { recursive: true, verbatimSymlinks: true });
  }
  await settle(staged, dateOfCommit());
}

/**
 * @param {string} file
 * @param {number} date epoch seconds
 */
async function settle(file, date) {
  const stats = await lstat(file);
  if (stats.isDirectory())
    for (const name of await readdir(file)) await settle(path.join(file, name), date);
  if (!stats.isSymbolicLink()) await chmod(file, modeOf(file, stats));
  await lutimes(file, date, date);
}

/**
 * @param {string} file
 * @param {import('node:fs').Stats} stats
 */
function modeOf(file, stats) {
  // Where a person may not make user namespaces, Chromium's sandbox needs root's help.
  if (path.basename(file) === 'chrome-sandbox') return 0o4755;
  return stats.isDirectory() || stats.mode & 0o100 ? 0o755 : 0o644;
}

/** The files below a folder, as paths in it. @param {string} folder @returns {Promise<string[]>} */
export async function filesIn(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort();
}
