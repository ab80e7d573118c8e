import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkedUrl } from '../../electron/outside/checked-url.ts';
import { linkOf, linkTemplateMistake } from '../../electron/outside/link-template.ts';

test.each([
  'https://my.app/accounts/{account.id}',
  'https://my.app/u/{user.id}/a/{account.id}?from=hookbell#top',
  'http://localhost:3000/{account.id}',
  'https://my.app/accounts',
])('%s can be used', (template) => {
  expect(linkTemplateMistake(template)).toBeNull();
});

test.each([
  ['https://my.app/{account}', 'must not contain {account}'],
  ['https://my.app/{account.id', 'must close each brace'],
  ['https://{account.id}.my.app/', 'must name its host without a field'],
  ['https://my.app{account.id}/', 'must name its host without a field'],
  ['{account.id}', 'must name its host without a field'],
  ['https://{user.id}@my.app/', 'must name its host without a field'],
  ['my.app/{account.id}', 'must be an address that begins with https://'],
  ['javascript:alert({account.id})', 'must'],
  ['file:///{account.id}', 'must begin with https://'],
  ['https://me:word@my.app/{account.id}', 'must not contain a user name'],
  ['https://my.app/a b', 'must not contain spaces'],
  [`https://my.app/${'a'.repeat(1024)}`, 'must have at most 1024 characters'],
])('%s cannot: it %s', (template, mistake) => {
  expect(linkTemplateMistake(template)).toContain(mistake);
});

test('ids are encoded, and one that would change the path gives no link', () => {
  const template = 'https://my.app/a/{account.id}?u={user.id}';
  expect(linkOf(template, { accountId: 'a/b?c#d&e', userId: '$& é' })).toBe(
    'https://my.app/a/a%2Fb%3Fc%23d%26e?u=%24%26%20%C3%A9',
  );
  for (const accountId of ['.', '..', '', '\ud800'])
    expect(linkOf(template, { accountId, userId: 'u' })).toBeNull();
  expect(linkOf(template, { accountId: 'a', userId: null })).toBeNull();
  expect(linkOf('https://my.app/{account.id}', { accountId: 'a', userId: null })).toBe(
    'https://my.app/a',
  );
});

test('whatever the ids, a link stays at its host and under its path', () => {
  const id = fc.string({ unit: 'binary', minLength: 1, maxLength: 128 });
  fc.assert(
    fc.property(id, id, (accountId, userId) => {
      const url = linkOf('https://my.app/a/{account.id}/u/{user.id}', { accountId, userId });
      if (url === null) return;
      const checked = checkedUrl(url, 'person');
      if (checked.status === 'refused') return;
      expect(checked.host).toBe('my.app');
      const { pathname, search, hash } = new URL(checked.url);
      expect(pathname.split('/')).toEqual([
        '',
        'a',
        encodeURIComponent(accountId),
        'u',
        encodeURIComponent(userId),
      ]);
      expect([search, hash]).toEqual(['', '']);
    }),
    { numRuns: 1000 },
  );
});
