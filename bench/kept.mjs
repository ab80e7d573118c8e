import { copyFileSync, linkSync, mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { startProgram } from './child.mjs';
import { provision, sources } from './sources.mjs';

/** @type {Map<string, Promise<{ folder: string, bytesPerEvent: number }>>} */
const made = new Map();

/**
 * The folder of an app that has received so many deliveries. It is made once for all parts.
 *
 * @param {import('./types.mjs').Bench} bench
 * @param {number} events
 * @param {boolean} bursts whether most of them are parts of bursts
 */
export function keptHistory(bench, events, bursts = false) {
  const name = `kept-${events}${bursts ? '-bursts' : ''}`;
  const known = made.get(name) ?? make(bench, events, bursts, name);
  made.set(name, known);
  return known;
}

/**
 * @param {import('./types.mjs').Bench} bench
 * @param {number} events
 * @param {boolean} bursts
 * @param {string} name
 */
async function make({ programs, work, port }, events, bursts, name) {
  const folder = path.join(work, name);
  const task = { what: 'make', folder, events, bursts, sources, provision: provision(port) };
  const { bytesPerEvent } = await taskResult(programs, task);
  return { folder, bytesPerEvent };
}

/**
 * The answer of `programs/history.ts` to one task, from a process of its own.
 *
 * @param {string} programs
 * @param {object} task as `programs/history.ts` has it
 */
export function taskResult(programs, task) {
  return startProgram(path.join(programs, 'history.mjs'), task).said();
}

/**
 * Copies a folder. Sealed segments are never written in place, so a link is enough for them.
 *
 * @param {string} from
 * @param {string} to
 */
export function furnish(from, to) {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
    if (entry.isDirectory()) furnish(source, target);
    else if (/^seg-\d+\.json$/.test(entry.name)) linkSync(source, target);
    else copyFileSync(source, target);
  }
}
