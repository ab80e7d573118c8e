import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { root } from '../tools.mjs';

/** Where packages are written to, unless another folder is named. */
export const USUAL_OUTPUT = path.join(root, 'dist');

/** Stands in every folder that this script has emptied once. */
const MARK = '.hookbell-packages';

/**
 * Whether a folder may be emptied: it is not there or empty, or an earlier run has written it.
 *
 * @param {string} output
 */
export async function mayBeEmptied(output) {
  if (output === USUAL_OUTPUT) return true;
  if (!existsSync(output)) return true;
  const names = await readdir(output);
  return names.length === 0 || names.includes(MARK);
}

/** @param {string} output */
export async function emptyOutput(output) {
  await rm(output, { recursive: true, force: true });
  await mkdir(output, { recursive: true });
  await writeFile(path.join(output, MARK), '');
}
