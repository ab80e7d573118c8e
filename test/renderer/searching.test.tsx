import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { QueryTokens } from '../../renderer/search/QueryTokens.tsx';
import { suggestionsFor } from '../../renderer/search/suggestions.ts';
import { NothingFound } from '../../renderer/timeline/NothingFound.tsx';
import { remarksOn } from '../../renderer/timeline/query-words.ts';
import { SearchLine } from '../../renderer/timeline/SearchLine.tsx';
import { parseQuery } from '../../shared/query.ts';
import { kryptos, noon } from './entries.ts';

const parse = (text: string) => parseQuery(text, noon);
const names = {
  sources: [
    { id: 'main', name: 'Main account' },
    { id: 'cold', name: 'Cold' },
  ],
  providers: [kryptos],
};
const suggest = (text: string, cursor = text.length) =>
  suggestionsFor(text, cursor, names, ['Binance', 'Börse Zürich']);
const tokens = (text: string) => suggest(text).map(({ token }) => token);
const line = (text: string, progress: 'searching' | 'more' | 'done', found = 12) =>
  renderToStaticMarkup(
    <SearchLine
      query={parse(text)}
      found={found}
      of={4210}
      progress={progress}
      onClear={() => {}}
      onSearch={() => {}}
    />,
  ).replaceAll(/<[^>]+>/g, ' ');

test('an empty search suggests every filter', () => {
  expect(tokens('')).toEqual([
    'provider:',
    'kind:',
    'source:',
    'account:',
    'is:',
    'before:',
    'after:',
  ]);
  expect(tokens('binance ')).toHaveLength(7);
});

test.each([
  ['ki', ['kind:']],
  ['fail', ['is:failed']],
  ['kryp', ['provider:kryptos']],
  ['mai', ['source:"Main account"']],
  [
    'is:',
    ['is:failed', 'is:unread', 'is:pinned', 'is:archived', 'is:unrecognized', 'is:simulated'],
  ],
  ['kind:nft.s', ['kind:nft.sent']],
  ['kind:gains', []],
  ['source:', ['source:"Main account"', 'source:Cold']],
  ['source:"mai', ['source:"Main account"']],
  ['account:zur', ['account:"Börse Zürich"']],
  ['after:7', ['after:7d']],
  ['is:failed', []],
  ['foo:', []],
  ['nothing', []],
])('%j suggests %j', (text, suggested) => {
  expect(tokens(text)).toEqual(suggested);
});

test('a chosen suggestion replaces the typed part, and the cursor follows it', () => {
  expect(suggest('zurich is:fa binance', 12)).toMatchObject([
    { text: 'zurich is:failed binance', cursor: 17 },
  ]);
  expect(suggest('-is:sim')).toMatchObject([{ text: '-is:simulated ' }]);
  expect(suggest('ki')).toMatchObject([{ text: 'kind:', goesOn: true }]);
});

test('the count shows whether more may come', () => {
  expect(line('zurich', 'searching')).toContain('12 of 4,210  · searching…');
  expect(line('zurich', 'more', 200)).toContain('200+ of 4,210');
  expect(line('zurich', 'done')).not.toContain('searching');
});

test('a part that looks like a filter and is searched as text gets one remark', () => {
  expect(remarksOn(parse('foo:bar foo:bar zurich'))).toEqual([
    'There is no filter “foo:”, so “foo:bar” is searched as text.',
  ]);
  expect(remarksOn(parse('is:odd x'))[0]).toContain(
    '“is:” knows failed, unread, pinned, archived, unrecognized and simulated',
  );
  expect(remarksOn(parse('after:soon x'))[0]).toContain('2026-11-20');
  expect(remarksOn(parse('https://example.com kind:nft is:'))).toEqual([]);
});

test('where nothing matches, every part of the search can be removed', () => {
  const markup = renderToStaticMarkup(
    <NothingFound query={parse('kind:nft.sent -"a <b>" after:7d')} onSearch={() => {}} />,
  );
  for (const words of ['NFT sent', 'Not “a &lt;b&gt;”', 'From 7d', 'Clear the search'])
    expect(markup).toContain(words);
});

test('no unread event is shown as all read', () => {
  const markup = renderToStaticMarkup(
    <NothingFound query={parse('is:unread')} onSearch={() => {}} />,
  );
  expect(markup).toContain('All read');
});

test('the background of a filter lies under its own characters', () => {
  const markup = renderToStaticMarkup(
    <QueryTokens query={parse('  zurich is:failed  x')} scrolled={0} />,
  );
  expect(markup.replaceAll(/<[^>]+>/g, '')).toBe('  zurich is:failed  x');
  expect(markup).toMatch(/data-filter="true">is:failed</);
  expect(markup).not.toMatch(/data-filter="true">zurich/);
});

test('a search can be exported where it found something', () => {
  expect(line('zurich', 'done')).toContain('Export');
  expect(line('zurich', 'searching', 0)).not.toContain('Export');
});
