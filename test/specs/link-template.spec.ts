import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { vezgoSource } from '../../bench/harness/deliveries.ts';
import { openApp } from '../support/app.ts';

const template = 'https://my.app/accounts/{account.id}';

test('a link to the own application is saved with the source, restored with the settings, and removed again', async () => {
  await using app = await openApp({ provision: { sources: [vezgoSource()] } });
  const change = async (linkTemplate: string | null) =>
    app.ask('changeSource', { change: { id: 'vezgo-main', linkTemplate }, withoutKeyring: true });
  const link = async () => (await app.ask('state', undefined)).sources[0]?.linkTemplate;

  expect(await link()).toBeNull();
  expect((await change(template)).status).toBe('done');
  expect(await link()).toBe(template);

  const file = join(app.folder, 'settings-saved.json');
  await app.choose(file);
  await app.ask('saveSettings', undefined);
  expect(readFileSync(file, 'utf8')).toContain(template);

  await change(null);
  expect(await link()).toBeNull();
  expect(await app.ask('openSettingsFile', undefined)).toMatchObject({
    status: 'offered',
    changes: ['“Vezgo” offers to open its accounts on my.app.'],
  });
  await app.ask('restoreSettings', { withoutKeyring: true });
  expect(await link()).toBe(template);
});

test.each(['javascript:alert(1)', 'https://{account.id}.my.app/', 'https://my.app/{account}'])(
  'a link that cannot be used is an error at its field, and nothing is saved: %s',
  async (linkTemplate) => {
    await using app = await openApp({ provision: { sources: [vezgoSource()] } });
    const change = { id: 'vezgo-main', linkTemplate };
    expect(await app.ask('changeSource', { change, withoutKeyring: true })).toMatchObject({
      status: 'failed',
      problem: { code: 'invalid', field: 'linkTemplate' },
    });
    const source = vezgoSource();
    const draft = {
      ...{ provider: 'vezgo', name: 'Another', secrets: [], allowedAddresses: null },
      ...{ clientId: source.clientId ?? null, linkTemplate },
    };
    expect(await app.ask('addSource', { draft, withoutKeyring: true })).toMatchObject({
      problem: { field: 'linkTemplate' },
    });
    const { sources } = await app.ask('state', undefined);
    expect(sources.map((one) => one.linkTemplate)).toEqual([null]);
  },
);

test('a provisioning file with such a link is told of it with its path', async () => {
  const broken = vezgoSource('vezgo-main', { linkTemplate: 'my.app/{account.id}' });
  await using app = await openApp({ provision: { sources: [broken] } });
  const { conditions } = await app.ask('state', undefined);
  const mistakes = conditions.flatMap(({ reason }) =>
    reason.code === 'provisioning' ? reason.mistakes : [],
  );
  expect(mistakes).toEqual([
    {
      path: 'sources[0].linkTemplate',
      message: 'must be an address that begins with https://',
    },
  ]);
});
