import { expect, test } from 'vitest';
import { ranked, rankOf } from '../../renderer/palette/rank.ts';

test('a beginning fits better than a word within, that better than a part, and letters in their order least', () => {
  const ranks = ['set', 'Reset it', 'A setting', 'Settings', 'it set a', 'Send each test'].map(
    (name) => rankOf('set', name),
  );
  expect(ranks).toEqual([0, 2, 1, 0, 1, 5]);
});

test.each([
  ['several words stand in any order', 'url kryptos', 'Kryptos: copy the URL', 3],
  ['case and accents do not count', 'ETHER', 'Éther wallet', 0],
  ['letters begin at a word', 'ctu', 'Kryptos: copy the URL', 5],
  ['letters in another order are no match', 'utc', 'Copy the URL', null],
  ['one letter alone is not scattered', 'z', 'Copy', null],
  ['a name may hold signs', '(main', 'Kraken (main)', 1],
])('%s', (_what, typed, name, rank) => {
  expect(rankOf(typed, name)).toBe(rank);
});

const item = (id: string, heading: string, words: string, also: string[] = []) => ({
  id,
  heading,
  words,
  also,
});
const items = [
  item('search', 'Commands', 'Search'),
  item('add', 'Commands', 'Add a source'),
  item('sources', 'Pages', 'Sources'),
  item('kraken', 'Accounts', 'Rainy days', ['Kraken']),
];
const shown = (typed: string, recent: string[] = [], atMost = 8) =>
  ranked(items, typed, recent, atMost).map(
    ({ heading, items: some }) => `${heading}: ${some.map(({ id }) => id).join(' ')}`,
  );

test('the best fit is first, under its heading', () => {
  expect(shown('sour')).toEqual(['Pages: sources', 'Commands: add']);
});

test('an account is found by its own name and by the name of its provider', () => {
  expect(shown('rainy')).toEqual(['Accounts: kraken']);
  expect(shown('krak')).toEqual(['Accounts: kraken']);
});

test('where nothing is typed, what was used last is first and stands once', () => {
  expect(shown(' ', ['add', 'gone'])).toEqual([
    'Recent: add',
    'Commands: search',
    'Pages: sources',
    'Accounts: kraken',
  ]);
});

test('a heading shows so many at most', () => {
  expect(shown('s', [], 1)).toEqual(['Commands: search', 'Pages: sources', 'Accounts: kraken']);
});
