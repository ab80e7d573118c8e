import { build } from 'vite';
import { root } from './tools.mjs';

/**
 * Bundles TypeScript programs for plain Node, which cannot run them as they are. Each becomes `NAME.mjs` in the folder.
 *
 * @param {Record<string, string>} programs name → source, relative to the project
 * @param {string} folder
 * @param {{ minify?: boolean }} [options] `minify` as the app itself is
 */
export async function bundle(programs, folder, { minify = false } = {}) {
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: true,
      target: 'node20',
      minify,
      outDir: folder,
      emptyOutDir: false,
      rolldownOptions: {
        input: programs,
        output: { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
      },
    },
  });
}
