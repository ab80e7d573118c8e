import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleaned, cutTo, isolated } from '../electron/text.ts';
import { leastTime } from './support/work.ts';

/** Far more than it takes on a busy machine, far less than anything but linear time would. */
const notFrozenMs = 10_000;

const hostilePieces = [
  ...[
    'a\u0301',
    '\u001b[',
    '\u001b]',
    '\u001b]0',
    '\u200d',
    ' \n',
    '\ud800',
    '\u009d',
    '\u009b0',
    '\u001b ',
  ],
  ...['\u0301', '\u202e', '\u{1f1e6}', '\u0915\u094d', '\u{1f3fd}\u200d'],
];

describe('foreign text', () => {
  test.each([
    ['stays as it is when it is ordinary', 'Main Trading Account', 'Main Trading Account'],
    ['keeps its letters, marks and emoji', 'Ünïcode 東京 👨‍👩‍👧 ❤️', 'Ünïcode 東京 👨‍👩‍👧 ❤️'],
    ['loses C0 and C1 controls and DEL', 'a\u0000b\u0007c\u007fd\u009fe', 'abcde'],
    ['loses colours of a terminal', '\u001b[31mred\u001b[0m and \u009b1mbold', 'red and bold'],
    [
      'loses a link of a terminal',
      '\u001b]8;;https://evil.example\u0007click\u001b]8;;\u0007',
      'click',
    ],
    ['loses an escape that never ends, not the words after it', '\u001b]0;title', '0;title'],
    [
      'has spaces for line and paragraph separators',
      'a\nb\u2028c\u2029d\u0085e\r\nf',
      'a b c d e f',
    ],
    ['has one space for any run of white space', '  a \t\u00a0\u3000 b  ', 'a b'],
    [
      'loses bidirectional overrides and isolates',
      'a\u202eb\u202dc\u2066d\u2069e\u200ff',
      'abcdef',
    ],
    ['has replacement characters for lone surrogates', 'a\ud800b\udc00', 'a\ufffdb\ufffd'],
    ['loses zero-width characters', 'Bin\u200bance\u2060\ufeff\u00ad', 'Binance'],
    ['loses joiners that join nothing', 'Bin\u200dan\u200cce', 'Binance'],
    ['keeps the joiners a script needs', 'می\u200cخواهم', 'می\u200cخواهم'],
    ['is nothing when it is made of blanks', '\u3164\u2800\u200b\u115f', ''],
    ['loses what is hidden in tags', `Hi${String.fromCodePoint(0xe0041, 0xe0042)}`, 'Hi'],
  ])('%s', (_, raw, shown) => {
    expect(cleaned(raw)).toBe(shown);
  });

  test('keeps at most six marks on a letter', () => {
    expect(cleaned(`a${'\u0301'.repeat(500)}b`)).toBe(`a${'\u0301'.repeat(6)}b`);
  });

  test('becomes one clean line, and cleaning is idempotent', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (raw) => {
        const text = cleaned(raw);
        expect(text).not.toMatch(/[\p{Cc}\p{Surrogate}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
        expect(text).not.toMatch(/^\s|\s\s|\s$/u);
        expect(cleaned(text)).toBe(text);
      }),
    );
  });

  // Eight times the length takes eight times as long where the work is linear, and 64 times where it is quadratic.
  test.each(hostilePieces)(
    'eight times as long takes far less than 64 times the work (%j)',
    (piece) => {
      const timeOf = (length: number) => {
        const raw = piece.repeat(length / piece.length);
        return leastTime(() => {
          for (let time = 0; time < 20; time += 1) cutTo(cleaned(raw), 80);
        });
      };
      timeOf(256);
      expect(timeOf(2048)).toBeLessThan(Math.max(30 * timeOf(256), 1));
    },
  );

  test.each(hostilePieces)(
    'of two million characters is cleaned and cut at once (%j)',
    (piece) => {
      const raw = piece.repeat(2_000_000 / piece.length);
      cutTo(cleaned(raw), 80);
      cutTo(raw, 80);
    },
    notFrozenMs,
  );
});

describe('cutting', () => {
  test('returns a short text unchanged', () => {
    expect(cutTo('twelve chars', 12)).toBe('twelve chars');
  });

  test('N5 counts graphemes and ends with an ellipsis inside the limit', () => {
    expect(cutTo('abcdef', 3)).toBe('ab…');
    expect(cutTo('👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧', 2)).toBe('👨‍👩‍👧…');
    expect(cutTo('👨‍👩‍👧👨‍👩‍👧', 2)).toBe('👨‍👩‍👧👨‍👩‍👧');
  });

  test('leaves no space before the ellipsis', () => {
    expect(cutTo('one two three', 5)).toBe('one…');
  });
});

describe('a name in a sentence', () => {
  test('has no isolates when it is left-to-right', () => {
    expect(isolated('Ünïcode 東京 👍')).toBe('Ünïcode 東京 👍');
  });

  test.each(['שלום', 'Bank سلام', 'ߒߞߏ', '𞤀𞤣'])('cannot reorder it: %s', (name) => {
    expect(isolated(name)).toBe(`\u2068${name}\u2069`);
  });
});
