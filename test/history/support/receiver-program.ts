import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { createReceiver } from '../../../electron/edges/server.ts';
import { source } from './kryptos.ts';
import { keptIn, openPlainApp } from './plain-app.ts';
import { withoutSyncs } from './temp-folder.ts';

// The receiver as a process of its own, to be killed. Its faults are for the controls: see `ReceiverFault`.
const [folder = '', fault] = process.argv.slice(2);
const startedAt = performance.now();
const app = await openPlainApp({
  folder,
  provision: { sources: [source] },
  log: (line) => process.stderr.write(`${line}\n`),
  ...(fault === 'never-syncs' ? { through: withoutSyncs(join(folder, 'history')) } : {}),
});
const tell = (message: object) => void process.send?.(message);

await createReceiver({
  ...app,
  receive:
    fault === 'answers-first'
      ? async (...delivery) => {
          void app.receive(...delivery);
          return { status: 200 };
        }
      : app.receive,
  id: randomUUID,
  now: Date.now,
  simulatorWord: randomUUID(),
  log: (line) => process.stderr.write(`${line}\n`),
  onChange: (state) => {
    app.receiverIs(state);
    if (state.status === 'listening')
      tell({ port: state.port, startMs: performance.now() - startedAt });
  },
}).start(app.wantedPort());

process.on('message', async () => tell({ kept: await keptIn(app) }));
process.on('disconnect', () => process.exit());
