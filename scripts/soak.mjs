// `npm run soak` tries for minutes what `npm test` tries for seconds: kills, rot, failing disks, strangers, long running, and then
// memory in a real Electron.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'vite';
import { build as buildApp } from './build.mjs';
import { runOnDesktop } from './desktop.mjs';
import { findElectron } from './electron-runtime.mjs';
import { run } from './run.mjs';
import { root, tool } from './tools.mjs';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '5' },
    'electron-minutes': { type: 'string', default: '20' },
    'without-mount': { type: 'boolean', default: false },
  },
});
const minutes = Number(values.minutes);
const electronMinutes = Number(values['electron-minutes']);
if (!(minutes > 0 && electronMinutes >= 0)) {
  process.stderr.write(
    'Usage: npm run soak -- [--minutes 5] [--electron-minutes 20] [--without-mount]\n',
  );
  process.exit(2);
}

const folder = mkdtempSync(path.join(tmpdir(), 'hookbell-soak-'));
try {
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: true,
      outDir: folder,
      target: 'node20',
      rolldownOptions: {
        input: {
          main: 'test/history/soak/main.ts',
          'open-program': 'test/history/soak/open-program.ts',
          'receiver-program': 'test/history/support/receiver-program.ts',
          'stepping-program': 'test/history/support/stepping-program.ts',
          'strangers-program': 'test/support/strangers-program.ts',
        },
        output: { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
      },
    },
  });
  const mounting = values['without-mount'] ? ['without-mount'] : [];
  process.exitCode = await run(
    process.execPath,
    [path.join(folder, 'main.mjs'), folder, String(minutes), ...mounting],
    { env: { ...process.env, TZ: 'UTC' } },
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
if (electronMinutes > 0) process.exitCode = (await soakElectron()) || process.exitCode;

/** Main's memory after minutes 2 and 10 and at the end (Q10). */
async function soakElectron() {
  const args = ['run', '--config', 'test/vitest.config.ts', '--project', 'soak'];
  return (
    (await buildApp()) ||
    runOnDesktop('node', [tool.vitest, ...args, 'test/electron/memory.soak.ts'], {
      cwd: root,
      electron: await findElectron(),
      env: { HOOKBELL_SOAK_MINUTES: String(electronMinutes) },
    })
  );
}
