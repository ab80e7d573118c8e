// `npm run soak` tries for minutes what `npm test` tries for seconds.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { help, readArguments, refuseArguments } from './arguments.mjs';
import { build } from './build.mjs';
import { bundle } from './bundle.mjs';
import { runOnDesktop } from './desktop.mjs';
import { findElectron } from './electron-runtime.mjs';
import { run } from './run.mjs';
import { root, tool } from './tools.mjs';

const USAGE = `
Usage: npm run soak -- [--minutes 5] [--electron-minutes 20] [--without-mount]

Kills, bit rot, failing disks, hostile senders and a long steady run in plain Node, then memory in a real Electron.

  --minutes N           how long in plain Node
  --electron-minutes N  how long in Electron; 0 leaves it out
  --without-mount       leaves out the full disk and the power cut, which mount a disk image and so take root
`;
const PROGRAMS = {
  main: 'test/history/soak/main.ts',
  'open-program': 'test/history/soak/open-program.ts',
  'receiver-program': 'test/history/support/receiver-program.ts',
  'stepping-program': 'test/history/support/stepping-program.ts',
  'strangers-program': 'test/support/strangers-program.ts',
};

const { values } = readArguments(USAGE, {
  options: {
    help,
    minutes: { type: 'string', default: '5' },
    'electron-minutes': { type: 'string', default: '20' },
    'without-mount': { type: 'boolean', default: false },
  },
});
const minutes = Number(values.minutes);
const electronMinutes = Number(values['electron-minutes']);
if (!(minutes > 0)) refuseArguments('--minutes takes a number above 0.');
if (!(electronMinutes >= 0)) refuseArguments('--electron-minutes takes a number of at least 0.');

process.exitCode = await soakInNode();
if (electronMinutes > 0) process.exitCode = (await soakInElectron()) || process.exitCode;

async function soakInNode() {
  const folder = mkdtempSync(path.join(tmpdir(), 'hookbell-soak-'));
  try {
    await bundle(PROGRAMS, folder);
    const mounting = values['without-mount'] ? ['without-mount'] : [];
    const args = [path.join(folder, 'main.mjs'), folder, String(minutes), ...mounting];
    return await run(process.execPath, args, { env: { ...process.env, TZ: 'UTC' } });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Main's memory after minutes 2 and 10 and at the end (Q10). */
async function soakInElectron() {
  const args = ['run', '--config', 'test/vitest.config.ts', '--project', 'soak'];
  return (
    (await build()) ||
    runOnDesktop('node', [tool.vitest, ...args, 'test/electron/memory.soak.ts'], {
      cwd: root,
      electron: await findElectron(),
      env: { HOOKBELL_SOAK_MINUTES: String(electronMinutes) },
    })
  );
}
