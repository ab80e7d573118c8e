import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { costBasisCompleted, kryptosSource } from '../../bench/harness/deliveries.ts';
import { plainEdges } from '../../bench/harness/plain-edges.ts';
import { compose } from '../../electron/compose.ts';
import type { RequestHead } from '../../electron/receiver/admission.ts';
import { createSignals, type Effects } from '../../electron/signals.ts';

const source = kryptosSource();

test('a bug in what follows a recorded delivery is logged, costs its answer nothing, and is no refusal of the disk', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hookbell-'));
  const signals = createSignals();
  const bug = new Error('a bug');
  const withBug = (effects: Effects): Effects => ({
    ...effects,
    received: () => {
      throw bug;
    },
  });
  const provisioning = { text: JSON.stringify({ sources: [source] }) };
  const logged: string[] = [];
  const log = (line: string) => logged.push(line);
  const app = await compose(plainEdges({ folder, provisioning, log }), {
    emit: signals.emit,
    subscribe: (effects, onFailed) => signals.subscribe(withBug(effects), onFailed),
  });
  app.receiver.onListening({ status: 'listening', port: 4747 });

  const { path, headers = {}, body = '' } = costBasisCompleted(source);
  const head: RequestHead = {
    path,
    authority: null,
    method: 'POST',
    headers: Object.entries({ host: '127.0.0.1:4747', ...headers }).map(([name, value]) => [
      name,
      `${value}`,
    ]),
    peer: '127.0.0.1',
    simulated: false,
  };
  const admission = app.receiver.admit(head);
  if (admission.status !== 'admitted') throw new Error(`${admission.status}`);
  const delivery = {
    id: 'one',
    receivedAt: Date.now(),
    headers: admission.headers,
    body: Buffer.from(body),
    senderAddress: null,
    peerAddress: '127.0.0.1',
    simulated: false,
  };
  expect(await app.receiver.receive(admission.endpoint, delivery, false)).toMatchObject({
    status: 200,
  });
  expect(logged.join('\n')).toMatch(/what follows received: Error\n +at /);
  const { conditions, entries } = app.window.state();
  expect(entries).toBe(1);
  expect(conditions.filter(({ reason }) => reason.code === 'disk')).toEqual([]);
  await app.shell.close();
  rmSync(folder, { recursive: true, force: true });
});
