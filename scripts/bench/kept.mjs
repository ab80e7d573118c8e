import { copyFileSync, linkSync, mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { startProgram } from './child.mjs';
import { endpoints, provision } from './endpoints.mjs';

/** @type {Map<number, Promise<{ folder: string, bytesPerEvent: number }>>} */
const made = new Map();

/**
 * The folder of an app that has received so many deliveries; made once, and used by every part that asks for it.
 *
 * @param {import('./run.mjs').Bench} bench
 * @param {number} events
 */
export function keptHistory(bench, events) {
  const known = made.get(events) ?? make(bench, events);
  made.set(events, known);
  return known;
}

/**
 * @param {import('./run.mjs').Bench} bench
 * @param {number} events
 */
async function make({ programs, work, port }, events) {
  const folder = path.join(work, `kept-${events}`);
  const task = { what: 'make', folder, events, endpoints, provision: provision(port) };
  const { bytesPerEvent } = await taskResult(programs, task);
  return { folder, bytesPerEvent };
}

/**
 * What the program of the history answers to one task, in a process of its own.
 *
 * @param {string} programs
 * @param {object} task as `programs/history.ts` has it
 */
export function taskResult(programs, task) {
  return startProgram(path.join(programs, 'history.mjs'), task).said();
}

/**
 * Gives a folder the same content. Sealed segments are only ever replaced by a new file, so they need no second copy.
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
