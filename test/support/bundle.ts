import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle as bundleInto } from '../../scripts/bundle.mjs';

/** A bundled program, which is removed at the end of its test. */
export type Program = Disposable & { readonly file: string };

/** Bundles a TypeScript program, so that plain Node can run it as a process of its own. */
export const bundle = async (source: string): Promise<Program> => {
  const folder = mkdtempSync(join(tmpdir(), 'hookbell-program-'));
  await bundleInto({ program: source }, folder);
  return {
    file: join(folder, 'program.mjs'),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
};
