import { afterEach, expect, test } from 'vitest';
import { xdgOpen } from '../../electron/edges/xdg-open.ts';
import { fakeFileManager } from '../support/file-manager.ts';

const { PATH } = process.env;
afterEach(() => {
  process.env.PATH = PATH;
});

test('a folder of any name is passed to the desktop unchanged', async () => {
  using manager = fakeFileManager('opens');
  expect(await xdgOpen('/tmp/a b; $(c)/"history"')).toBe(true);
  expect(manager.asked()).toEqual(['/tmp/a b; $(c)/"history"']);
});

test('a desktop that cannot show folders is reported', async () => {
  using _manager = fakeFileManager('refuses');
  expect(await xdgOpen('/tmp')).toBe(false);
});

test('a computer without a desktop is reported', async () => {
  process.env.PATH = '/nowhere';
  expect(await xdgOpen('/tmp')).toBe(false);
});

test('a file manager that stays open delays nothing', async () => {
  using manager = fakeFileManager('stays open');
  expect(await xdgOpen('/tmp', 200)).toBe(true);
  await expect.poll(manager.asked).toEqual(['/tmp']);
});
