import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { costBasisCompleted, kryptosSource, vezgoSource } from '../../bench/harness/deliveries.ts';
import { recorded } from '../support/fixtures.ts';
import { type InMemory, openInMemory } from '../support/memory.ts';

const hour = 60 * 60_000;
const day = 24 * hour;
const vezgo = vezgoSource();
const kryptos = kryptosSource();
const provision = { sources: [vezgo, kryptos] };

const deliver = (app: InMemory) => app.deliver(recorded('vezgo/SyncAccount.json', vezgo));
/** Days pass on the calendar alone: a heartbeat of every 15 seconds would take minutes. Then the app notices. */
const pass = async (app: InMemory, ms: number): Promise<void> => {
  app.clock.setClock(ms);
  await notice(app);
};
/** A clock that jumped by more than a day is doubted for an hour. */
const notice = (app: InMemory) => app.clock.pass(2.1 * hour);
const daily = async (app: InMemory, days: number): Promise<void> => {
  for (let passed = 0; passed < days; passed += 1) {
    expect((await deliver(app)).status).toBe(200);
    await expect
      .poll(async () => (await app.ask('state', undefined)).lastEventAt)
      .toBeGreaterThan(app.now() - hour);
    app.clock.setClock(day);
    // A heartbeat: without one, the days would be a gap after a kill.
    await app.clock.pass(16_000);
  }
};
const rhythmOf = async (app: InMemory, { id } = vezgo) =>
  (await app.ask('state', undefined)).sources.find((source) => source.id === id)?.rhythm;

test('a source that came daily for three weeks is silent on the third day, until it sends again', async () => {
  await using app = await openInMemory({ provision });
  await daily(app, 21);
  expect(await rhythmOf(app)).toEqual({ status: 'regular', usualMs: expect.any(Number) });
  await pass(app, day);
  expect(await rhythmOf(app)).toMatchObject({ status: 'regular' });
  await pass(app, 1.5 * day);
  const silent = await rhythmOf(app);
  expect(silent).toMatchObject({ status: 'silent' });
  expect(await rhythmOf(app, kryptos)).toEqual({ status: 'learning' });

  await app.restart();
  expect(await rhythmOf(app)).toEqual(silent);

  await deliver(app);
  await expect.poll(() => rhythmOf(app)).toMatchObject({ status: 'regular' });
});

test('a computer that was closed for a week, or an app that did not run, makes nobody silent', async () => {
  await using app = await openInMemory({ provision });
  await daily(app, 14);
  app.clock.setForward(7 * day);
  await notice(app);
  expect(await rhythmOf(app)).toMatchObject({ status: 'regular' });
  await deliver(app);
  await expect.poll(async () => (await app.ask('missing', undefined)).gaps.length).toBe(1);
});

test('a rhythm survives a kill, and is learned again where its file is lost', async () => {
  await using app = await openInMemory({ provision });
  await daily(app, 14);
  await app.killAndRestart();
  expect(await rhythmOf(app)).toMatchObject({ status: 'regular' });
  await app.restart();
  rmSync(join(app.folder, 'history', 'rhythms.json'));
  await app.killAndRestart();
  expect(await rhythmOf(app)).toMatchObject({ status: 'regular' });
});

test("the simulator's deliveries are no rhythm", async () => {
  await using app = await openInMemory({ provision });
  await app.ask('simulate', {
    what: 'delivery',
    sourceId: kryptos.id,
    simulation: 'costbasis.completed',
  });
  await app.deliver(costBasisCompleted(kryptos));
  await expect.poll(() => rhythmOf(app, kryptos)).toEqual({ status: 'learning' });
});

test('a silent source that is removed is not said to send again', async () => {
  await using app = await openInMemory({ provision });
  await daily(app, 21);
  await pass(app, 3 * day);
  await expect
    .poll(() => app.screen.places().map(({ said }) => said.at(-1)?.title))
    .toContain('Nothing from Vezgo; it came about daily before');
  await app.ask('removeSource', { id: vezgo.id });
  await expect
    .poll(() => app.screen.places().filter(({ isWithdrawn }) => isWithdrawn))
    .toHaveLength(1);
  expect(app.screen.popped.filter(({ title }) => title.includes('sends again'))).toEqual([]);
});
