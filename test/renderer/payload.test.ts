import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { differencesOf, type Parsed } from '../../renderer/payload/differences.ts';
import { instantOf } from '../../renderer/payload/epochs.ts';
import { findNodes } from '../../renderer/payload/found-nodes.ts';
import { parseJson } from '../../renderer/payload/json-source.ts';
import { groupFacts } from '../../renderer/timeline/facts.ts';
import { againWords } from '../../renderer/timeline/replay.ts';
import type { Fact } from '../../shared/event.ts';

const parsed = (source: string): Parsed => {
  const root = parseJson(source);
  if (!root) throw new Error(`not JSON: ${source}`);
  return { root, source };
};
const differences = (before: string, after: string) =>
  differencesOf(parsed(before), parsed(after)).all;

describe('the difference to the body before it', () => {
  test('names what was added, removed and changed, in the order of the body', () => {
    expect(
      differences(
        '{"a":1,"gone":[1],"b":{"c":"x"},"list":[1,2]}',
        '{"list":[1,3,4],"b":{"c":"y","odd key":null},"a":1}',
      ),
    ).toEqual([
      { what: 'removed', path: '$.gone', before: '[1]' },
      { what: 'added', path: '$.list[2]', after: '4' },
      { what: 'changed', path: '$.list[1]', before: '2', after: '3' },
      { what: 'added', path: '$.b["odd key"]', after: 'null' },
      { what: 'changed', path: '$.b.c', before: '"x"', after: '"y"' },
    ]);
  });

  test('compares big numbers digit for digit, and texts by what they say', () => {
    expect(differences('{"n":9007199254740993}', '{"n":9007199254740992}')).toEqual([
      { what: 'changed', path: '$.n', before: '9007199254740993', after: '9007199254740992' },
    ]);
    expect(differences('"\\u0061"', '"a"')).toEqual([]);
    expect(differences('{"n":"1"}', '{"n":1}')).toHaveLength(1);
    expect(differences('[]', '{}')).toEqual([
      { what: 'changed', path: '$', before: '[]', after: '{}' },
    ]);
  });

  test('is nothing between a body and itself, whatever it is', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(differences(text, text)).toEqual([]);
      }),
    );
  });

  test('ends at 200, and no depth is too deep', () => {
    const many = Array.from({ length: 300 }, (_, at) => at);
    const found = differencesOf(parsed('[]'), parsed(JSON.stringify(many)));
    expect([found.all.length, found.more]).toEqual([200, true]);
    const deep = (inner: string) => '['.repeat(20_000) + inner + ']'.repeat(20_000);
    expect(differences(deep('1'), deep('2'))).toHaveLength(1);
  });
});

describe('a date beside a number', () => {
  test.each([
    ['timestamp', '1771611020990', 1_771_611_020_990],
    ['created_at', '1771611020', 1_771_611_020_000],
    ['lastSyncedAt', '1771611020', 1_771_611_020_000],
    ['addedOn', '1771611020', 1_771_611_020_000],
  ])('%s: %s is an instant', (key, digits, at) => {
    expect(instantOf(key, digits)).toBe(at);
  });

  test.each([
    ['token_id', '1771611020'],
    ['amount', '1771611020990'],
    ['timestamp', '17716110209901'],
    ['timestamp', '1771611020.5'],
    ['timestamp', '-1771611020'],
    ['timestamp', '42'],
    [0, '1771611020'],
    [null, '1771611020'],
  ])('%s: %s is none', (key, digits) => {
    expect(instantOf(key, digits)).toBe(null);
  });
});

describe('the search in a payload', () => {
  const source = '{"wallet":{"name":"Ledger"},"list":[{"id":"A-1"},{"id":"wallet"}],"n":10}';
  const { root } = parsed(source);
  const found = (needle: string) =>
    findNodes(root, source, needle).map(({ node, places }) => [
      source.slice(node.from, node.to),
      places,
    ]);

  test('finds keys and values in the order of the tree, with the way to them', () => {
    expect(found('wallet')).toEqual([
      ['{"name":"Ledger"}', [0]],
      ['"wallet"', [1, 1, 0]],
    ]);
    expect(found('10')).toEqual([['10', [2]]]);
    expect(found('')).toEqual([]);
    expect(found('{')).toEqual([]);
  });
});

test('facts are what matters, the rest, and ids; a long text is not at a glance', () => {
  const fact = (label: string, form: 'text' | 'code' = 'text', value = label): Fact => ({
    ...{ form, label, value },
  });
  const long = fact('Reason', 'text', 'a'.repeat(100));
  const facts = [long, fact('Id', 'code'), fact('A'), fact('B'), fact('C')];
  const { first, rest, ids } = groupFacts(facts, 2);
  expect(first.map(({ label }) => label)).toEqual(['A', 'B']);
  expect(rest.map(({ label }) => label)).toEqual(['Reason', 'C']);
  expect(ids.map(({ label }) => label)).toEqual(['Id']);
});

test('what came of delivering again is a sentence', () => {
  expect(againWords({ status: 'answered', code: 200, outcome: 'duplicate' })).toBe(
    'Delivered again: answered 200, duplicate. Nothing was added.',
  );
  expect(againWords({ status: 'answered', code: 401, outcome: 'signature-wrong' })).toBe(
    'Delivered again: answered 401, signature wrong. Nothing was added.',
  );
  expect(againWords({ status: 'not-sent', why: 'no-source' })).toBe(
    'Not delivered again: its source was removed.',
  );
});
