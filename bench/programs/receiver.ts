import { randomBytes, randomUUID } from 'node:crypto';
import { createReceiver } from '../../electron/edges/server.ts';
import { openPlainApp } from '../harness/plain-app.ts';
import { job, ready } from './serve.ts';
import { slowDisk } from './slow-disk.ts';

// The whole app without Electron.
const { folder, provision, syncMs } = job();
const log = (line: string) => process.stderr.write(`${line}\n`);
const app = await openPlainApp({
  folder,
  provision,
  log,
  through: (disk) => slowDisk(disk, syncMs),
});
const receiver = createReceiver({
  ...app,
  id: randomUUID,
  now: Date.now,
  simulatorToken: randomBytes(16).toString('hex'),
  log,
  onChange: (state) => {
    if (state.status === 'failed') throw new Error(`Port ${state.port} is taken`);
    app.onListening(state);
  },
});
await receiver.start(app.wantedPort());
ready();
