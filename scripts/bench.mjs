// `npm run bench` measures everything there is; `npm run bench -- --quick acks` one part in one short round. It never fails
// because of a figure. What is measured and how is in docs/benchmarks.md.
import { readArguments } from './bench/arguments.mjs';
import { parts } from './bench/parts.mjs';
import { build, isBuilt } from './build.mjs';
import { hasDisplay, runOnDesktop } from './desktop.mjs';
import { findElectron } from './electron-runtime.mjs';
import { run } from './run.mjs';
import { RuntimeProblem } from './runtime/found.mjs';
import { PackagesProblem } from './system-packages.mjs';
import { root } from './tools.mjs';

const PROGRAM = 'scripts/bench/run.mjs';
const IN_ELECTRON = ['acks', 'notifications', 'scroll', 'start'];

const given = process.argv.slice(2);
const { names, unknown } = readArguments(given);
if (unknown !== undefined) {
  process.stderr.write(`Unknown part "${unknown}": there are ${[...parts.keys()].join(', ')}.\n`);
  process.exitCode = 2;
} else {
  process.exitCode = await measure();
}

async function measure() {
  const args = [PROGRAM, ...given];
  if (!names.some((name) => IN_ELECTRON.includes(name)))
    return run(process.execPath, args, { cwd: root });
  try {
    if (process.getuid?.() === 0 && hasDisplay())
      throw new RuntimeProblem('Electron does not run as root with its sandbox.');
    const electron = await findElectron();
    const failed = isBuilt() ? 0 : await build();
    return failed || (await runOnDesktop('node', args, { cwd: root, electron }));
  } catch (error) {
    if (!(error instanceof RuntimeProblem || error instanceof PackagesProblem)) throw error;
    process.stderr.write(`${error.message}\nWhat needs Electron is left out.\n`);
    return run(process.execPath, args, { cwd: root });
  }
}
