import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../tools.mjs';
import { startElectron, startProgram } from './child.mjs';
import { endpoints, provision } from './endpoints.mjs';

/**
 * A server that answers on the port; `cpuMicros` is what its process has used so far, null where nobody tells.
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
 * One that takes part in a comparison.
 *
 * @typedef {object} Contender
 * @property {string} name
 * @property {boolean} keeps whether it remembers deliveries, and so must never get one twice
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
    const job = { port, endpoints, folder, provision: provision(port), syncMs };
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
 * What the kernel counts for a process with all its threads, in its ticks of 10 ms: only Linux tells it in a file.
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
/** Little more than what it takes to lose nothing, in plain Node: what all our rules cost beside it. No upper bound. */
export const LEAST = 'the least that keeps';
export const IN_NODE = 'Hookbell in plain Node';
export const IN_ELECTRON = 'Hookbell in Electron';

/**
 * @param {import('./run.mjs').Bench} bench
 * @returns {Contender}
 */
export const receiver = ({ programs }) => ({
  name: IN_NODE,
  keeps: true,
  start: inNode(programs, 'receiver'),
});

/**
 * Everybody who acknowledges deliveries, the floors first: those two keep nothing.
 *
 * @param {import('./run.mjs').Bench} bench
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
