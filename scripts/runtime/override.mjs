import path from 'node:path';
import { executableIn, isExecutable, versionIn } from './dist.mjs';
import { RuntimeProblem } from './found.mjs';

/**
 * The runtime that the environment names. One that is not there is an error: nothing else is tried.
 *
 * @returns {Promise<import('./found.mjs').Found | undefined>}
 */
export async function overridden() {
  const { ELECTRON_OVERRIDE_DIST_PATH: folder, ELECTRON_EXEC_PATH: file } = process.env;
  if (folder) return chosen('ELECTRON_OVERRIDE_DIST_PATH', folder, executableIn(folder));
  if (file) return chosen('ELECTRON_EXEC_PATH', file, file);
  return undefined;
}

/**
 * @param {string} variable
 * @param {string} value
 * @param {string} file
 */
async function chosen(variable, value, file) {
  const executable = path.resolve(file);
  if (!(await isExecutable(executable)))
    throw new RuntimeProblem(
      `${variable} is "${value}", but there is no executable ${executable}.\n` +
        `Point it to ${variable.endsWith('DIST_PATH') ? 'a folder that holds an unpacked Electron' : 'an Electron executable'}, or unset it.`,
    );
  return { executable, version: await versionIn(path.dirname(executable)), origin: variable };
}
