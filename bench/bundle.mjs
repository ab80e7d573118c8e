import { mkdirSync, mkdtempSync } from 'node:fs';
import path from 'node:path';
import { bundle } from '../scripts/bundle.mjs';
import { root } from '../scripts/tools.mjs';

const PROGRAMS = [
  'bare',
  'express-sample',
  'store-per-event',
  'least',
  'receiver',
  'load',
  'first-answer',
  'history',
  'notifying',
  'tray-host',
];

/**
 * Bundles the programs under measure as the app is bundled. Their folder is below `node_modules`, where the Express sample finds
 * Express as everybody runs it.
 */
export async function bundlePrograms() {
  const caches = path.join(root, 'node_modules', '.cache');
  mkdirSync(caches, { recursive: true });
  const folder = mkdtempSync(path.join(caches, 'bench-'));
  const sources = PROGRAMS.map((name) => [name, `bench/programs/${name}.ts`]);
  await bundle(Object.fromEntries(sources), folder, { minify: true });
  return folder;
}
