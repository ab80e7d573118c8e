import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Arch } from 'electron-builder';
import { setFuses } from './fuses.mjs';

/**
 * Finishes a packed app, before it is signed.
 *
 * @param {import('electron-builder').AfterPackContext} context
 * @param {{ version: string, feed: string | null }} packaging
 */
export async function finish(
  { appOutDir, packager, electronPlatformName, arch },
  { version, feed },
) {
  const product = packager.appInfo.productFilename;
  const isMac = electronPlatformName === 'darwin';
  const executable =
    {
      darwin: path.join(appOutDir, `${product}.app`, 'Contents', 'MacOS', product),
      win32: path.join(appOutDir, `${product}.exe`),
    }[electronPlatformName] ?? path.join(appOutDir, 'hookbell');
  const resources = isMac
    ? path.join(appOutDir, `${product}.app`, 'Contents', 'Resources')
    : path.join(appOutDir, 'resources');

  // A runtime that was not downloaded by electron-builder is copied as it is, with what belongs to an unpacked one only.
  for (const name of ['version', 'hookbell-runtime', 'resources/app', 'resources/default_app.asar'])
    await rm(path.join(appOutDir, name), { recursive: true, force: true });

  // The running app watches it: a package manager that upgrades the app replaces it.
  await writeFile(path.join(resources, 'version'), `${version}\n`);
  if (feed !== null)
    await writeFile(
      path.join(resources, 'app-update.yml'),
      `provider: generic\nurl: ${JSON.stringify(feed)}\nupdaterCacheDirName: hookbell-updater\n`,
    );
  await setFuses(executable, { resetAdHocDarwinSignature: isMac && arch === Arch.arm64 });
}
