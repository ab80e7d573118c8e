import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { findRuntime } from '../scripts/electron-runtime.mjs';
import { packAnyApp, packApp } from '../scripts/package/builder.mjs';
import { manifest } from '../scripts/package/identity.mjs';
import { root } from '../scripts/tools.mjs';

const FOLDER = path.join('dist', 'bench');
const UNPACKED = process.arch === 'x64' ? 'linux-unpacked' : `linux-${process.arch}-unpacked`;

/** The packed Hookbell, relative to the project. */
export const HOOKBELL = path.join(FOLDER, 'hookbell', UNPACKED, 'hookbell');
/** A packed app that only becomes ready. */
export const EMPTY = path.join(FOLDER, 'empty', UNPACKED, 'hookbell');

/** Packs Hookbell and an empty app, alike in all but their code. */
export async function packForBench() {
  const electron = await findRuntime();
  const folder = path.join(root, FOLDER);
  await rm(folder, { recursive: true, force: true });
  const packaging = {
    dist: path.dirname(electron.executable),
    electronVersion: electron.version,
    version: manifest.version,
    quick: true,
    feed: null,
  };
  await packApp({ ...packaging, output: path.join(folder, 'hookbell') });
  const project = path.join(folder, 'empty-project');
  await mkdir(project);
  await writeFile(
    path.join(project, 'package.json'),
    JSON.stringify({
      ...manifest,
      dependencies: {},
      devDependencies: {},
      type: 'commonjs',
      main: 'main.js',
    }),
  );
  await writeFile(
    path.join(project, 'main.js'),
    "require('electron').app.whenReady().then(() => process.stdout.write('ready\\n'));",
  );
  await packAnyApp(project, ['main.js'], { ...packaging, output: path.join(folder, 'empty') });
  await rm(project, { recursive: true });
}
