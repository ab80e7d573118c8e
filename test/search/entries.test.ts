import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { entriesWords } from '../../renderer/timeline/query-words.ts';
import { matcherOf } from '../../shared/matching.ts';
import {
  entriesToken,
  parseQuery,
  queryAtMost,
  toggled,
  withoutEntries,
} from '../../shared/query.ts';
import { entryOf } from '../renderer/entries.ts';

const names = { sources: [], providers: [] };
const parse = (text: string) => parseQuery(text, 0);
const matching = (text: string, most: number): number[] => {
  const matches = matcherOf(parse(text), names);
  const all = Array.from({ length: most }, (_, at) => at + 1);
  return all.filter((seq) => matches(entryOf({}, { seq }), () => []));
};
const words = (text: string) =>
  parse(text).parts.flatMap((part) => (part.what === 'entries' ? [entriesWords(part)] : []));

describe('the filter for the entries of a notification', () => {
  test('finds exactly these entries, whatever they are', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { minLength: 1 }), (seqs) => {
        const sorted = [...seqs].sort((one, other) => one - other);
        expect(matching(entriesToken(seqs), 60)).toEqual(sorted);
        expect(matching(`-${entriesToken(seqs)}`, 60)).toHaveLength(60 - seqs.length);
      }),
    );
  });

  test('is short where they follow each other, and 500 of them always fit into a query', () => {
    expect(entriesToken([41, 12, 13, 14, 12])).toBe('entries:12-14,41');
    const scattered = Array.from({ length: 500 }, (_, at) => 900_000_000 + 2 * at);
    expect(entriesToken(scattered, 123_456_789).length).toBeLessThanOrEqual(queryAtMost);
  });

  test('is words on the screen, which say where more were counted', () => {
    expect(words('entries:12-38')).toEqual(['27 events of a notification']);
    expect(words('entries:7')).toEqual(['1 event of a notification']);
    expect(words('entries:1-500/812')).toEqual(['The newest 500 of 812 events of a notification']);
  });

  test.each(['entries:', 'entries:x', 'entries:5-', 'entries:9-2', 'entries:1,,2', 'entries:1/x'])(
    'is text, or unfinished, where it makes no sense: %s',
    (text) => {
      expect(parse(text).parts.map(({ what }) => what)).not.toContain('entries');
    },
  );

  test('goes with other filters', () => {
    expect(toggled(parse('entries:1-3'), 'is', 'unread')).toBe('entries:1-3 is:unread');
    expect(parse('entries:1-3 is:unread').parts.map(({ what }) => what)).toEqual([
      'entries',
      'state',
    ]);
  });

  test('is left out of the field, in which a person goes on typing', () => {
    const split = (text: string) => withoutEntries(parse(text));
    expect(split('entries:1-3')).toEqual({ entries: 'entries:1-3', rest: '' });
    expect(split('entries:1-3 binance ')).toEqual({ entries: 'entries:1-3', rest: 'binance ' });
    expect(split('binance entries:1-3')).toEqual({ entries: 'entries:1-3', rest: 'binance ' });
    expect(split('binance')).toEqual({ entries: '', rest: 'binance' });
  });
});
