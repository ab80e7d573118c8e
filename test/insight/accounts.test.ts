import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createAccounts } from '../../electron/insight/accounts.ts';
import type { Health } from '../../shared/event.ts';
import type { CameAfter } from '../../shared/place.ts';
import { day, entryOf, hour, minute, noon } from '../renderer/entries.ts';

type Arrival = { receivedAt?: number; cameAfter?: CameAfter };

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

test('what is known of an account goes by the provider’s time, not by the order of arrival', () => {
  const { known, say } = accounts();
  expect(say('working', noon - hour)).toBe('none');
  expect(say('failing', noon - 2 * hour)).toBe('late');
  expect(known.failing).toEqual([]);

  expect(say('failing', noon - hour / 2)).toBe('opened');
  expect(say('working', noon - hour)).toBe('late');
  expect(known.failing).toHaveLength(1);
  expect(say('working', noon)).toBe('recovered');
});

test('where the provider gives no time, the order of arrival counts', () => {
  const { known, say } = accounts();
  expect(say('failing', null)).toBe('opened');
  expect(say('working', null)).toBe('recovered');
  expect(say('failing', noon - hour)).toBe('opened');
  expect(say('working', null)).toBe('recovered');
  expect(known.failing).toEqual([]);
});

test('what was received before what is known, and admitted or imported after it, is late', () => {
  const { known, say, admitLate } = accounts();
  expect(say('working', null, noon)).toBe('none');
  expect(admitLate('failing', null, noon - hour)).toBe('late');
  expect(admitLate('failing', noon - 2 * hour, noon - hour)).toBe('late');
  expect(say('failing', null, noon + hour)).toBe('opened');
  expect(known.failing).toHaveLength(1);
});

test('what the simulator plays is neither merged with what the provider says, nor cleared by it, and can be put away', () => {
  const known = createAccounts();
  const account = { id: 'wallet_1', name: 'Binance' } as const;
  const say = (seq: number, health: Health, simulated: boolean) =>
    known.apply(entryOf({ account: { ...account, health } }, { seq, simulated })).status;
  expect(say(1, 'failing', true)).toBe('opened');
  expect(say(2, 'failing', false)).toBe('opened');
  expect(say(3, 'working', false)).toBe('recovered');
  expect(known.failing.map(({ simulated }) => simulated)).toEqual([true]);
  known.forgetSimulated();
  expect(known.failing).toEqual([]);
});

test('where our own clock was set back, the provider’s goes on', () => {
  const { say } = accounts();
  expect(say('failing', noon, noon)).toBe('opened');
  expect(say('working', noon + hour / 10, noon - hour)).toBe('recovered');
});

test('a failure is told although the success before it was dated two minutes ahead (section 12)', () => {
  const { say } = accounts();
  expect(say('working', noon + 2 * minute, noon)).toBe('none');
  expect(say('failing', noon + minute, noon + minute)).toBe('opened');
});

test('a failure that was dated ahead does not hide the recovery (section 12)', () => {
  const { say } = accounts();
  expect(say('failing', noon + 2 * minute, noon)).toBe('opened');
  expect(say('working', noon + minute, noon + minute)).toBe('recovered');
});

test('a time in the future makes nothing after it look late', () => {
  const { say } = accounts();
  expect(say('working', noon + 999 * hour)).toBe('none');
  expect(say('failing', noon + hour, noon + hour)).toBe('opened');
});

test('a failure that is sent again after the recovery reopens nothing, also where the clock is a little fast', () => {
  const { known, say } = accounts();
  expect(say('working', noon + 50, noon)).toBe('none');
  expect(say('failing', noon - hour, noon + hour)).toBe('late');
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

test('whatever the skew of the provider’s clock and the order of arrival, nothing is swallowed that happened and came after (section 12)', () => {
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
        if (happenedAt > newest) expect(status).not.toBe('late');
        // A clock that is ahead of nothing proves the order, so nothing old reopens what is settled.
        else if (skew <= 0) expect(status).toBe('late');
        newest = Math.max(newest, happenedAt);
      }
    }),
  );
});

test('whatever the clocks of the provider’s machines are ahead by, the last that came decides (section 12)', () => {
  fc.assert(
    fc.property(happenings(minute / 2), (things) => {
      const { known, say } = accounts();
      let at = noon;
      for (const { health, after, travel, ahead } of things) {
        at += after;
        expect(say(health, at + ahead, at + travel)).not.toBe('late');
        expect(known.failing).toHaveLength(health === 'failing' ? 1 : 0);
      }
    }),
  );
});

test('a failure from before an account was removed opens nothing', () => {
  const { known, say } = accounts();
  expect(say('removed', noon - hour)).toBe('none');
  expect(say('failing', noon - 2 * hour)).toBe('late');
  expect(known.failing).toEqual([]);
});

test('what is saved knows as much when it is loaded', () => {
  const { known, say } = accounts();
  say('working', noon - hour);
  const again = createAccounts();
  again.load(known.save(), 1);
  const account = { id: 'wallet_1', name: 'Binance', health: 'failing' as const };
  const late = entryOf({ account, occurredAt: noon - 2 * hour }, { seq: 2, receivedAt: noon });
  expect(again.apply(late)).toEqual({ status: 'late' });
});
