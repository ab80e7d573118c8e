import { expect, test } from 'vitest';
import { kryptosDelivery, kryptosSource } from '../../bench/harness/deliveries.ts';
import { openInMemory } from '../support/memory.ts';

const hour = 3_600_000;
const crowded = kryptosSource();
const other = {
  ...kryptosSource(),
  id: 'other',
  name: 'Other',
  token: crowded.token.replace(/^../, 'zz'),
};

test('a source with more than 50 stuck runs hides those of no other (E7b)', async () => {
  await using app = await openInMemory({ provision: { sources: [crowded, other] } });
  const start = (source: typeof crowded, uid: string, at: number) =>
    app.deliver(
      kryptosDelivery(
        {
          id: `whd_${source.id}_${uid}`,
          event: 'costbasis.started',
          timestamp: new Date(at).toISOString(),
          data: { uid, action: 'ACCOUNT_MANAGER', status: 'started', reason: null, timestamp: at },
        },
        source,
      ),
    );
  for (let user = 0; user < 52; user += 1)
    await start(crowded, `user${user}`, app.now() - 9 * hour - user);
  await start(other, 'anna', app.now() - 3 * hour);
  const stuckOf = async (sourceId: string) =>
    (await app.ask('state', undefined)).conditions.filter(
      ({ reason }) => reason.code === 'run-stuck' && reason.sourceId === sourceId,
    ).length;
  await expect.poll(() => stuckOf('other')).toBe(1);
  expect(await stuckOf(crowded.id)).toBe(50);
});
