import { expect, test } from 'vitest';
import { firstOpen, pathOf, visibleRows } from '../../renderer/payload/json-rows.ts';
import {
  isContainer,
  type JsonNode,
  parseJson,
  sizeOf,
} from '../../renderer/payload/json-source.ts';

const member = (node: JsonNode | null, key: string): JsonNode | undefined =>
  node?.form === 'object' ? node.members.find((one) => one.key === key)?.node : undefined;

const sourceOf = (text: string, key: string): string | undefined => {
  const node = member(parseJson(text), key);
  return node && text.slice(node.from, node.to);
};

test.each([
  '115792089237316195423570985008687907853269984665640564039457584007913129639935',
  '1.0e3',
  '0.10000000000000000555',
  '-0',
  '-12E+5',
])('the digits of %s stay as they were sent', (digits) => {
  expect(sourceOf(`{"n": ${digits} }`, 'n')).toBe(digits);
});

test.each(['NaN', 'Infinity', '-Infinity'])(
  '%s, which Python writes, is shown as it was sent and hides nothing else',
  (word) => {
    const text = `{"n": ${word}, "list": [${word}]}`;
    expect(sourceOf(text, 'n')).toBe(word);
    expect(member(parseJson(text), 'n')?.form).toBe('literal');
  },
);

test('strings are unescaped for reading', () => {
  expect(member(parseJson('{"a":"\\u0041\\/\\"\\\\"}'), 'a')).toMatchObject({ text: 'A/"\\' });
});

test('keys that mean something to JavaScript are keys like any other', () => {
  const node = parseJson('{"__proto__": 1, "constructor": 2, "a": 1, "a": 2}');
  expect(node && isContainer(node) && sizeOf(node)).toBe(4);
});

test.each([
  '',
  '{',
  '[1,]',
  '{"a":1,}',
  '{"a" 1}',
  '{a:1}',
  '01',
  '1 2',
  '"\\x"',
  '"open',
  'nul',
  'NaNa',
  '-NaN',
  '-Infinit',
  '[1}',
  '"\u0001"',
])('%j is not taken for JSON', (text) => {
  expect(parseJson(text)).toBeNull();
});

test.each(['null', ' [ ] ', '{}', '[[],{}]', '"a"', '\ufeff{"a":[1,{"b":[]}]}', '[1, 2 ]'])(
  '%j is JSON',
  (text) => {
    expect(parseJson(text)).not.toBeNull();
  },
);

test('a hundred thousand levels overflow nothing', () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  const root = parseJson(deep);
  expect(root).toMatchObject({ from: 0, to: deep.length });
  expect(root && firstOpen(root).size).toBeLessThan(100);
});

test('a long list shows its first hundred and says how many more there are', () => {
  const root = parseJson(JSON.stringify(Array.from({ length: 250 }, (_, index) => index)));
  if (!root) throw new Error('not JSON');
  const rows = visibleRows(root, new Set([root]), new Map());
  expect(rows).toHaveLength(102);
  expect(rows.at(-1)?.more).toBe(150);
});

test('a path can be pasted into other tools', () => {
  const root = parseJson('{"data":{"items":[{"odd key":1}]}}');
  if (!root) throw new Error('not JSON');
  const last = visibleRows(root, firstOpen(root), new Map()).at(-1);
  expect(last && pathOf(last)).toBe('$.data.items[0]["odd key"]');
});
