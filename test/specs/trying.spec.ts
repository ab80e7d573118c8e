import { expect, test } from 'vitest';
import { trialSource } from '../../shared/trial.ts';
import { openApp, timelineOf } from '../support/app.ts';

const shownOf = async (app: Awaited<ReturnType<typeof openApp>>) =>
  (await timelineOf(app)).map(({ notification }) => notification?.shown);

test('a new profile without a source tries it all: a failed sync is verified, kept and announced, and marked as simulated', async () => {
  await using app = await openApp();

  const answer = await app.ask('tryNow', undefined);

  expect(answer).toMatchObject({ sourceId: trialSource.id, status: 200, outcome: 'recorded' });
  await expect.poll(() => shownOf(app)).toEqual([true]);
  expect(await timelineOf(app)).toEqual([
    expect.objectContaining({
      sourceId: trialSource.id,
      simulated: true,
      proof: { status: 'verified', secret: 0 },
    }),
  ]);
  expect(await app.notifications()).toEqual([
    { title: expect.stringContaining('Binance'), body: expect.stringContaining('Trial') },
  ]);
});

test('a trial can be repeated, and leaves no source, no account and nothing that needs the person', async () => {
  await using app = await openApp();
  await app.ask('tryNow', undefined);
  await expect.poll(() => shownOf(app)).toEqual([true]);
  expect(await app.ask('tryNow', undefined)).toMatchObject({ outcome: 'recorded' });
  await app.restart();

  const state = await app.ask('state', undefined);
  expect(state).toMatchObject({ sources: [], tests: { entries: 2, quarantined: 0 } });
  expect(state.conditions.map(({ reason }) => reason.code)).not.toContain('account-failing');
  expect(await app.ask('accounts', undefined)).toEqual({ accounts: [], more: 0 });
  expect(await timelineOf(app)).toHaveLength(2);
});
