import { readFile, rm, writeFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

const POLL_MS = 200;

/**
 * Runs `work` while no other process holds the same lock file. The lock of a killed process does not count. It is there to save work:
 * results must still appear by one rename.
 *
 * @template T
 * @param {string} file
 * @param {() => Promise<T>} work
 */
export async function withLock(file, work) {
  while (!(await taken(file))) {
    if (await isAbandoned(file)) await rm(file, { force: true });
    else await pause(POLL_MS);
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

/** @param {string} file */
const taken = (file) =>
  writeFile(file, `${process.pid}`, { flag: 'wx' }).then(
    () => true,
    (error) => {
      if (error.code === 'EEXIST') return false;
      throw error;
    },
  );

/** @param {string} file */
async function isAbandoned(file) {
  const owner = Number(await readFile(file, 'utf8').catch(() => ''));
  // A lock that was just created is still empty.
  if (!owner) return false;
  try {
    process.kill(owner, 0);
    return false;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'ESRCH';
  }
}
