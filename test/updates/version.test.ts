import { expect, test } from 'vitest';
import { isOlder, versionIn } from '../../electron/updates/version.ts';

test.each([
  ['0.2.0\n', '0.2.0'],
  ['1.0.0-beta.2+linux\n', '1.0.0-beta.2+linux'],
])('a file with %j holds the version %s', (text, version) => {
  expect(versionIn(text)).toBe(version);
});

test.each([
  '',
  '\n',
  '0.2',
  '0.2.0',
  '0.2\n',
  '0.2.0\n\n',
  ' 0.2.0\n',
  '<b>1.0.0</b>\n',
  '1.2.3.4\n',
])('a file with %j holds no version', (text) => {
  expect(versionIn(text)).toBe(null);
});

test('versions are ordered as semver orders them', () => {
  const inOrder = [
    '0.1.9',
    '0.1.10',
    '0.2.0-alpha',
    '0.2.0-alpha.1',
    '0.2.0-alpha.beta',
    '0.2.0-beta.2',
    '0.2.0-beta.11',
    '0.2.0',
    '1.0.0',
  ];
  for (const [a, one] of inOrder.entries())
    for (const [b, other] of inOrder.entries()) expect(isOlder(one, other)).toBe(a < b);
  expect(isOlder('0.2.0+1', '0.2.0+2')).toBe(false);
  expect(isOlder('no version', '0.2.0')).toBe(false);
});
