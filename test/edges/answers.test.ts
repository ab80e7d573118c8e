import { expect, test } from 'vitest';
import { costBasisCompleted, kryptosSource } from '../../bench/harness/deliveries.ts';
import { refusals } from '../../electron/receiver/admission.ts';
import { openInMemory } from '../support/memory.ts';

const kryptos = kryptosSource();

test('no answer redirects a sender or tells it to stop (R8)', () => {
  for (const { status } of Object.values(refusals)) {
    expect(status < 300 || status > 399).toBe(true);
    expect(status).not.toBe(410);
  }
});

test('an answer is unreadable for pages, is not cached, and does not name the server (R8)', async () => {
  await using app = await openInMemory({ provision: { sources: [kryptos] } });
  const sent = costBasisCompleted(kryptos);
  for (const path of [sent.path, '/hooks/kryptos/nobody', '/']) {
    const { status, headers } = await app.deliver({ ...sent, path });
    expect([200, 404]).toContain(status);
    expect(headers['cache-control']).toBe('no-store');
    const names = Object.keys(headers).filter((name) =>
      /^(server|set-cookie|x-powered-by|access-control-.*|location)$/.test(name),
    );
    expect(names).toEqual([]);
  }
});
