import { randomBytes, randomUUID } from 'node:crypto';
import { createReceiver } from '../../../electron/edges/server.ts';
import { openPlainApp } from '../../../test/history/support/plain-app.ts';
import { job, ready } from './serve.ts';
import { slowDisk } from './slow-disk.ts';

// Our whole receiver, as the app composes it: authentication, dedupe, reading, journal, sealing, and what follows an answer.
const { folder, provision, syncMs } = job();
const log = (line: string) => process.stderr.write(`${line}\n`);
const app = await openPlainApp({
  ...{ folder, provision, log },
  through: (disk) => slowDisk(disk, syncMs),
});
const receiver = createReceiver({
  ...app,
  id: randomUUID,
  now: Date.now,
  simulatorWord: randomBytes(16).toString('hex'),
  log,
  onChange: (state) => {
    if (state.status === 'failed') throw new Error(`Port ${state.port} is taken`);
    app.receiverIs(state);
  },
});
await receiver.start(app.wantedPort());
ready();
