import { expect, test } from 'vitest';
import { createAccountBook } from '../../electron/insight/account-book.ts';

type Account = { sourceId: string; name: string; failures: number; failing: object | null };
const well = (sourceId: string, name: string): Account => ({
  ...{ sourceId, name, failures: 0, failing: null },
});
const failing = (sourceId: string, name: string): Account => ({
  ...{ sourceId, name, failures: 1, failing: {} },
});

test('accounts invented at one source make none of another forgotten (P7)', () => {
  const book = createAccountBook<Account>();
  book.set('mine', failing('main', 'mine'));
  for (let number = 0; number < 10_000; number += 1)
    book.set(`invented ${number}`, failing('open', `invented ${number}`));
  expect(book.get('main', 'mine')).toBeDefined();
  expect(book.list()).toHaveLength(2501);
});

test('of a source with too many accounts one that is well is forgotten before one that fails', () => {
  const book = createAccountBook<Account>();
  book.set('failing', failing('s', 'failing'));
  for (let number = 0; number < 3000; number += 1) book.set(`w${number}`, well('s', `w${number}`));
  expect(book.get('s', 'failing')).toBeDefined();
  expect(book.get('s', 'w0')).toBeUndefined();
  expect(book.get('s', 'w2999')).toBeDefined();
});

test('of each source at most 50 failing accounts are listed, the newest, and the rest is counted (E7b)', () => {
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
