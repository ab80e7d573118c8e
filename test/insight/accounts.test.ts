import { expect, test } from 'vitest';
import { createAccounts } from '../../electron/insight/accounts.ts';
import type { Health } from '../../shared/event.ts';
import { entryOf, hour, noon } from '../renderer/entries.ts';

const accounts = () => {
  const known = createAccounts();
  let seq = 0;
  const say = (health: Health, occurredAt: number | null, receivedAt = noon) => {
    seq += 1;
    const account = { id: 'wallet_1', name: 'Binance', health };
    return known.apply(entryOf({ account, occurredAt }, { seq, receivedAt })).status;
  };
  return { known, say };
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
  const { known, say } = accounts();
  expect(say('working', null, noon)).toBe('none');
  expect(say('failing', null, noon - hour)).toBe('late');
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

test('a time in the future makes nothing after it look late', () => {
  const { say } = accounts();
  expect(say('working', noon + 999 * hour)).toBe('none');
  expect(say('failing', noon + hour, noon + hour)).toBe('opened');
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
