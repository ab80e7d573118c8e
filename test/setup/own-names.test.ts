import { expect, test } from 'vitest';
import { createNames } from '../../electron/insight/names.ts';
import { cleanName, mostNames, withNames } from '../../electron/setup/own-names.ts';
import type { StoredName } from '../../electron/setup/settings.ts';
import { entryOf } from '../renderer/entries.ts';

const named = (name: string, more: Partial<StoredName> = {}): StoredName => ({
  ...{ of: 'account', sourceId: 's', id: 'wallet_1', name },
  ...more,
});

test('a name replaces the one before, and an empty one takes it away', () => {
  const one = withNames([], [named('Client A')]);
  expect(withNames(one, [named('Client B')])).toEqual([named('Client B')]);
  expect(withNames(one, [named('Owner', { of: 'owner' })])).toHaveLength(2);
  expect(withNames(one, [cleanName(named(' \u202e '))])).toEqual([]);
});

test('a name is one plain line of at most 40 characters', () => {
  expect(cleanName(named(' Client\nA\u202e ')).name).toBe('Client A');
  expect(cleanName(named('a'.repeat(90))).name).toHaveLength(40);
});

test('the oldest names are forgotten beyond the limit', () => {
  const many = Array.from({ length: mostNames }, (_, id) => named('a', { id: `${id}` }));
  const names = withNames(many, [named('newest')]);
  expect([names.length, names[0]?.id, names.at(-1)?.name]).toEqual([mostNames, '1', 'newest']);
});

test("the person's own name stands first in a title, and other entries stay as they are", () => {
  const names = createNames(() => [named('Client A', { sourceId: 'main' })]);
  const account = { id: 'wallet_1', name: 'Binance (Main)', health: 'failing' as const };
  expect(names.inEntry(entryOf({ account }))).toMatchObject({
    event: { title: 'Client A: Binance could not sync', account: { name: 'Client A' } },
  });
  const other = entryOf({ account: { ...account, id: 'wallet_2' } });
  expect(names.inEntry(other)).toBe(other);
});

test('a notification names a user as the person does, and never by an e-mail address', () => {
  const list = [named('Client B', { of: 'owner', id: 'anna' })];
  const { ofUser } = createNames(() => list);
  expect(ofUser('s', { id: 'anna', name: 'anna@example.com' })).toBe('Client B');
  expect(ofUser('s', { id: 'ben', name: 'ben@example.com' })).toBeNull();
  expect(ofUser('s', { id: 'cleo', name: 'cleo' })).toBe('cleo');
});
