import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

const PATIENCE_MS = 3_000;

/** Every process of a virtual desktop has its folder in this variable. */
export const MARK = 'HOOKBELL_DESKTOP';

/**
 * Ends the processes that a command left on its desktop, wherever they are in the process tree.
 *
 * @param {string} folder
 */
export async function endLeftovers(folder) {
  for (const pid of await processesOf(folder)) kill(pid, 'SIGTERM');
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await pause(50))
    if ((await processesOf(folder)).length === 0) return;
  for (const pid of await processesOf(folder)) kill(pid, 'SIGKILL');
}

/** @param {string} folder */
async function processesOf(folder) {
  const mark = `${MARK}=${folder}`;
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const marked = await Promise.all(
    pids.map(async (pid) => {
      const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
      return environment.split('\0').includes(mark);
    }),
  );
  return pids.filter((_, index) => marked[index]).map(Number);
}

/**
 * @param {number} pid
 * @param {NodeJS.Signals} signal
 */
function kill(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended already.
  }
}
