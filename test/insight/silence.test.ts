import { expect, test } from 'vitest';
import { createAccounts } from '../../electron/insight/accounts.ts';
import { createRhythms } from '../../electron/insight/rhythms.ts';
import { createSilences, type SilenceOptions } from '../../electron/insight/silence.ts';
import { createSourceHealth } from '../../electron/insight/source-health.ts';
import type { Health } from '../../shared/event.ts';
import type { Gap } from '../../shared/gap.ts';
import { day, entryOf, hour } from '../renderer/entries.ts';
import { virtualClock } from '../support/clock.ts';

/** Deliveries of accounts to two sources, at the hour that the clock shows. */
const scene = (changed: Partial<SilenceOptions> = {}) => {
  const clock = virtualClock();
  const rhythms = createRhythms();
  const accounts = createAccounts();
  const sourceHealth = createSourceHealth();
  const gaps: Gap[] = [];
  let changes = 0;
  let seq = 0;
  const silences = createSilences({
    rhythms,
    accounts,
    sourceHealth,
    names: { of: ({ id }) => (id === 'named' ? 'My own name' : null) },
    gaps: { untilNow: () => gaps, wakeUp: () => {} },
    sourceIds: () => ['main', 'other'],
    now: clock.now,
    isClockTrusted: () => true,
    schedule: clock.schedule,
    onChange: () => {
      changes += 1;
    },
    ...changed,
  });
  const arrive = (id: string, health: Health = 'working', sourceId = 'main') => {
    seq += 1;
    const account = { id, name: `Name of ${id}`, health };
    const entry = entryOf({ account }, { seq, sourceId, receivedAt: clock.now() });
    rhythms.apply(entry);
    accounts.apply(entry);
    silences.arrived([entry]);
  };
  const days = async (count: number, daily: () => void) => {
    for (let passed = 0; passed < count; passed += 1) {
      daily();
      await clock.pass(day);
    }
  };
  const said = () => silences.current().map(({ sourceId, account }) => [sourceId, account?.id]);
  return {
    clock,
    rhythms,
    sourceHealth,
    gaps,
    silences,
    arrive,
    days,
    said,
    changes: () => changes,
  };
};

test('a source that came daily is silent after three days, until it sends again', async () => {
  const { clock, silences, arrive, days, said, changes } = scene();
  silences.start();
  const lastAt = clock.now() + 20 * day;
  await days(21, () => arrive('a'));
  await clock.pass(day);
  expect(said()).toEqual([]);
  await clock.pass(day + 2 * hour);
  expect(silences.current()).toEqual([
    { sourceId: 'main', account: null, since: lastAt, usualMs: day },
  ]);
  await clock.pass(5 * day);
  expect(changes()).toBe(1);
  arrive('b');
  expect(said()).toEqual([]);
  expect(changes()).toBe(2);
});

test('an account is silent while its source still sends', async () => {
  const { clock, silences, arrive, days, said } = scene();
  await days(14, () => ['a', 'b'].map((id) => arrive(id)));
  await days(4, () => arrive('b'));
  silences.start();
  expect(said()).toEqual([['main', 'a']]);
  expect(silences.current()[0]).toMatchObject({ account: { id: 'a', name: 'Name of a' } });
  await clock.pass(4 * day);
  const account = { id: 'a' };
  const ended = { sourceId: 'main', account, since: clock.now() - 8 * day };
  expect(said()).toEqual([['main', undefined]]);
  expect(silences.isBroken(ended)).toBe(false);
  arrive('a');
  expect(silences.isBroken(ended)).toBe(true);
});

test('a silence is not broken by a delivery that is not believed, nor by the end of its source', () => {
  const { clock, silences, arrive, sourceHealth } = scene({ sourceIds: () => ['main'] });
  const since = clock.now() - day;
  const ofSource = (sourceId: string) => ({ sourceId, account: null, since });
  const rejected = { outcome: 'rejected', reason: 'signature-wrong', number: 1 } as const;
  sourceHealth.apply({ ...rejected, sourceId: 'main', at: clock.now(), simulated: false });
  arrive('a', 'working', 'other');
  expect(silences.isBroken(ofSource('main'))).toBe(false);
  expect(silences.isBroken(ofSource('other'))).toBe(false);
  arrive('a');
  expect(silences.isBroken(ofSource('main'))).toBe(true);
});

test('a silent account has the name that the person gave it', async () => {
  const { silences, arrive, days } = scene();
  await days(14, () => ['named', 'b'].map((id) => arrive(id)));
  await days(4, () => arrive('b'));
  silences.start();
  expect(silences.current()[0]).toMatchObject({ account: { id: 'named', name: 'My own name' } });
});

test('the accounts of a source that was silent have the time that it was not', async () => {
  const { clock, silences, arrive, days, said } = scene();
  silences.start();
  await days(14, () => ['a', 'b'].map((id) => arrive(id)));
  await clock.pass(5 * day);
  arrive('a');
  await clock.pass(day);
  expect(said()).toEqual([]);
  await days(4, () => arrive('a'));
  expect(said()).toEqual([['main', 'b']]);
});

test('an account that fails, or was removed by the provider, is not called silent', async () => {
  const { silences, arrive, days, said } = scene();
  await days(14, () => ['fails', 'removed', 'b'].map((id) => arrive(id)));
  arrive('fails', 'failing');
  arrive('removed', 'removed');
  await days(8, () => arrive('b'));
  silences.start();
  expect(said()).toEqual([]);
});

test('a source that was removed is not called silent', async () => {
  const { clock, silences, arrive, days, said } = scene({ sourceIds: () => ['other'] });
  await days(14, () => arrive('a'));
  await clock.pass(8 * day);
  silences.start();
  expect(said()).toEqual([]);
});

test('a source whose deliveries are rejected is not called silent', async () => {
  const { clock, sourceHealth, silences, arrive, days, said } = scene();
  await days(14, () => arrive('a'));
  const rejected = {
    sourceId: 'main',
    simulated: false,
    outcome: 'rejected',
    number: null,
  } as const;
  await days(6, () => {
    sourceHealth.apply({ ...rejected, at: clock.now(), reason: 'signature-wrong' });
  });
  silences.start();
  expect(said()).toEqual([]);
});

test('a gap of a week makes nobody silent, and a clock in doubt neither', async () => {
  let isTrusted = false;
  const { clock, gaps, silences, arrive, days, said } = scene({ isClockTrusted: () => isTrusted });
  await days(14, () => arrive('a'));
  gaps.push({ from: clock.now(), to: clock.now() + 7 * day, reason: 'asleep' });
  clock.skip(7 * day);
  silences.start();
  await clock.pass(4 * day);
  expect(said()).toEqual([]);
  isTrusted = true;
  await clock.pass(2 * hour);
  expect(said()).toEqual([['main', undefined]]);
});

test('an attacker who invents accounts makes no list without bounds (E7b)', async () => {
  const { silences, arrive, days } = scene();
  await days(10, () => {
    for (let number = 0; number < 80; number += 1) arrive(`invented ${number}`);
  });
  await days(5, () => arrive('b'));
  silences.start();
  expect(silences.current()).toHaveLength(50);
});

test('nothing is looked at before the start, and nothing after the end', async () => {
  const { clock, silences, arrive, days, said } = scene();
  await days(14, () => arrive('a'));
  await clock.pass(5 * day);
  silences.check();
  expect(said()).toEqual([]);
  silences.start();
  silences.start();
  expect(clock.waiting()).toBe(1);
  silences.close();
  expect(clock.waiting()).toBe(0);
});

test('the rhythm of a source is what was read from disk by the start, however early it was asked for', () => {
  const { rhythms, silences, clock } = scene();
  expect(silences.rhythmOf('main')).toEqual({ status: 'learning' });
  for (let seq = 1; seq <= 14; seq += 1)
    rhythms.apply(entryOf({}, { seq, receivedAt: clock.now() - (14 - seq) * day }));
  silences.start();
  expect(silences.rhythmOf('main')).toEqual({ status: 'regular', usualMs: day });
});
