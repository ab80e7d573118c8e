import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createAccounts } from '../../electron/insight/accounts.ts';
import type { Health } from '../../shared/event.ts';
import type { InsertAfter } from '../../shared/insert-after.ts';
import { day, entryOf, hour, minute, noon } from '../renderer/entries.ts';

type Arrival = { receivedAt?: number; cameAfter?: InsertAfter };

const accounts = () => {
  const known = createAccounts();
  let seq = 0;
  const apply = (health: Health, occurredAt: number | null, arrival: Arrival) => {
    seq += 1;
    const account = { id: 'wallet_1', name: 'Binance', health };
    return known.apply(entryOf({ account, occurredAt }, { seq, receivedAt: noon, ...arrival }));
  };
  const say = (health: Health, occurredAt: number | null, receivedAt = noon) =>
    apply(health, occurredAt, { receivedAt }).status;
  /** It was in quarantine until now. */
  const admitLate = (health: Health, occurredAt: number | null, receivedAt: number) =>
    apply(health, occurredAt, { receivedAt, cameAfter: [0, 1] }).status;
  return { known, say, admitLate };
};

test("the provider's time orders the events of an account, not their arrival", () => {
  const { known, say } = accounts();
  expect(say('working', noon - hour)).toBe('none');
  expect(say('failing', noon - 2 * hour)).toBe('outdated');
  expect(known.failing).toEqual([]);

  expect(say('failing', noon - hour / 2)).toBe('opened');
  expect(say('working', noon - hour)).toBe('outdated');
  expect(known.failing).toHaveLength(1);
  expect(say('working', noon)).toBe('recovered');
});

test("a report counts as of its receipt without a provider's time", () => {
  const { known, say } = accounts();
  expect(say('failing', null)).toBe('opened');
  expect(say('working', null)).toBe('recovered');
  expect(say('failing', noon + hour, noon + 2 * hour)).toBe('opened');
  expect(say('working', null, noon + 3 * hour)).toBe('recovered');
  expect(known.failing).toEqual([]);
});

test('an entry that was received earlier and admitted or imported later is outdated', () => {
  const { known, say, admitLate } = accounts();
  expect(say('working', null, noon)).toBe('none');
  expect(admitLate('failing', null, noon - hour)).toBe('outdated');
  expect(admitLate('failing', noon - 2 * hour, noon - hour)).toBe('outdated');
  expect(say('failing', null, noon + hour)).toBe('opened');
  expect(known.failing).toHaveLength(1);
});

test('simulated accounts are separate from real ones and can be removed', () => {
  const known = createAccounts();
  const account = { id: 'wallet_1', name: 'Binance' } as const;
  const say = (seq: number, health: Health, simulated: boolean) =>
    known.apply(entryOf({ account: { ...account, health } }, { seq, simulated })).status;
  expect(say(1, 'failing', true)).toBe('opened');
  expect(say(2, 'failing', false)).toBe('opened');
  expect(say(3, 'working', false)).toBe('recovered');
  expect(known.failing.map(({ simulated }) => simulated)).toEqual([true]);
  known.removeSimulated();
  expect(known.failing).toEqual([]);
});

test("the provider's time counts after our clock was set back", () => {
  const { say } = accounts();
  expect(say('failing', noon, noon)).toBe('opened');
  expect(say('working', noon + hour / 10, noon - hour)).toBe('recovered');
});

test('a failure counts although the success before it was dated two minutes ahead', () => {
  const { say } = accounts();
  expect(say('working', noon + 2 * minute, noon)).toBe('none');
  expect(say('failing', noon + minute, noon + minute)).toBe('opened');
});

test('a failure that was dated ahead does not hide the recovery', () => {
  const { say } = accounts();
  expect(say('failing', noon + 2 * minute, noon)).toBe('opened');
  expect(say('working', noon + minute, noon + minute)).toBe('recovered');
});

test('a future time does not make later events outdated', () => {
  const { say } = accounts();
  expect(say('working', noon + 999 * hour)).toBe('none');
  expect(say('failing', noon + hour, noon + hour)).toBe('opened');
});

test('a failure that is sent again after the recovery reopens nothing, even with a slightly fast clock', () => {
  const { known, say } = accounts();
  expect(say('working', noon + 50, noon)).toBe('none');
  expect(say('failing', noon - hour, noon + hour)).toBe('outdated');
  expect(known.failing).toEqual([]);
});

/** What happened to one account, each thing at least a minute after the one before, with how long its delivery took. */
const happenings = (mostTravel: number) =>
  fc.array(
    fc.record({
      health: fc.constantFrom('working' as const, 'failing' as const),
      after: fc.integer({ min: minute, max: day }),
      travel: fc.integer({ min: 0, max: mostTravel }),
      ahead: fc.integer({ min: 0, max: day }),
    }),
    { minLength: 2, maxLength: 12 },
  );
const aDay = fc.integer({ min: -day, max: day });

test('no later event is lost, for any clock skew of the provider and any order of arrival', () => {
  fc.assert(
    fc.property(happenings(3 * day), aDay, (things, skew) => {
      const { say } = accounts();
      let at = noon;
      const arrivals = things
        .map(({ health, after, travel }) => {
          at += after;
          return { health, at, receivedAt: at + travel };
        })
        .sort((one, other) => one.receivedAt - other.receivedAt);
      let newest = 0;
      for (const { health, at: happenedAt, receivedAt } of arrivals) {
        const status = say(health, happenedAt + skew, receivedAt);
        if (happenedAt > newest) expect(status).not.toBe('outdated');
        // A clock that is ahead of nothing proves the order, so nothing old reopens what is settled.
        else if (skew <= 0) expect(status).toBe('outdated');
        newest = Math.max(newest, happenedAt);
      }
    }),
  );
});

test("the last received event decides, however fast the clocks of the provider's machines are", () => {
  fc.assert(
    fc.property(happenings(minute / 2), (things) => {
      const { known, say } = accounts();
      let at = noon;
      for (const { health, after, travel, ahead } of things) {
        at += after;
        expect(say(health, at + ahead, at + travel)).not.toBe('outdated');
        expect(known.failing).toHaveLength(health === 'failing' ? 1 : 0);
      }
    }),
  );
});

test('a failure from before an account was removed opens nothing', () => {
  const { known, say } = accounts();
  expect(say('removed', noon - hour)).toBe('none');
  expect(say('failing', noon - 2 * hour)).toBe('outdated');
  expect(known.failing).toEqual([]);
});

test('saved accounts load without loss', () => {
  const { known, say } = accounts();
  say('working', noon - hour);
  const again = createAccounts();
  again.load(known.save(), 1);
  const account = { id: 'wallet_1', name: 'Binance', health: 'failing' as const };
  const late = entryOf({ account, occurredAt: noon - 2 * hour }, { seq: 2, receivedAt: noon });
  expect(again.apply(late)).toEqual({ status: 'outdated' });
});

test('a late success between two failures moves the begin of the outage, and announces nothing', () => {
  const { known, say } = accounts();
  expect(say('failing', noon - 3 * hour)).toBe('opened');
  expect(say('failing', noon - hour)).toBe('still-failing');
  expect(say('working', noon - 2 * hour)).toBe('outdated');
  expect(known.failing).toMatchObject([
    { since: noon - hour, seq: 2, failures: 1, lastGoodAt: noon - 2 * hour },
  ]);
});

test('a late temporary failure that makes three in a row opens a condition', () => {
  const { known, say } = accounts();
  expect(say('failing-for-now', noon - 3 * hour)).toBe('waiting');
  expect(say('failing-for-now', noon - hour)).toBe('waiting');
  expect(say('failing-for-now', noon - 2 * hour)).toBe('opened');
  expect(known.failing).toMatchObject([{ since: noon - 3 * hour, seq: 2, failures: 3 }]);
});

test('a recovery says since when the account failed', () => {
  const known = createAccounts();
  const say = (seq: number, health: Health, occurredAt: number) =>
    known.apply(
      entryOf(
        { account: { id: 'w', name: 'Binance', health }, occurredAt },
        { seq, receivedAt: noon },
      ),
    );
  say(1, 'failing', noon - 3 * hour);
  expect(say(2, 'working', noon - hour)).toEqual({
    status: 'recovered',
    name: 'Binance',
    failingSince: noon - 3 * hour,
  });
});

test('a long row of failures is counted to the end, although only its newest are remembered', () => {
  const { known, say } = accounts();
  for (let at = 0; at < 200; at += 1) say('failing', noon - day + at * minute);
  expect(known.failing).toMatchObject([{ failures: 200, since: noon - day, seq: 1 }]);
  expect(known.save().accounts[0]?.failures).toHaveLength(50);
  expect(say('working', noon - day + 10 * minute + 1)).toBe('outdated');
  expect(say('working', noon)).toBe('recovered');
});

test('a removed account is not listed', () => {
  const { known, say } = accounts();
  say('working', noon - hour);
  expect(known.list()).toHaveLength(1);
  say('removed', noon);
  expect(known.list()).toEqual([]);
});

test('the last good sync is what the provider tells, where that is later than what was received', () => {
  const known = createAccounts();
  const account = { id: 'w', name: 'Binance', health: 'failing' as const };
  known.apply(entryOf({ account: { ...account, syncedAt: noon - day } }, { receivedAt: noon }));
  expect(known.list()).toMatchObject([{ lastGoodAt: noon - day, health: 'failing' }]);
  const ahead = { ...account, syncedAt: noon + day };
  known.apply(entryOf({ account: ahead }, { seq: 2, receivedAt: noon }));
  expect(known.list()).toMatchObject([{ lastGoodAt: noon - day }]);
});
