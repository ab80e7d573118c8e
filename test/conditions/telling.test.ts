import { expect, test } from 'vitest';
import { kryptosDelivery } from '../../bench/harness/deliveries.ts';
import { run, sources } from '../story/cast.ts';
import { type InMemory, openInMemory } from '../support/memory.ts';

const hour = 3_600_000;
const provision = { sources: [sources.kryptos] };
const told = ['Kryptos has not finished working out gains and losses'];

const stuckIn = async (app: InMemory) =>
  (await app.ask('state', undefined)).conditions.filter(
    ({ reason }) => reason.code === 'run-stuck',
  );
const titlesIn = (app: InMemory) => app.screen.popped.map(({ title }) => title);

test.each([
  ['quit', (app: InMemory) => app.restart()],
  ['was killed', (app: InMemory) => app.killAndRestart()],
])(
  'a stuck run that was held when the app %s is told when the hold ends, and then never again (N8)',
  async (_, end) => {
    await using app = await openInMemory({ provision });
    await app.ask('pause', { until: 'resumed' });
    await app.deliver(run('costbasis.started', { uid: 'anna' }, app.now() - 3 * hour));
    await expect.poll(() => stuckIn(app)).toHaveLength(1);
    await app.clock.pass(2000);
    await end(app);
    await expect.poll(() => stuckIn(app)).toHaveLength(1);
    expect(titlesIn(app)).toEqual([]);

    await app.ask('resume', undefined);
    await expect.poll(() => titlesIn(app)).toEqual(told);
    await app.clock.pass(2000);
    await end(app);
    await expect.poll(() => stuckIn(app)).toHaveLength(1);
    await app.clock.pass(2000);
    expect(titlesIn(app)).toEqual(told);
  },
);

test('a second stuck run of a user is told like the first', async () => {
  await using app = await openInMemory({ provision });
  const step = (what: 'started' | 'completed', at: number) =>
    app.deliver(run(`costbasis.${what}`, { uid: 'anna' }, at));
  await step('started', app.now() - 9 * hour);
  await expect.poll(() => stuckIn(app)).toHaveLength(1);
  await app.clock.pass(60_000);
  await step('completed', app.now() - 8 * hour);
  await expect.poll(() => stuckIn(app)).toEqual([]);
  await app.clock.pass(60_000);
  await step('started', app.now() - 7 * hour);
  await expect.poll(() => stuckIn(app)).toHaveLength(1);
  await expect.poll(() => titlesIn(app).filter((title) => title === told[0])).toHaveLength(2);
});

test('the notification of a stuck run goes with its source, without a word', async () => {
  await using app = await openInMemory({ provision });
  await app.deliver(run('costbasis.started', { uid: 'anna' }, app.now() - 9 * hour));
  await expect.poll(() => titlesIn(app)).toEqual(told);
  await app.ask('removeSource', { id: sources.kryptos.id });
  await expect.poll(() => app.screen.places().map((place) => place.isWithdrawn)).toEqual([true]);
  expect(titlesIn(app)).toEqual(told);
});

test('rejections whose notification was held when the app quit are told with the next one, once', async () => {
  await using app = await openInMemory({ provision });
  const reject = (id: string) =>
    app.deliver(kryptosDelivery({ id, event: 'costbasis.completed' }, sources.kryptos, 'guessed'));
  const titles = ['Deliveries for Kryptos fail the signature check'];
  await app.ask('pause', { until: 'resumed' });
  for (const id of ['one', 'two', 'three']) await reject(id);
  await app.clock.pass(2000);
  await app.restart();
  await app.ask('resume', undefined);
  await reject('four');
  await expect.poll(() => titlesIn(app)).toEqual(titles);
  await reject('five');
  await app.restart();
  await reject('six');
  await app.clock.pass(60_000);
  expect(titlesIn(app)).toEqual(titles);
});
