import { expect, test } from 'vitest';
import { costBasisCompleted, kryptosSource } from '../../bench/harness/deliveries.ts';
import type { AppState } from '../../shared/app-state.ts';
import { integration, sources } from '../story/cast.ts';
import { openInMemory } from '../support/memory.ts';

const kryptos = kryptosSource();
const id = `deliveries-rejected ${kryptos.id}`;
const day = 86_400_000;

test('a snooze ends by itself at its time, also over a start', async () => {
  await using app = await openInMemory({ provision: { sources: [kryptos] } });
  const statusOf = async () => {
    const { conditions }: AppState = await app.ask('state', undefined);
    return conditions.find((one) => one.id === id)?.state.status;
  };
  for (const _ of [1, 2, 3]) await app.deliver(costBasisCompleted(kryptos, { secret: 'guessed' }));
  await expect.poll(statusOf).toBe('open');
  await app.ask('snoozeCondition', { id, until: app.now() + day });
  await app.clock.pass(day / 2);
  expect(await statusOf()).toBe('snoozed');
  await app.restart();
  await expect.poll(statusOf).toBe('snoozed');
  await app.clock.pass(day / 2);
  expect(await statusOf()).toBe('open');
}, 60_000);

test('the notification of a condition that is set aside says no more, and its end is told', async () => {
  await using app = await openInMemory({ provision: { sources: [sources.kryptos] } });
  const said = () => app.screen.places().map((place) => place.said.map(({ title }) => title));
  const fail = () => app.deliver(integration('Binance', 'failed', app.now()));
  await fail();
  await expect.poll(said).toEqual([['Binance could not sync']]);
  await fail();
  await expect.poll(said).toEqual([['Binance could not sync', 'Binance could not sync']]);

  const failing = async () => (await app.ask('state', undefined)).conditions[0];
  await app.ask('acknowledgeCondition', { id: (await failing())?.id ?? '' });
  await app.clock.pass(60_000);
  await fail();
  await expect.poll(async () => (await failing())?.reason).toMatchObject({ failures: 3 });
  await app.clock.pass(60_000);
  await app.deliver(integration('Binance', 'synced', app.now()));
  await expect
    .poll(said)
    .toEqual([
      ['Binance could not sync', 'Binance could not sync', 'Binance works again, after 2 min'],
    ]);
});
