import { stat } from 'node:fs/promises';
import path from 'node:path';
import { root } from '../tools.mjs';

/**
 * @typedef {{ target: string, status: 'built', file: string, ms: number }
 *   | { target: string, status: 'skipped' | 'failed', why: string }} Outcome
 */

/**
 * Tells a person what was built, and what was not and why.
 *
 * @param {Outcome[]} outcomes
 * @param {string} version of the packages
 * @param {{ version: string, origin: string }} electron
 */
export async function report(outcomes, version, electron) {
  const lines = await Promise.all(outcomes.map(lineOf));
  process.stdout.write(
    `\nHookbell ${version} with Electron ${electron.version} (${electron.origin})\n${lines.join('\n')}\n`,
  );
}

/** @param {Outcome} outcome */
async function lineOf(outcome) {
  const name = outcome.target.padEnd(9);
  if (outcome.status !== 'built') return `  ${name} ${outcome.status}: ${outcome.why}`;
  const stats = await stat(outcome.file);
  const megabytes = stats.isFile() ? `${(stats.size / 1e6).toFixed(1)} MB, ` : '';
  return `  ${name} ${path.relative(root, outcome.file)} (${megabytes}${(outcome.ms / 1000).toFixed(1)} s)`;
}
