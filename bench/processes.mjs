import { readdirSync, readFileSync } from 'node:fs';

/** Of Linux's clock that /proc counts in, in ms. */
const TICK_MS = 10;

/**
 * A process and all that it started, by id.
 *
 * @param {number} pid
 * @returns {number[]}
 */
export function processesOf(pid) {
  const parents = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => [Number(name), Number(fieldsOf(Number(name))[1])]),
  );
  const children = [...parents].filter(([, parent]) => parent === pid).map(([child]) => child);
  return [pid, ...children.flatMap(processesOf)];
}

/**
 * The memory of processes, a shared page counted in parts.
 *
 * @param {number[]} pids
 */
export const pssMiB = (pids) =>
  pids.reduce(
    (sum, pid) => sum + Number(/^Pss:\s+(\d+)/m.exec(read(pid, 'smaps_rollup'))?.[1] ?? 0),
    0,
  ) / 1024;

/**
 * The processor time of processes so far, in ms.
 *
 * @param {number[]} pids
 */
export const cpuMs = (pids) =>
  pids.reduce((sum, pid) => {
    const fields = fieldsOf(pid);
    return sum + (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) * TICK_MS;
  }, 0);

/**
 * The fields of /proc/PID/stat after the name, which may hold spaces: state, parent, …
 *
 * @param {number} pid
 */
const fieldsOf = (pid) =>
  read(pid, 'stat')
    .replace(/^.*\) /s, '')
    .split(' ');

/**
 * @param {number} pid
 * @param {string} name
 */
function read(pid, name) {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return ''; // It has ended.
  }
}
