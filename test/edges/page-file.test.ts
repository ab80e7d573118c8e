import { expect, test } from 'vitest';
import { pageFile } from '../../electron/edges/page-file.ts';

test('a page is found inside the folder', () => {
  expect(pageFile('/bundle', 'app://bundle/index.html')).toBe('/bundle/index.html');
  expect(pageFile('/bundle', 'app://bundle/assets/a%20b.js')).toBe('/bundle/assets/a b.js');
});

test.each([
  'app://bundle/..%2f..%2fetc/passwd',
  'app://bundle/%2e%2e%2f%2e%2e%2fetc/passwd',
  'app://bundle/..%5c..%5cetc',
  'app://bundle/%00index.html',
  'app://bundle/%ff',
  'app://bundle/',
  'app://elsewhere/index.html',
])('%s names nothing (E2)', (url) => {
  expect(pageFile('/bundle', url)).toBeNull();
});

test('an absolute path stays inside the folder', () => {
  expect(pageFile('/bundle', 'app://bundle//etc/passwd')).toBe('/bundle/etc/passwd');
});
