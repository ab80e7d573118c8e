import { expect, test } from 'vitest';
import { vezgoSource } from '../../bench/harness/deliveries.ts';
import { timelineOf } from '../support/app.ts';
import { openInMemory } from '../support/memory.ts';

const minute = 60_000;

test('a test that is sent again notifies again, although the account of the first one fails still', async () => {
  const source = vezgoSource();
  await using app = await openInMemory({ provision: { sources: [source] } });
  const shown = async () => (await timelineOf(app)).map(({ notification }) => notification?.shown);

  await app.ask('sendTest', { id: source.id });
  await expect.poll(shown).toEqual([true]);
  await app.clock.pass(minute);
  await app.ask('sendTest', { id: source.id });
  await expect.poll(shown).toEqual([true, true]);
});

test('a trial can be repeated', async () => {
  await using app = await openInMemory();
  const shown = async () => (await timelineOf(app)).map(({ notification }) => notification?.shown);

  await app.ask('tryNow', undefined);
  await expect.poll(shown).toEqual([true]);
  await app.clock.pass(minute);
  await app.ask('tryNow', undefined);
  await expect.poll(shown).toEqual([true, true]);
});
