import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openApp } from '../support/app.ts';
import type { TestApp } from '../support/test-app.ts';

const searches = [
  { name: 'Broken exchanges', query: 'kind:sync.failed -kraken' },
  { name: 'Cold wallet', query: '"cold wallet"' },
];
const savedIn = async (app: TestApp) => (await app.ask('state', undefined)).searches;

test('saved searches are there after a restart, in their order', async () => {
  await using app = await openApp();
  expect(await savedIn(app)).toEqual([]);
  expect(await app.ask('changeSearches', { searches })).toEqual({ status: 'done' });
  await app.restart();
  expect(await savedIn(app)).toEqual(searches);
});

test('saved searches go with the saved settings', async () => {
  await using app = await openApp();
  await app.ask('changeSearches', { searches });
  const file = join(app.folder, 'saved.json');
  await app.choose(file);
  await app.ask('saveSettings', undefined);

  await using other = await openApp();
  await other.choose(file);
  expect(await other.ask('openSettingsFile', undefined)).toMatchObject({
    status: 'offered',
    changes: ['Saved searches: “Broken exchanges” and “Cold wallet”.'],
  });
  await other.ask('restoreSettings', { withoutKeyring: true });
  expect(await savedIn(other)).toEqual(searches);
});

test('two saved searches never share a name', async () => {
  await using app = await openApp();
  const twice = [searches[0], searches[0]].flatMap((one) => one ?? []);
  await expect(app.ask('changeSearches', { searches: twice })).rejects.toThrow();
});
