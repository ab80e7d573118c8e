import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, symlink } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { may } from './person.mjs';

const NOT_LENT = ['.git', 'node_modules'];

/** @typedef {import('./person.mjs').Person} Person */

/**
 * Copies the project for an ordinary user, who may not write to the original and perhaps not read it.
 *
 * @param {Person} person
 * @param {string} project
 * @param {string} copy
 * @param {string[]} results folders the command makes: they come back, so they start empty
 */
export async function lendProject(person, project, copy, results) {
  await mkdir(copy);
  const names = (await readdir(project)).filter(
    (name) => !NOT_LENT.includes(name) && !results.includes(name),
  );
  await copyInto(
    copy,
    names.map((name) => path.join(project, name)),
  );

  if (existsSync(path.join(project, 'node_modules')))
    await lendModules(person, path.join(project, 'node_modules'), path.join(copy, 'node_modules'));
}

/**
 * Links to the packages where the user can read them, and copies them elsewhere. The folder is the user's own, since tools write into it.
 *
 * @param {Person} person
 * @param {string} modules
 * @param {string} copy
 */
async function lendModules(person, modules, copy) {
  await mkdir(copy);
  const packages = (await readdir(modules))
    .filter((name) => name === '.bin' || !name.startsWith('.'))
    .map((name) => path.join(modules, name));
  if (may(person, '-x', modules))
    for (const folder of packages) await symlink(folder, path.join(copy, path.basename(folder)));
  else await copyInto(copy, packages);
}

/**
 * The path at which an ordinary user can run a program: its own, or that of a copy with its whole folder.
 *
 * @param {Person} person
 * @param {string} executable
 * @param {string} copy
 */
export async function lendProgram(person, executable, copy) {
  if (may(person, '-x', executable)) return executable;
  await mkdir(copy);
  const folder = path.dirname(executable);
  await copyInto(
    copy,
    (await readdir(folder)).map((name) => path.join(folder, name)),
  );
  return path.join(copy, path.basename(executable));
}

/**
 * @param {string} copy
 * @param {string} project
 * @param {string[]} results
 */
export async function bringBack(copy, project, results) {
  for (const name of results) {
    if (!existsSync(path.join(copy, name))) continue;
    await copyInto(project, [path.join(copy, name)], '--no-preserve=ownership');
  }
}

/**
 * @param {string} folder
 * @param {string[]} sources
 * @param {string[]} options
 */
async function copyInto(folder, sources, ...options) {
  if (sources.length > 0)
    await promisify(execFile)('cp', ['-a', '--reflink=auto', ...options, '--', ...sources, folder]);
}
