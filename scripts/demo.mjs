// `npm run demo`: the main job, end to end, on a machine with or without a display.
import path from 'node:path';
import { help, readArguments } from './arguments.mjs';
import { build } from './build.mjs';
import { isHeadless, runOnDesktop } from './desktop.mjs';
import { findElectron } from './electron-runtime.mjs';
import { RuntimeProblem } from './runtime/found.mjs';
import { PackagesProblem } from './system-packages.mjs';
import { root } from './tools.mjs';

const USAGE = `
Usage: npm run demo

Builds Hookbell, sends simulated deliveries through it and checks what it keeps and notifies. Ends with 0 only where all of them
came through, and leaves test-results/demo.png.
`;
const RESULTS = 'test-results';

readArguments(USAGE, { options: { help } });

try {
  const built = await build();
  process.exitCode =
    built ||
    (await runOnDesktop('node', ['scripts/demo/play.mjs', path.join(RESULTS, 'demo.png')], {
      cwd: root,
      electron: await findElectron(),
      results: [RESULTS],
      env: { HOOKBELL_DEMO_SCREEN: isHeadless() ? 'virtual' : 'real' },
    }));
} catch (error) {
  const isTold = error instanceof RuntimeProblem || error instanceof PackagesProblem;
  process.stderr.write(
    `${isTold ? error.message : error instanceof Error ? error.stack : error}\n`,
  );
  process.exitCode = 1;
}
