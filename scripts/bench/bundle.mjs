import { mkdirSync, mkdtempSync } from 'node:fs';
import path from 'node:path';
import { build } from 'vite';
import { root } from '../tools.mjs';

const PROGRAMS = [
  ...['bare', 'express-sample', 'store-per-event', 'least', 'receiver'],
  ...['load', 'history', 'notifying'],
];

/**
 * Bundles our real code for plain Node the way the app is bundled, and gives the folder the programs are in: below
 * `node_modules`, so that what is loaded from there as everybody loads it is found.
 */
export async function bundlePrograms() {
  const caches = path.join(root, 'node_modules', '.cache');
  mkdirSync(caches, { recursive: true });
  const folder = mkdtempSync(path.join(caches, 'bench-'));
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    ssr: { noExternal: true },
    build: {
      ssr: true,
      target: 'node20',
      minify: true,
      outDir: folder,
      emptyOutDir: false,
      rolldownOptions: {
        input: PROGRAMS.map((name) => path.join(root, `scripts/bench/programs/${name}.ts`)),
        output: { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
      },
    },
  });
  return folder;
}
