import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { run } from './run.mjs';
import { root, tool } from './tools.mjs';

const SOURCES = [
  'electron',
  'renderer',
  'shared',
  'resources',
  'electron.vite.config.ts',
  'package.json',
  'package-lock.json',
];
const BUILT = ['out/main/main.js', 'out/preload/preload.cjs', 'out/renderer/index.html'];

export const build = () =>
  run(process.execPath, [tool.electronVite, 'build', '--logLevel', 'warn'], { cwd: root });

/** Whether `out/` is newer than every source. */
export const isBuilt = () => {
  const builtAt = Math.min(...BUILT.map((file) => changedAt(file, 0)));
  return SOURCES.every((source) => changedAt(source, 0) <= builtAt && newestIn(source) <= builtAt);
};

/** @param {string} source */
function newestIn(source) {
  const stats = statSync(path.join(root, source), { throwIfNoEntry: false });
  if (!stats?.isDirectory()) return 0;
  const files = readdirSync(path.join(root, source), { recursive: true, encoding: 'utf8' });
  return Math.max(0, ...files.map((file) => changedAt(path.join(source, file), 0)));
}

/**
 * @param {string} file
 * @param {number} otherwise
 */
const changedAt = (file, otherwise) =>
  statSync(path.join(root, file), { throwIfNoEntry: false })?.mtimeMs ?? otherwise;
