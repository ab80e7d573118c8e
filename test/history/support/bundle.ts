import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('../../..', import.meta.url));

export type Program = Disposable & { readonly file: string };

/** Bundles one of our TypeScript programs, so that plain Node can run it as a process of its own. */
export const bundle = async (source: string): Promise<Program> => {
  const folder = mkdtempSync(join(tmpdir(), 'hookbell-program-'));
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: join(root, source),
      outDir: folder,
      target: 'node20',
      rolldownOptions: { output: { entryFileNames: 'program.mjs' } },
    },
  });
  return {
    file: join(folder, 'program.mjs'),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
};
