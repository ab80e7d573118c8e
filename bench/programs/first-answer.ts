import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { ProvisionedSource } from '../harness/deliveries.ts';
import { send } from '../harness/http.ts';
import { makers } from './deliveries.ts';

/** Delivers one event of Kryptos as soon as somebody listens on the port. */
export type Task = { readonly port: number; readonly source: ProvisionedSource };

const retryMs = 3;
const patienceMs = 30_000;

const isListening = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

process.on('message', async ({ port, source }: Task) => {
  const end = performance.now() + patienceMs;
  while (!(await isListening(port))) {
    if (performance.now() > end) throw new Error(`Nobody listens on port ${port}`);
    await pause(retryMs);
  }
  const { status } = await send(port, makers.kryptos(source));
  if (status !== 200) throw new Error(`The first delivery was answered ${status}`);
  process.send?.('answered');
});
process.once('disconnect', () => process.exit());
process.send?.('ready');
