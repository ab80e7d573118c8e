import { expect, test } from 'vitest';
import { createAccountBook } from '../../electron/insight/account-book.ts';

type Account = {
  sourceId: string;
  name: string;
  failures: number;
  condition: { since: number } | null;
};
const well = (sourceId: string, name: string): Account => ({
  sourceId,
  name,
  failures: 0,
  condition: null,
});
const failing = (sourceId: string, name: string): Account => ({
  sourceId,
  name,
  failures: 1,
  condition: { since: Number(name) || 0 },
});

test('invented accounts of one source remove no account of another (P7)', () => {
  const book = createAccountBook<Account>();
  book.set('mine', failing('main', 'mine'));
  for (let number = 0; number < 10_000; number += 1)
    book.set(`invented ${number}`, failing('open', `invented ${number}`));
  expect(book.get('main', 'mine')).toBeDefined();
  expect(book.list()).toHaveLength(2501);
});

test('beyond the limit of a source, a healthy account is removed before a failing one', () => {
  const book = createAccountBook<Account>();
  book.set('failing', failing('s', 'failing'));
  for (let number = 0; number < 3000; number += 1) book.set(`w${number}`, well('s', `w${number}`));
  expect(book.get('s', 'failing')).toBeDefined();
  expect(book.get('s', 'w0')).toBeUndefined();
  expect(book.get('s', 'w2999')).toBeDefined();
});

test('each source lists its 50 newest failing accounts and counts the others (E7b)', () => {
  const book = createAccountBook<Account>();
  for (let number = 1; number <= 60; number += 1) book.set(`${number}`, failing('s', `${number}`));
  // It fails again, and is no newer for it.
  book.set('1', failing('s', '1'));
  const [found] = book.failing();
  expect(found?.newest.map(({ name }) => name)).toEqual(
    Array.from({ length: 50 }, (_, at) => `${at + 11}`),
  );
  expect(found?.more).toBe(10);
  book.set('60', well('s', '60'));
  expect(book.failing()[0]).toMatchObject({ more: 9 });
});
