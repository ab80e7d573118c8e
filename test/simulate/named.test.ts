import { expect, test } from 'vitest';
import type { StoredSource } from '../../electron/setup/settings.ts';
import { simulationNamed } from '../../electron/simulate/named.ts';

const sourceOf = (id: string, provider: string): StoredSource => ({
  ...{ id, provider, name: id, tokenHash: id, retired: [] },
  ...{ clientId: null, allowedAddresses: null },
});
const vezgo = sourceOf('5c0a', 'vezgo');
const second = sourceOf('77f1', 'vezgo');

test('a story that no source can play is refused with the providers it takes', () => {
  expect(simulationNamed('lost-key', [])).toEqual({
    status: 'unknown',
    message: 'No source can play “lost-key”. Add one of Kryptos or Vezgo first.',
  });
  expect(simulationNamed('mint-day', [vezgo])).toMatchObject({ status: 'unknown' });
  expect(simulationNamed('lost-key', [vezgo])).toMatchObject({ status: 'known' });
});

test('the names that are offered begin with the provider, and with the id of its further sources', () => {
  const named = simulationNamed('nonsense', [vezgo, second]);
  const offered = named.status === 'unknown' ? named.message.split('\n') : [];
  expect(offered).toContain('vezgo/SyncAccount');
  expect(offered).toContain('77f1/SyncAccount');
  expect(offered.join()).not.toContain('5c0a');
  for (const name of offered.filter((one) => one.includes('/')))
    expect(simulationNamed(name, [vezgo, second])).toMatchObject({ status: 'known' });
});
