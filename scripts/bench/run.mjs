// What `npm run bench` runs, on a desktop where Electron is measured too. Its arguments are those of the command.
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readArguments } from './arguments.mjs';
import { bundlePrograms } from './bundle.mjs';
import { printMachine } from './machine.mjs';
import { parts } from './parts.mjs';

/**
 * What every part is given.
 *
 * @typedef {object} Bench
 * @property {boolean} quick
 * @property {number} rounds
 * @property {string} programs the folder of the bundled programs
 * @property {string} work a folder for everything that is written
 * @property {number} port a free one, for one server at a time
 * @property {string | null} electron
 */

const { quick, names } = readArguments(process.argv.slice(2));
const electron = process.env.HOOKBELL_ELECTRON ?? null;
const work = mkdtempSync(path.join(tmpdir(), 'hookbell-bench-'));
const programs = await bundlePrograms();
try {
  printMachine(work, electron);
  const bench = { quick, rounds: quick ? 1 : 5, programs, work, port: await freePort(), electron };
  for (const name of names) await parts.get(name)?.(bench);
} finally {
  for (const folder of [work, programs]) rmSync(folder, { recursive: true, force: true });
}

/**
 * Below those that systems give to outgoing connections, and so still free when the next server wants it.
 *
 * @returns {Promise<number>}
 */
async function freePort() {
  const port = 20_000 + Math.floor(Math.random() * 10_000);
  const server = createServer();
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    server.close();
    return port;
  } catch {
    return freePort();
  }
}
