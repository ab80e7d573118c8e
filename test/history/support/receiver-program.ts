import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { kryptosSource } from '../../../bench/harness/deliveries.ts';
import { openPlainApp } from '../../../bench/harness/plain-app.ts';
import { createReceiver } from '../../../electron/edges/server.ts';
import { keptIn } from '../../support/receive.ts';
import { withoutSyncs } from './temp-folder.ts';

const source = kryptosSource();

// The receiver as a process of its own, to be killed. The controls use its faults: see `ReceiverFault`.
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
  simulatorToken: randomUUID(),
  log: (line) => process.stderr.write(`${line}\n`),
  onChange: (state) => {
    app.onListening(state);
    if (state.status === 'listening')
      tell({ port: state.port, startMs: performance.now() - startedAt });
  },
}).start(app.wantedPort());

process.on('message', async () => tell({ kept: await keptIn(app) }));
process.on('disconnect', () => process.exit());
