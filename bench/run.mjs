// Measures the parts: started by bench.mjs, on a desktop where Electron is measured too.
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { benchArguments } from './arguments.mjs';
import { bundlePrograms } from './bundle.mjs';
import { printMachine } from './machine.mjs';
import { parts } from './parts.mjs';

const { quick, names } = benchArguments();
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
 * A port below the range of outgoing connections, and so still free for the next server.
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
