import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Fact } from '../../shared/event.ts';
import { folded, foundFact, markedParts, matcherOf, needleOf } from '../../shared/matching.ts';
import { parseQuery } from '../../shared/query.ts';
import type { TimelineEntry } from '../../shared/timeline.ts';
import { day, entryOf, noon, unrecognized } from '../renderer/entries.ts';
import { anyEvent, quoted, wordsOf } from './events.ts';

const names = {
  sources: [
    { id: 'main', name: 'Main account' },
    { id: 'second', name: 'Main account 2' },
    { id: 'other', name: 'Bücher "B"' },
  ],
  providers: [
    { id: 'kryptos', name: 'Kryptos' },
    { id: 'vezgo', name: 'Vezgo' },
  ],
};
const finds = (query: string, entry: TimelineEntry, facts: readonly Fact[] = []) =>
  matcherOf(parseQuery(query, noon), names)(entry, () => facts);

const hash = '0x4f3edf983ac636a65a842ce7c78d9aa706d3b113bce9c46f30d7d21715b23b1d';
const entry = entryOf(
  { account: { id: 'wallet_77ab41', name: 'Börse Zürich', health: 'failing' } },
  { seen: false },
);
const facts: Fact[] = [
  { form: 'text', label: 'Reason', value: 'Invalid API-key, IP, or permissions' },
  { form: 'code', label: 'Transaction', value: hash },
  {
    form: 'code',
    label: 'NFT',
    value: 'ethereum.0xED5AF388653567Af2F388E6224dC7C4b3241C544.8472',
  },
  { form: 'amount', label: 'Price', value: '0.0299 ETH' },
  { form: 'remark', label: 'Note', value: 'The data disagrees' },
];

describe('an event is found by', () => {
  test.each([
    ['its title', 'binance'],
    ['its title in any case', 'COULD NOT'],
    ['its summary', '"key refused"'],
    ['its type', 'integration.failed'],
    ["its source's name", '"main account"'],
    ["its provider's name", 'kryptos'],
    ["its account's name without the marks", 'zurich borse'],
    ["its account's name in another form", 'Z\u0075\u0308rich'],
    ["its account's id", 'wallet_77ab41'],
    ['a fact', 'permissions'],
    ['a whole hash', hash],
    ['the beginning of a hash', '0x4f3e'],
    ['the beginning of a hash without 0x', '4f3e'],
    ['the end of a hash', '3b1d'],
    ['the middle of a hash, when it is long enough', '36a65a842c'],
    ['an address inside an id, in any case', '0xed5af388'],
    ['the number inside an id', '8472'],
    ['words at different places', 'binance wallet_77 invalid'],
  ])('%s', (_what, query) => {
    expect(finds(query, entry, facts)).toBe(true);
  });

  test.each([
    ['a word it does not have', 'kraken'],
    ['a word it has and one it has not', 'binance kraken'],
    ['a phrase whose words stand apart', '"binance refused"'],
    ['words that only meet across two lines', '"sync main"'],
    ['a few digits in the middle of a hash', '36a6'],
    ['what only its payload could hold', 'x-webhook-signature'],
    ['a word it is to be without', '-binance'],
    ['a fact it is to be without', 'binance -permissions'],
    ['what Hookbell worked out', '0.0299'],
    ['what Hookbell remarked of it', 'disagrees'],
  ])('not by %s', (_what, query) => {
    expect(finds(query, entry, facts)).toBe(false);
  });

  test('its row, without computing its details', () => {
    const neverAsked = () => {
      throw new Error('The details were asked for');
    };
    expect(matcherOf(parseQuery('binance', noon), names)(entry, neverAsked)).toBe(true);
    expect(matcherOf(parseQuery('kind:sync -binance', noon), names)(entry, neverAsked)).toBe(false);
  });

  test('a fact, which the result names when the row lacks the term', () => {
    const found = (...needles: string[]) => foundFact(entry, () => facts, needles, names);
    expect(found('permissions')).toMatchObject({ label: 'Reason' });
    expect(found('binance', '0x4f3e')).toEqual({ label: 'Transaction', value: hash });
    expect(found('binance')).toBeUndefined();
  });
});

describe('a filter', () => {
  test.each([
    ['provider:kryptos', true],
    ['provider:KRYP', true],
    ['provider:vezgo', false],
    ['provider:vezgo provider:kryptos', true],
    ['-provider:kryptos', false],
    ['kind:sync.failed', true],
    ['kind:sync', true],
    ['kind:nft', false],
    ['kind:nft kind:sync', true],
    ['kind:nft provider:kryptos', false],
    ['source:main', true],
    ['source:"Main account"', true],
    ['source:"Main account 2"', false],
    ['source:bucher', false],
    ['account:zurich', true],
    ['account:wallet_77', true],
    ['account:kraken', false],
    ['is:failed', true],
    ['is:unread', true],
    ['is:failed is:unread', true],
    ['is:failed is:simulated', false],
    ['is:unrecognized', false],
    ['-is:unrecognized', true],
    ['after:2026-11-21', true],
    ['before:2026-11-21', false],
    ['before:2026-11-22 after:2d', true],
    ['before:2d', false],
    ['is: kind:', true],
  ])('%s on a failed sync of today: %s', (query, is) => {
    expect(finds(query, entry)).toBe(is);
  });

  test('an exact name matches only its source', () => {
    expect(finds('source:"main account"', entryOf({}, { sourceId: 'second' }))).toBe(false);
    expect(finds('source:account', entryOf({}, { sourceId: 'second' }))).toBe(true);
  });

  test('a filter finds a name with quotes', () => {
    expect(finds('source:"Bücher B"', entryOf({}, { sourceId: 'other' }))).toBe(true);
  });

  test('an unrecognized delivery is found by its row and its type', () => {
    const unknown = unrecognized('tax.ready');
    for (const query of ['is:unrecognized', 'kind:unrecognized', 'tax.ready', '"does not know"'])
      expect(finds(query, unknown)).toBe(true);
    expect(finds('is:failed', unknown)).toBe(false);
  });

  test('days begin at midnight', () => {
    const midnight = Date.UTC(2026, 10, 20);
    expect(finds('after:2026-11-20', entryOf({}, { receivedAt: midnight }))).toBe(true);
    expect(finds('before:2026-11-20', entryOf({}, { receivedAt: midnight }))).toBe(false);
    expect(finds('before:2026-11-20', entryOf({}, { receivedAt: midnight - 1 }))).toBe(true);
    expect(finds('after:1d', entryOf({}, { receivedAt: noon - day }))).toBe(true);
  });
});

test.each([
  ['ΟΔΟΣ', 'οδος'],
  ['İstanbul', 'istanbul'],
  ['ﬁnance', 'finance'],
  ['𝕬𝖟𝖚𝖐𝖎', 'azuki'],
  ['\u2068بورصة\u2069', 'بورصة'],
  ['Ｋryptos', 'kryptos'],
])('%s is found as %s', (text, query) => {
  expect(folded(text)).toContain(needleOf(query));
});

describe('a match is marked', () => {
  const marked = (text: string, ...queries: string[]) =>
    markedParts(text, queries.map(needleOf))
      .map((part) => (part.marked ? `[${part.text}]` : part.text))
      .join('');

  test.each([
    ['Binance could not sync', ['BINANCE', 'sync'], '[Binance] could not [sync]'],
    ['Zu\u0308rich', ['zurich'], '[Zu\u0308rich]'],
    ['Zürich', ['ur'], 'Z[ür]ich'],
    ['aaaa', ['aa'], '[aaaa]'],
    ['ﬁnance', ['i'], '[ﬁ]nance'],
    ['🙂 Azuki', ['azuki'], '🙂 [Azuki]'],
    ['abc', ['', 'x'], 'abc'],
  ])('%s', (text, queries, result) => {
    expect(marked(text, ...queries)).toBe(result);
  });

  test('and the parts join to the text', () => {
    const text = fc.string({ unit: 'grapheme' });
    fc.assert(
      fc.property(text, fc.array(text), (whole, queries) => {
        const parts = markedParts(whole, queries.map(needleOf));
        expect(parts.map((part) => part.text).join('')).toBe(whole);
      }),
    );
  });
});

test("a query of an event's own words finds it, and its negation does not", () => {
  fc.assert(
    fc.property(anyEvent, fc.nat(), (event, choice) => {
      const told = entryOf(event);
      const words = wordsOf(event).filter((word) => needleOf(word) !== '');
      const word = words[choice % words.length];
      if (word === undefined) return;
      expect(finds(quoted(word), told)).toBe(true);
      expect(finds(`-${quoted(word)}`, told)).toBe(false);
      expect(finds(`kind:${event.kind} ${quoted(word)}`, told)).toBe(true);
    }),
  );
});
