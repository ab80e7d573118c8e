import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  cleanText,
  epochTime,
  isoTime,
  opaqueId,
  wholeNumber,
  wholeText,
} from '../../electron/providers/fields.ts';
import { readBody } from '../../electron/providers/json.ts';

/** Far more than it takes on a busy machine, far less than anything but linear time would. */
const notFrozenMs = 10_000;

const bytes = (source: string) => new TextEncoder().encode(source);
const objectOf = (body: Uint8Array) => {
  const read = readBody(body);
  return read.status === 'object' ? read.value : undefined;
};
const parsed = (source: string) => objectOf(bytes(source));

describe('a body', () => {
  test('is read like any JSON', () => {
    const source = '{"a":[1,-2.5,true,null,"x\\u0041\\/\\"",{"b":[]}]}';
    expect(parsed(source)).toEqual(JSON.parse(source));
  });

  test('may begin with a byte-order mark', () => {
    expect(parsed('\ufeff{"a":1}')).toEqual({ a: 1 });
  });

  test('that is not UTF-8 has replacement characters', () => {
    const body = Uint8Array.from([...bytes('{"a":"'), 0xff, ...bytes('"}')]);
    expect(objectOf(body)).toEqual({ a: '\ufffd' });
  });

  test.each(['', ' ', '[]', '1', 'null', '"a"', '{', '{"a":"', '{"a":1}x', '{a:1}', '{"a":01}'])(
    'that is not a JSON object is unreadable: %j',
    (source) => {
      expect(parsed(source)).toBeUndefined();
    },
  );

  test.each([
    ['', 'empty'],
    ['\ufeff \n', 'empty'],
    ['{', 'not-json'],
    ['{"a":"', 'not-json'],
    ['null', 'not-an-object'],
    ['[{}]', 'not-an-object'],
    ['NaN', 'not-an-object'],
    ['['.repeat(100), 'too-deep'],
    [`{"a":[${'{},'.repeat(100_000)}0]}`, 'too-many-values'],
    [`{"a":[${'1e1,'.repeat(100_000)}0]}`, 'too-many-values'],
  ])('R6 that is unreadable says why: %.40j', (source, why) => {
    expect(readBody(bytes(source))).toEqual({ status: 'unreadable', why });
  });

  test('reads NaN and infinities of Python as null', () => {
    expect(
      parsed('{"a":NaN,"b":[Infinity,-Infinity],"NaN":"-Infinity \\"NaN","c":29900000000000001}'),
    ).toEqual({
      a: null,
      b: [null, null],
      NaN: '-Infinity \\"NaN'.replace('\\', ''),
      c: '29900000000000001',
    });
    for (const source of [
      '{NaN:1}',
      '{"a":-NaN}',
      '{"a":1NaN}',
      '{"a":NaNa}',
      '{"a":+Infinity}',
      '{"a":NaN',
      '{"a":"NaN}',
    ])
      expect(parsed(source)).toBeUndefined();
  });

  test('stays invalid although its numbers are quoted', () => {
    expect(parsed('{12345678901234567890:1}')).toBeUndefined();
    expect(parsed('{"a":01234567890123456789}')).toBeUndefined();
    expect(parsed('{"a":1234567890123456789-1}')).toBeUndefined();
  });

  test('may have at most 64 levels', () => {
    const nestedTo = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
    expect(parsed(nestedTo(64))).toBeDefined();
    expect(parsed(nestedTo(65))).toBeUndefined();
    expect(parsed(`{"a":${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}}`)).toBeUndefined();
  });

  test('does not count brackets in strings as levels', () => {
    expect(parsed(`{"a":"${'[{'.repeat(100)}","b":"\\\\","c":"\\"[["}`)).toBeDefined();
  });

  test('changes no prototype', () => {
    const body = parsed('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}');
    expect(Object.getPrototypeOf(body)).toBe(Object.prototype);
    expect('polluted' in {}).toBe(false);
  });

  test.each([
    '29900000000000001',
    '-29900000000000001',
    '1e400',
    '1.0e3',
    '0.10',
    '1E5',
    '0.1234567890123456789',
    '9'.repeat(78),
  ])('keeps the digits of %s', (number) => {
    expect(parsed(`{"a":${number},"b":[${number}],"c":"${number}"}`)).toEqual({
      a: number,
      b: [number],
      c: number,
    });
  });

  test.each([0, 1, -1, 0.5, 1771610947808, 999999999999999, 29900000000000000])(
    'has %d as a number, because nothing is lost',
    (number) => {
      expect(parsed(`{"a":${number}}`)).toEqual({ a: number });
    },
  );

  test('equals JSON.parse, except for numbers that would lose digits', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 5 })), (value) => {
        const source = JSON.stringify(value);
        const read = JSON.stringify(objectOf(bytes(source)));
        const unquoted = (json: string) => json.replace(/"(-?[\d.]+(?:e[+-]?\d+)?)"/g, '$1');
        expect(unquoted(read)).toBe(unquoted(source));
      }),
    );
  });

  test.each([
    ['numbers with exponents', `{"a":[${'1e5,'.repeat(524_000)}1]}`],
    ['backslashes', `{"a":"${'\\\\'.repeat(1_048_000)}"}`],
    ['escaped quotes', `{"a":"${'\\"'.repeat(1_048_000)}"}`],
    ['quotes', '"'.repeat(2_097_152)],
    ['one number', `{"a":${'1'.repeat(2_097_000)}}`],
    ['minus signs', '-'.repeat(2_097_152)],
    ['open objects', '{"a":'.repeat(419_430)],
    ['NaN', `{"a":[${'NaN,'.repeat(524_000)}1]}`],
    ['strings beside a NaN', `{"b":NaN,"a":[${'"",'.repeat(699_000)}1]}`],
    ['infinities that never end', `{"a":${'-Infinit'.repeat(262_000)}`],
  ])(
    'of two mebibytes of %s is read or refused without freezing the app',
    (_, source) => {
      parsed(source);
    },
    notFrozenMs,
  );
});

describe('a whole number', () => {
  test.each([
    [25, '25'],
    ['25', '25'],
    ['29900000000000001', '29900000000000001'],
    ['1.0e3', '1000'],
    [1e21, '1000000000000000000000'],
    ['-5', '-5'],
    ['0', '0'],
    ['0e99999999999999999999', '0'],
    ['9'.repeat(80), '9'.repeat(80)],
    ['9'.repeat(81), 'a number too long to show'],
    ['9'.repeat(5000), 'a number too long to show'],
    ['1e400', 'a number too long to show'],
    ['1e99999999999999999999', 'a number too long to show'],
    ['1.5', null],
    ['1e-3', null],
    ['', null],
    ['0x10', null],
    ['١٢', null],
    [true, null],
    [null, null],
    [undefined, null],
    [Number.NaN, null],
  ])('%j is shown as %s', (value, shown) => {
    expect(wholeText(wholeNumber.parse(value))).toBe(shown);
  });
});

describe('a time', () => {
  test.each([
    ['2026-02-20T18:09:07.962Z', '2026-02-20T18:09:07.962Z'],
    ['2021-11-01T16:42:15Z', '2021-11-01T16:42:15.000Z'],
    ['2021-11-01T16:42:15', '2021-11-01T16:42:15.000Z'],
    ['2021-11-01T16:42:15+0200', '2021-11-01T14:42:15.000Z'],
    ['2021-11-01 16:42:15.123456 -05:30', '2021-11-01T22:12:15.123Z'],
    ['2021-11-01', '2021-11-01T00:00:00.000Z'],
    ['2025-02-30T00:00:00Z', null],
    ['2025-13-01T00:00:00Z', null],
    ['2025-01-01T25:00:00Z', null],
    ['yesterday', null],
    ['', null],
    [1771610947808, null],
    [null, null],
  ])('in ISO 8601 %j is %s', (value, iso) => {
    const at = isoTime.parse(value);
    expect(at === null ? null : new Date(at).toISOString()).toBe(iso);
  });

  test.each([
    [1771610947808, 1771610947808],
    ['1.771610947808e12', 1771610947808],
    [1771610947808.5, 1771610947808],
    [0, null],
    [-1, null],
    [1e300, null],
    ['1e400', null],
    ['soon', null],
    [null, null],
  ])('in milliseconds %j is %s', (value, at) => {
    expect(epochTime.parse(value)).toBe(at);
  });
});

test('an id is text or a number in decimal, anything else is null', () => {
  expect(
    [' a\u0000', '', 12, '29900000000000001', null, {}, true].map((id) => opaqueId.parse(id)),
  ).toEqual([' a\u0000', null, '12', '29900000000000001', null, null, null]);
});

test('missing, empty, blank or non-text values are null', () => {
  for (const value of [undefined, null, '', ' \u200b', 5, {}, []]) {
    expect(cleanText.parse(value)).toBeNull();
  }
});
