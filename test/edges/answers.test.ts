import { expect, test } from 'vitest';
import { refusals } from '../../electron/receiving.ts';
import { costBasisCompleted, kryptosSource } from '../support/deliveries.ts';
import { openInMemory } from '../support/memory.ts';

const kryptos = kryptosSource();

test('no answer sends anybody elsewhere, or tells a sender to stop (R8)', () => {
  for (const { status } of Object.values(refusals)) {
    expect(status < 300 || status > 399).toBe(true);
    expect(status).not.toBe(410);
  }
});

test('an answer lets no page read it, is not kept, and does not say who we are (R8)', async () => {
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
