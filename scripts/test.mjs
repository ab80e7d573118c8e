// `npm test` runs every phase; `node scripts/test.mjs electron ARGS…` the one in real Electron, with ARGS for vitest.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build } from './build.mjs';
import { isHeadless, runOnDesktop } from './desktop.mjs';
import { findElectron } from './electron-runtime.mjs';
import { run } from './run.mjs';
import { RuntimeProblem } from './runtime/found.mjs';
import { ensureSystemPackages, PackagesProblem } from './system-packages.mjs';
import { root, tool } from './tools.mjs';

const RESULTS = 'test-results';
const count = { passed: 0, failed: 0 };

process.env.TZ = 'UTC';
const [only, ...forVitest] = process.argv.slice(2);
if (only !== undefined && only !== 'electron') {
  process.stderr.write(`Unknown part "${only}": there is "electron", or nothing for all.\n`);
  process.exit(2);
}

const inElectron = {
  build,
  electron: () => vitest('electron', forVitest),
};
/** Only Linux has a session bus. */
const onLinux = process.platform === 'linux' ? { bus: onBuses } : {};
/** Only root can mount a disk. */
const asRoot = process.getuid?.() === 0 ? { 'full disk': () => vitest('root', []) } : {};
const phases =
  only === 'electron'
    ? inElectron
    : {
        lint: () => node(tool.biome, 'ci', '.'),
        types: () => node(tool.tsc, '-b'),
        unit: () => vitest('unit', []),
        memory: () => vitest('memory', []),
        ...onLinux,
        ...asRoot,
        ...inElectron,
      };

process.exitCode = await runPhases();
process.stdout.write(`${count.passed} passed, ${count.failed} failed\n`);

async function runPhases() {
  if (only === undefined && Object.keys(asRoot).length === 0)
    process.stdout.write('Left out: a full disk is tested by root alone, who can mount one.\n');
  if (only === undefined && Object.keys(onLinux).length === 0)
    process.stdout.write('Left out: the session bus is tested on Linux alone, which has one.\n');
  for (const [name, phase] of Object.entries(phases)) {
    process.stdout.write(`\n== ${name}\n`);
    const startedAt = Date.now();
    const code = await settled(phase);
    const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
    process.stdout.write(`== ${name} ${code === 0 ? 'passed' : 'FAILED'} after ${seconds} s\n`);
    if (code !== 0) return code;
  }
  return 0;
}

/** @param {() => Promise<number>} phase */
async function settled(phase) {
  try {
    return await phase();
  } catch (error) {
    const isTold = error instanceof RuntimeProblem || error instanceof PackagesProblem;
    process.stderr.write(
      `${isTold ? error.message : error instanceof Error ? error.stack : error}\n`,
    );
    return 1;
  }
}

/** A machine without a desktop may have no `dbus-daemon` yet. */
function onBuses() {
  if (isHeadless()) ensureSystemPackages();
  return vitest('bus', []);
}

/** @param {string[]} args */
function node(...args) {
  return run(process.execPath, args, { cwd: root });
}

/**
 * @param {'unit' | 'memory' | 'bus' | 'root' | 'electron'} project
 * @param {string[]} extra
 */
async function vitest(project, extra) {
  const report = path.join(RESULTS, `${project}.json`);
  mkdirSync(path.join(root, RESULTS), { recursive: true });
  rmSync(path.join(root, report), { force: true });

  const args = [
    ...[tool.vitest, 'run', '--config', 'test/vitest.config.ts', '--project', project],
    ...['--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    ...extra,
  ];
  const code =
    project === 'electron'
      ? await runOnDesktop('node', args, {
          cwd: root,
          electron: await findElectron(),
          results: [RESULTS],
        })
      : await node(...args);
  return judged(code, path.join(root, report));
}

/**
 * Adds a report to the count. Where nothing ran, nothing passed.
 *
 * @param {number} code
 * @param {string} file
 */
function judged(code, file) {
  /** @type {{ numPassedTests: number, numFailedTests: number }} */
  let report;
  try {
    report = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    process.stderr.write('vitest left no report.\n');
    return code || 1;
  }
  count.passed += report.numPassedTests;
  count.failed += report.numFailedTests;
  if (code === 0 && report.numPassedTests === 0) {
    process.stderr.write('No test ran.\n');
    return 1;
  }
  return code;
}
