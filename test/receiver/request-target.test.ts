import { expect, test } from 'vitest';
import { targetOf } from '../../electron/receiver/request-target.ts';

test.each([
  ['/hooks/kryptos/a-b?x=1', null, '/hooks/kryptos/a-b'],
  ['/hooks/kryptos/a%2Db', null, '/hooks/kryptos/a-b'],
  ['/hooks/kryptos/%61%5f%7E', null, '/hooks/kryptos/a_~'],
  ['/hooks/kryptos%2Fa', null, '/hooks/kryptos%2Fa'],
  ['/hooks/kryptos/%252D', null, '/hooks/kryptos/%252D'],
  ['/hooks/kryptos/%', null, '/hooks/kryptos/%'],
  ['http://a.example:80/hooks/x?y', 'a.example:80', '/hooks/x'],
  ['HTTPS://a.example', 'a.example', ''],
  ['http://user@a.example/hooks', 'user@a.example', '/hooks'],
  ['//a.example/hooks', null, '//a.example/hooks'],
])('%s names %s and %s (R5.2)', (url, authority, path) => {
  expect(targetOf(url)).toEqual({ authority, path });
});
