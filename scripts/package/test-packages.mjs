import { spawnSync } from 'node:child_process';
import {
  appendFile,
  chmod,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  rename,
  rm,
  symlink,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { run } from '../run.mjs';
import { root } from '../tools.mjs';

/** What the next version is called. */
export const NEXT = '99.0.0';

/** Not copied for the next version. */
const LEFT_OUT = ['.git', 'node_modules', 'out', 'dist', 'test-results'];

/** Where the next version's code differs: in each of the bundles that may meet one of this version. */
const CHANGED = ['electron/main.ts', 'electron/edges/tunnel/agent.ts', 'renderer/main.tsx'];

export const isDebian = () => !spawnSync('dpkg-deb', ['--version'], { stdio: 'ignore' }).error;

/**
 * Builds the .deb of this version, and one of the next, into a folder that everybody can read.
 *
 * @returns {Promise<{ folder: string, code: number }>} the exit code of the build that failed, or 0
 */
export async function buildTestPackages() {
  const folder = await mkdtemp(path.join(tmpdir(), 'hookbell-packages-'));
  await chmod(folder, 0o755);
  const code = (await buildThis(folder)) || (await buildNext(folder));
  return { folder, code };
}

/** @param {string} folder */
const buildThis = (folder) => buildDeb(root, folder, []);

/** @param {string} folder */
async function buildNext(folder) {
  const project = path.join(folder, 'next-project');
  await becomeNext(project);
  const code = await buildDeb(project, folder, ['--app-version', NEXT]);
  await rm(project, { recursive: true });
  return code;
}

/**
 * @param {string} project
 * @param {string} folder
 * @param {string[]} more
 */
async function buildDeb(project, folder, more) {
  const output = path.join(folder, 'output');
  const switches = ['--quick', '--only', 'deb', '--output', output, ...more];
  const code = await run(process.execPath, ['scripts/package.mjs', ...switches], { cwd: project });
  if (code !== 0) return code;
  for (const name of await readdir(output))
    if (name.endsWith('.deb')) await rename(path.join(output, name), path.join(folder, name));
  await rm(output, { recursive: true });
  return 0;
}

/** @param {string} project */
async function becomeNext(project) {
  await mkdir(project);
  for (const name of await readdir(root))
    if (!LEFT_OUT.includes(name))
      await cp(path.join(root, name), path.join(project, name), { recursive: true });
  await lendModules(path.join(root, 'node_modules'), path.join(project, 'node_modules'));
  for (const file of CHANGED)
    await appendFile(
      path.join(project, file),
      `\nReflect.set(globalThis, 'hookbellBuild', '${NEXT}');\n`,
    );
}

/**
 * Links to the modules. Those that are packed are copied, because electron-builder does not follow links.
 *
 * @param {string} modules
 * @param {string} copy
 */
async function lendModules(modules, copy) {
  await mkdir(copy);
  for (const name of await readdir(modules))
    if (name === '@ngrok')
      await cp(path.join(modules, name), path.join(copy, name), { recursive: true });
    else await symlink(path.join(modules, name), path.join(copy, name));
}
