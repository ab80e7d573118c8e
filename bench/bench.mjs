// `npm run bench`: docs/benchmarks.md says what is measured, and how. No figure makes it fail.
import { build, isBuilt } from '../scripts/build.mjs';
import { hasDisplay, runOnDesktop } from '../scripts/desktop.mjs';
import { findElectron } from '../scripts/electron-runtime.mjs';
import { run } from '../scripts/run.mjs';
import { RuntimeProblem } from '../scripts/runtime/found.mjs';
import { PackagesProblem } from '../scripts/system-packages.mjs';
import { root } from '../scripts/tools.mjs';
import { benchArguments } from './arguments.mjs';
import { packForBench } from './packed-apps.mjs';

const PROGRAM = 'bench/run.mjs';
const PACKED = 'packed';
const IN_ELECTRON = ['acks', 'notifications', 'scroll', 'start', PACKED];

const { names } = benchArguments();
process.exitCode = await measure();

async function measure() {
  const args = [PROGRAM, ...process.argv.slice(2)];
  const inNode = () => run(process.execPath, args, { cwd: root });
  if (!names.some((name) => IN_ELECTRON.includes(name))) return inNode();
  try {
    if (process.getuid?.() === 0 && hasDisplay())
      throw new RuntimeProblem('Electron does not run as root with its sandbox.');
    const electron = await findElectron();
    const failed = isBuilt() ? 0 : await build();
    if (failed) return failed;
    if (names.includes(PACKED)) await packForBench();
    return await runOnDesktop('node', args, { cwd: root, electron });
  } catch (error) {
    if (!(error instanceof RuntimeProblem || error instanceof PackagesProblem)) throw error;
    process.stderr.write(`${error.message}\nWhat needs Electron is left out.\n`);
    return inNode();
  }
}
