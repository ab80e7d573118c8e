import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  effectiveText,
  filterKeys,
  hasFilter,
  isFiltering,
  parseQuery,
  queryAtMost,
  toggled,
  tokenOf,
  withoutPart,
} from '../../shared/query.ts';

const now = Date.UTC(2026, 10, 21, 12);
const parse = (text: string) => parseQuery(text, now);
/** A query in few words: `what:key:value`, with `-` before what is left out. */
const said = (text: string) =>
  parse(text).parts.map((part) => {
    const sign = part.negated ? '-' : '';
    if (part.what === 'text')
      return `${sign}${part.text}${part.unknown ? ` (${part.unknown.what}?)` : ''}`;
    return `${sign}${part.what} ${part.key}=${part.value}`;
  });

describe('a query', () => {
  test.each([
    ['', []],
    ['   ', []],
    ['binance', ['binance']],
    ['  two   words ', ['two', 'words']],
    ['"api key" refused', ['api key', 'refused']],
    ['"not closed yet', ['not closed yet']],
    ['""', ['unfinished null=']],
    ['-nft', ['-nft']],
    ['-"api key"', ['-api key']],
    ['-', ['-']],
    ['a - b', ['a', '-', 'b']],
    ['--dash', ['--dash']],
    ['5"x', ['5"x']],
  ])('%j is text', (text, parts) => {
    expect(said(text)).toEqual(parts);
  });

  test.each([
    ['provider:kryptos', 'names provider=kryptos'],
    ['PROVIDER:Kryptos', 'names provider=Kryptos'],
    ['source:"Main account"', 'names source=Main account'],
    ['account:"open quote', 'names account=open quote'],
    ['-kind:nft.metadata', '-names kind=nft.metadata'],
    ['kind:nft', 'names kind=nft'],
    ['kind:unrecognized', 'names kind=unrecognized'],
    ['is:failed', 'state is=failed'],
    ['IS:Unread', 'state is=unread'],
    ['-is:simulated', '-state is=simulated'],
  ])('%j is a filter', (text, part) => {
    expect(said(text)).toEqual([part]);
  });

  test.each([
    ['foo:bar', ['foo:bar (filter?)']],
    ['-foo:"b c"', ['-foo:b c (filter?)']],
    ['kind:nonsense', ['kind:nonsense (value?)']],
    ['is:broken', ['is:broken (value?)']],
    ['before:soon', ['before:soon (value?)']],
    ['after:2026-02-30', ['after:2026-02-30 (value?)']],
    ['after:2026-13', ['after:2026-13 (value?)']],
    ['https://example.com/x', ['https://example.com/x']],
    ['09:41', ['09:41']],
  ])('%j is no filter, and is searched as it stands', (text, parts) => {
    expect(said(text)).toEqual(parts);
  });

  test.each([
    'kind:',
    'is:un',
    'is:',
    'before:',
    'after:2026-',
    'before:2026-1',
    'after:7',
    'after:to',
  ])('%j is not typed to its end and asks for nothing yet', (text) => {
    expect(isFiltering(parse(text))).toBe(false);
    expect(effectiveText(parse(`binance ${text}`))).toBe('binance');
  });

  test('a finished invalid value is text', () => {
    expect(said('is:un x')[0]).toBe('is:un (value?)');
  });

  test.each([
    ['after:2026-11-20', Date.UTC(2026, 10, 20)],
    ['before:2026-11', Date.UTC(2026, 10, 1)],
    ['after:2026', Date.UTC(2026, 0, 1)],
    ['after:today', Date.UTC(2026, 10, 21)],
    ['before:yesterday', Date.UTC(2026, 10, 20)],
    ['after:7d', now - 7 * 86_400_000],
    ['after:12h', now - 12 * 3_600_000],
    ['before:2W', now - 14 * 86_400_000],
  ])('%s means an instant', (text, at) => {
    expect(parse(text).parts).toMatchObject([{ what: 'time', at }]);
  });

  test('is cut to its limit', () => {
    expect(parse('x'.repeat(2 * queryAtMost)).text).toHaveLength(queryAtMost);
  });
});

describe('a filter that is chosen', () => {
  test('is appended, and removed again', () => {
    expect(toggled(parse('binance'), 'kind', 'sync.failed')).toBe('binance kind:sync.failed');
    expect(toggled(parse('a KIND:sync.failed b'), 'kind', 'sync.failed')).toBe('a b');
    expect(toggled(parse('"open'), 'is', 'unread')).toBe('"open" is:unread');
  });

  test('counts as chosen in any spelling, but not when negated', () => {
    expect(hasFilter(parse('source:"main account"'), 'source', 'Main account')).toBe(true);
    expect(hasFilter(parse('-is:unread'), 'is', 'unread')).toBe(false);
  });

  test('is removed with the space around it', () => {
    const query = parse('a -kind:nft "b c"');
    expect(query.parts.map((part) => withoutPart(query.text, part))).toEqual([
      '-kind:nft "b c"',
      'a "b c"',
      'a -kind:nft',
    ]);
  });
});

const typed = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc
    .array(fc.constantFrom('-', '"', ' ', ':', 'is', 'kind', 'after', 'nft', '7d', 'x', '\u0301'))
    .map((pieces) => pieces.join('')),
);

describe('any input', () => {
  test('is parsed, and its parts cover all text in order', () => {
    fc.assert(
      fc.property(typed, (text) => {
        const query = parse(text);
        let at = 0;
        for (const { from, to } of query.parts) {
          expect(query.text.slice(at, from).trim()).toBe('');
          expect(to).toBeGreaterThan(from);
          at = to;
        }
        expect(query.text.slice(at).trim()).toBe('');
      }),
    );
  });

  test('has the same filters after adding and removing one', () => {
    fc.assert(
      fc.property(typed, fc.constantFrom(...filterKeys), fc.string(), (text, key, value) => {
        const known = { is: 'failed', kind: 'nft.sent', before: '7d', after: '2026-01-01' };
        const chosen = key in known ? Reflect.get(known, key) : `${value.replaceAll('"', '')}x`;
        const before = parse(withoutPart(text, { from: 0, to: 0 }));
        if (hasFilter(before, key, chosen) || before.text.length > 900) return;
        const after = parse(toggled(before, key, chosen));
        expect(hasFilter(after, key, chosen)).toBe(true);
        expect(hasFilter(parse(toggled(after, key, chosen)), key, chosen)).toBe(false);
      }),
    );
  });

  test('has a token as one part', () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        expect(parse(tokenOf('source', `${name}x`)).parts).toHaveLength(1);
      }),
    );
  });
});
