import { expect, test } from 'vitest';
import { run, sources } from '../story/cast.ts';
import { openApp, timelineOf } from '../support/app.ts';
import type { TestApp } from '../support/test-app.ts';

const hour = 3_600_000;
const provision = { sources: [sources.kryptos] };
const anna = { uid: 'anna' };

const stuckIn = async (app: TestApp) =>
  (await app.ask('state', undefined)).conditions.filter(
    ({ reason }) => reason.code === 'run-stuck',
  );
const titlesIn = async (app: TestApp) => (await app.notifications()).map(({ title }) => title);

test('a first recalculation without an end for two hours is a condition, notified once, until its end takes its place', async () => {
  await using app = await openApp({ provision });
  const startedAt = app.now() - 3 * hour;
  await app.deliver(run('costbasis.started', anna, startedAt));
  await expect
    .poll(() => titlesIn(app))
    .toEqual(['Kryptos has not finished working out gains and losses']);
  await expect
    .poll(() => stuckIn(app))
    .toMatchObject([
      {
        id: `run-stuck real ${sources.kryptos.id} anna`,
        since: startedAt,
        grave: true,
        reason: { stage: 'gains', usualMs: null, endMayBeMissed: false },
        state: { status: 'open' },
      },
    ]);

  await app.restart();
  await expect.poll(() => stuckIn(app)).toMatchObject([{ since: startedAt }]);
  await app.deliver(run('costbasis.completed', anna, app.now()));
  await expect.poll(() => stuckIn(app)).toEqual([]);
  await expect
    .poll(() => titlesIn(app))
    .toEqual([
      'Kryptos has not finished working out gains and losses',
      'Gains and losses are up to date',
    ]);
  expect((await app.notifications()).at(-1)?.body).toContain('It took 3 h');
  const [end] = await timelineOf(app);
  expect(end?.notification).toMatchObject({ shown: true });
});
