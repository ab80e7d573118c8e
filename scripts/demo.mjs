// `npm run demo`: the main job, end to end, on a machine with or without a display. Exit code 0 only when everything came through.
import path from 'node:path';
import { build } from './build.mjs';
import { isHeadless, runOnDesktop } from './desktop.mjs';
import { findElectron } from './electron-runtime.mjs';
import { RuntimeProblem } from './runtime/found.mjs';
import { PackagesProblem } from './system-packages.mjs';
import { root } from './tools.mjs';

const RESULTS = 'test-results';

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
