// `npm test`: everything that a commit has to pass.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { help, readArguments, refuseArguments } from './arguments.mjs';
import { build } from './build.mjs';
import { ordinaryUser } from './desktop/person.mjs';
import { isHeadless, runOnDesktop } from './desktop.mjs';
import { findElectron } from './electron-runtime.mjs';
import { openAdministrator } from './package/administrator.mjs';
import { buildTestPackages, isDebian } from './package/test-packages.mjs';
import { run } from './run.mjs';
import { RuntimeProblem } from './runtime/found.mjs';
import { ensureSystemPackages, FOR_INSTALLING, PackagesProblem } from './system-packages.mjs';
import { root, tool } from './tools.mjs';

const USAGE = `
Usage: npm test
       npm run test:electron -- [ARGUMENT…]
       npm run test:installed -- [ARGUMENT…]

Runs the linter, the compiler and all tests, phase after phase, and stops at the first phase that fails. test:electron runs the
tests in a real Electron only, test:installed those of the installed package, with these arguments for Vitest, such as a file or
-t 'part of a name'.
`;
const RESULTS = 'test-results';
const count = { passed: 0, failed: 0 };

process.env.TZ = 'UTC';
const given = process.argv.slice(2);
const { positionals } = readArguments(USAGE, {
  args: given.includes('--help') ? ['--help'] : given.slice(0, 1),
  options: { help },
  allowPositionals: true,
});
const [only] = positionals;
const forVitest = given.slice(1);
if (only !== undefined && only !== 'electron' && only !== 'installed')
  refuseArguments(`There is no part "${only}".`);

const inElectron = {
  build,
  electron: () => vitest('electron', forVitest),
};
const onLinux = process.platform === 'linux' ? { bus: onBuses } : {};
const isRoot = process.getuid?.() === 0;
const asRoot = isRoot ? { 'full disk': () => vitest('root', []) } : {};
const installing = isRoot && isDebian() ? { 'installed package': installed } : {};
const phases =
  only === 'electron'
    ? inElectron
    : only === 'installed'
      ? installing
      : {
          lint: () => node(tool.biome, 'ci', '.'),
          types: () => node(tool.tsc, '-b'),
          unit: () => vitest('unit', []),
          memory: () => vitest('memory', []),
          durability: () => vitest('durability', []),
          ...onLinux,
          ...asRoot,
          ...inElectron,
          ...installing,
        };

process.exitCode = await runPhases();
process.stdout.write(`${count.passed} passed, ${count.failed} failed\n`);

async function runPhases() {
  if (only === 'installed' && Object.keys(installing).length === 0) {
    process.stderr.write(
      'The installed package is tested on Debian by root alone, who can install one.\n',
    );
    return 1;
  }
  if (only === undefined && Object.keys(asRoot).length === 0)
    process.stdout.write('Left out: a full disk is tested by root alone, who can mount one.\n');
  if (Object.keys(installing).length === 0 && only !== 'electron')
    process.stdout.write(
      'Left out: the installed package is tested on Debian by root alone, who can install one.\n',
    );
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

/** Installs `dbus-daemon` first on a machine without a desktop. */
function onBuses() {
  if (isHeadless()) ensureSystemPackages();
  return vitest('bus', []);
}

async function installed() {
  ensureSystemPackages(FOR_INSTALLING);
  const { folder, code } = await buildTestPackages();
  const socket = path.join(folder, 'administrator');
  try {
    if (code !== 0) return code;
    const administrator = await openAdministrator(socket, folder, ordinaryUser());
    try {
      return await vitest('installed', forVitest, {
        HOOKBELL_ADMINISTRATOR: socket,
        HOOKBELL_PACKAGES: folder,
      });
    } finally {
      await administrator.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string[]} args */
function node(...args) {
  return run(process.execPath, args, { cwd: root });
}

/**
 * @param {'unit' | 'memory' | 'durability' | 'bus' | 'root' | 'electron' | 'installed'} project
 * @param {string[]} extra
 * @param {Record<string, string>} [env]
 */
async function vitest(project, extra, env = {}) {
  const report = path.join(RESULTS, `${project}.json`);
  mkdirSync(path.join(root, RESULTS), { recursive: true });
  rmSync(path.join(root, report), { force: true });

  const args = [
    tool.vitest,
    'run',
    '--config',
    'test/vitest.config.ts',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...extra,
  ];
  const code =
    project === 'electron' || project === 'installed'
      ? await runOnDesktop('node', args, {
          cwd: root,
          electron: await findElectron(),
          results: [RESULTS],
          env,
        })
      : await node(...args);
  return judged(code, path.join(root, report));
}

/**
 * Adds a report to the count. A run without a single test fails.
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
