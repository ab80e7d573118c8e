// `npm run screenshots`: the pictures in docs/images/, taken of the real app.
import { cpSync } from 'node:fs';
import path from 'node:path';
import { help, readArguments } from './arguments.mjs';
import { build } from './build.mjs';
import { runOnDesktop } from './desktop.mjs';
import { findElectron } from './electron-runtime.mjs';
import { RuntimeProblem } from './runtime/found.mjs';
import { PackagesProblem } from './system-packages.mjs';
import { root } from './tools.mjs';

const USAGE = `
Usage: npm run screenshots

Builds Hookbell, fills it with simulated deliveries on a virtual desktop, and takes the pictures in docs/images/ anew: every page in
light and dark, and the notifications on the desktop. Linux only.
`;
const RESULTS = 'test-results';
const TAKEN = path.join(RESULTS, 'screenshots');

readArguments(USAGE, { options: { help } });

try {
  process.exitCode = await takeAll();
} catch (error) {
  const isTold = error instanceof RuntimeProblem || error instanceof PackagesProblem;
  process.stderr.write(
    `${isTold ? error.message : error instanceof Error ? error.stack : error}\n`,
  );
  process.exitCode = 1;
}

async function takeAll() {
  if (process.platform !== 'linux') {
    process.stderr.write('The pictures are taken on a virtual desktop, which only Linux has.\n');
    return 1;
  }
  const built = await build();
  if (built) return built;

  // The desktop is virtual on every machine, so that the pictures are alike and show nothing of a person's own.
  for (const name of ['DISPLAY', 'WAYLAND_DISPLAY']) delete process.env[name];
  const code = await runOnDesktop('node', ['scripts/screenshots/take.mjs', TAKEN], {
    cwd: root,
    electron: await findElectron(),
    results: [RESULTS],
  });
  if (code === 0)
    cpSync(path.join(root, TAKEN), path.join(root, 'docs/images'), { recursive: true });
  return code;
}
