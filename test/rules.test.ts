import { expect, test } from 'vitest';
import { textOf, tracked } from './support/imports.ts';

const id = String.raw`[A-Z]\d+(?:\.\d)?[a-z]?`;
/** The end of a title: ids in parentheses, then the quote. */
const named = new RegExp(String.raw`\((${id}(?:(?:, | and | to )${id})*)\)['"\u0060]`, 'g');

/** `E2 to E5` stands for the four of them. */
const idsIn = (list: string): string[] =>
  list.split(/, | and /).flatMap((part) => {
    const [, letter = '', first = '', last = ''] = /^([A-Z])(\d+) to \1(\d+)$/.exec(part) ?? [];
    if (letter === '') return [part];
    const count = Number(last) - Number(first) + 1;
    return Array.from({ length: count }, (_, at) => `${letter}${Number(first) + at}`);
  });

const rules = [...textOf('docs/rules.md').matchAll(/^\| (\S+) \| (.+?) \| (.*?) ?\|$/gm)].flatMap(
  ([, rule = '', meaning = '', reason = '']) =>
    new RegExp(`^${id}$`).test(rule) ? [{ rule, meaning, reason }] : [],
);
const inTests = new Map(
  tracked('test')
    .filter((file) => /\.(tsx?)$/.test(file))
    .flatMap((file) =>
      [...textOf(file).matchAll(named)].flatMap(([, list = '']) =>
        idsIn(list).map((rule): [string, string] => [rule, file]),
      ),
    ),
);

test('every rule stands once, with its meaning', () => {
  expect(rules.length).toBeGreaterThan(100);
  expect(new Set(rules.map(({ rule }) => rule)).size).toBe(rules.length);
  expect(rules.filter(({ meaning }) => meaning.trim().length < 10)).toEqual([]);
});

test('every rule is held by a test that names it, or has a reason why none does', () => {
  const bare = rules.filter(({ rule, reason }) => !inTests.has(rule) && reason === '');
  expect(bare.map(({ rule }) => rule)).toEqual([]);
});

test('a title names rules that there are', () => {
  const known = new Set(rules.map(({ rule }) => rule));
  expect([...inTests].filter(([rule]) => !known.has(rule))).toEqual([]);
});
