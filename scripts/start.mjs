// `npm start`: builds Hookbell where the sources are newer, and starts it.
import { help, readArguments } from './arguments.mjs';
import { build, isBuilt } from './build.mjs';
import { hasDisplay, runOnDesktop } from './desktop.mjs';
import { findElectron } from './electron-runtime.mjs';
import { run } from './run.mjs';
import { RuntimeProblem } from './runtime/found.mjs';
import { PackagesProblem } from './system-packages.mjs';
import { root } from './tools.mjs';

const USAGE = `
Usage: npm start -- [SWITCH…]

Builds Hookbell where the sources are newer than the build, and starts it with these switches. README.md lists Hookbell's own;
those of Electron and Chromium are passed on too.
`;

const switches = process.argv.slice(2);
readArguments(USAGE, { options: { help }, strict: false });
const isRoot = process.getuid?.() === 0;

try {
  process.exitCode = await start();
} catch (error) {
  if (!(error instanceof RuntimeProblem || error instanceof PackagesProblem)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

async function start() {
  if (isRoot && hasDisplay()) {
    say('Electron does not run as root with its sandbox. Start Hookbell as an ordinary user.');
    return 1;
  }
  const failed = isBuilt() ? 0 : await build();
  if (failed) return failed;

  const electron = await findElectron();
  if (hasDisplay()) return run(electron, ['.', ...switches], { cwd: root });

  say(
    'There is no display here, so nobody will see the window. `npm run demo` shows what it does.',
  );
  if (isRoot)
    say('Electron does not run as root with its sandbox: it runs as the user hookbell instead.');
  return runOnDesktop('node', ['scripts/start.mjs', ...switches], {
    cwd: root,
    electron,
    keepsProfile: true,
  });
}

/** @param {string} line */
function say(line) {
  process.stderr.write(`${line}\n`);
}
