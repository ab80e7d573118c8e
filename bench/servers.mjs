import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../scripts/tools.mjs';
import { startElectron, startProgram } from './child.mjs';
import { provision, sources } from './sources.mjs';

/**
 * A server that answers on the port. `cpuMicros` is its process's CPU time so far; null where the system does not tell.
 *
 * @typedef {object} Running
 * @property {() => Promise<number | null>} cpuMicros
 * @property {() => Promise<void>} stop
 */

/**
 * @typedef {object} Place
 * @property {string} folder
 * @property {number} port
 * @property {number} [syncMs]
 */

/**
 * A server that takes part in the comparison.
 *
 * @typedef {object} Contender
 * @property {string} name
 * @property {boolean} keeps whether it dedupes, and so must never get a delivery twice
 * @property {(place: Place) => Promise<Running>} start
 */

/**
 * @param {string} programs the folder of the bundled programs
 * @param {string} program
 * @returns {Contender['start']}
 */
const inNode =
  (programs, program) =>
  async ({ folder, port, syncMs = 0 }) => {
    const job = { port, sources, folder, provision: provision(port), syncMs };
    const { said, ask, stop } = startProgram(path.join(programs, `${program}.mjs`), job);
    await said();
    return { cpuMicros: () => ask({}), stop };
  };

/**
 * @param {string} electron
 * @returns {Contender['start']}
 */
const inElectron =
  (electron) =>
  async ({ folder, port }) => {
    const file = path.join(folder, 'provision.json');
    writeFileSync(file, JSON.stringify(provision(port)));
    const { pid, stop } = await startElectron(
      electron,
      [root, `--user-data-dir=${folder}`, '--hidden', '--provision', file],
      'Hookbell listens',
    );
    return { cpuMicros: async () => cpuOf(pid), stop };
  };

/**
 * The CPU time in µs of a process and its threads, from the kernel's ticks of 10 ms. Linux alone.
 *
 * @param {number} pid
 */
function cpuOf(pid) {
  if (process.platform !== 'linux') return null;
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const [user, system] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13);
  return (Number(user) + Number(system)) * 10_000;
}

export const BARE = 'node:http';
export const EXPRESS = 'the Express sample';
export const LEAST = 'the least that keeps';
export const IN_NODE = 'Hookbell in plain Node';
export const IN_ELECTRON = 'Hookbell in Electron';

/**
 * @param {import('./types.mjs').Bench} bench
 * @returns {Contender}
 */
export const receiver = ({ programs }) => ({
  name: IN_NODE,
  keeps: true,
  start: inNode(programs, 'receiver'),
});

/**
 * All that acknowledge deliveries. The first two store nothing: they are the floors.
 *
 * @param {import('./types.mjs').Bench} bench
 * @returns {Contender[]}
 */
export function contenders(bench) {
  const { programs, electron } = bench;
  return [
    { name: BARE, keeps: false, start: inNode(programs, 'bare') },
    { name: EXPRESS, keeps: false, start: inNode(programs, 'express-sample') },
    { name: LEAST, keeps: true, start: inNode(programs, 'least') },
    { name: 'conf set() per event', keeps: false, start: inNode(programs, 'store-per-event') },
    receiver(bench),
    ...(electron ? [{ name: IN_ELECTRON, keeps: true, start: inElectron(electron) }] : []),
  ];
}
