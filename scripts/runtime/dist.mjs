import { access, constants, readFile } from 'node:fs/promises';
import path from 'node:path';

/** The executable of an unpacked Electron. */
export const executableIn = (/** @type {string} */ folder) =>
  path.join(
    folder,
    process.platform === 'darwin'
      ? 'Electron.app/Contents/MacOS/Electron'
      : process.platform === 'win32'
        ? 'electron.exe'
        : 'electron',
  );

/** @param {string} folder */
export const versionIn = async (folder) =>
  (await readFile(path.join(folder, 'version'), 'utf8').catch(() => 'of unknown version'))
    .trim()
    .replace(/^v/, '');

/** @param {string} file */
export const isExecutable = (file) =>
  access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
