import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { megabytes, startProgress } from '../progress.mjs';

const CONNECT_MS = 8_000;
const STALL_MS = 30_000;

const require = createRequire(import.meta.url);
const manifest = require.resolve('electron/package.json');
const folder = path.dirname(manifest);

/** @type {string} */
export const packageVersion = JSON.parse(readFileSync(manifest, 'utf8')).version;

/**
 * The runtime of the `electron` package, where it is unpacked. The package writes `path.txt` last.
 *
 * @returns {import('./found.mjs').Found | undefined}
 */
export function unpackedPackage() {
  const dist = path.join(folder, 'dist');
  const pathFile = path.join(folder, 'path.txt');
  if (!existsSync(pathFile)) return undefined;

  const executable = path.join(dist, readFileSync(pathFile, 'utf8'));
  const version = readFileSync(path.join(dist, 'version'), 'utf8').trim().replace(/^v/, '');
  if (version !== packageVersion || !existsSync(executable)) return undefined;
  return { executable, version, origin: 'the electron package' };
}

/** Downloads that runtime. The package's installer verifies it and unpacks it. */
export async function downloadPackage() {
  await download();
  await promisify(execFile)(process.execPath, [path.join(folder, 'install.js')]);
  const found = unpackedPackage();
  if (!found) throw new Error('its installer left no runtime behind');
  return found;
}

/** Fills the installer's cache: the installer's own download has no timeout. */
async function download() {
  /** @type {typeof import('@electron/get')} */
  const { downloadArtifact } = await import(
    pathToFileURL(createRequire(manifest).resolve('@electron/get')).href
  );
  const patience = new AbortController();
  const giveUp = (/** @type {number} */ ms) =>
    setTimeout(() => patience.abort(new Error(`no answer for ${ms / 1000} s`)), ms);
  let timer = giveUp(CONNECT_MS);
  const progress = startProgress(`Downloading Electron ${packageVersion}`);

  try {
    await downloadArtifact({
      version: packageVersion,
      artifactName: 'electron',
      platform: process.platform,
      arch: process.arch,
      checksums: JSON.parse(readFileSync(path.join(folder, 'checksums.json'), 'utf8')),
      ...(process.env.electron_config_cache && { cacheRoot: process.env.electron_config_cache }),
      downloadOptions: {
        quiet: true,
        signal: patience.signal,
        /** @param {{ transferred: number, total: number | null }} progress */
        async getProgressCallback({ transferred, total }) {
          clearTimeout(timer);
          timer = giveUp(STALL_MS);
          progress.tell(
            `${megabytes(transferred)} of ${total ? megabytes(total) : 'an unknown size'}`,
          );
        },
      },
    });
  } finally {
    clearTimeout(timer);
    progress.done();
  }
}
