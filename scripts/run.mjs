import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';

/** @typedef {'SIGINT' | 'SIGTERM' | 'SIGHUP'} Stop */
/** @type {Stop[]} */
const STOPS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a program on our stdin, stdout and stderr, and settles with its exit code.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 */
export async function run(command, args, options = {}) {
  const child = spawn(command, args, { ...options, stdio: 'inherit' });
  return exitOf(child, (signal) => {
    // The terminal has sent Ctrl-C to the child as well, and Electron takes a second one for a kill.
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  });
}

/**
 * Waits for a child to end, and settles with its exit code. Until then, signals that would stop us go to the child instead.
 *
 * @param {import('node:child_process').ChildProcess} child
 * @param {(signal: Stop) => void} pass
 * @returns {Promise<number>}
 */
export async function exitOf(child, pass) {
  for (const stop of STOPS) process.on(stop, pass);
  try {
    const [code, signal] = await once(child, 'exit');
    return code ?? 128 + constants.signals[/** @type {NodeJS.Signals} */ (signal)];
  } finally {
    for (const stop of STOPS) process.off(stop, pass);
  }
}
