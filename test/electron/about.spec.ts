import { expect, test } from 'vitest';
import { openInElectron } from '../support/electron.ts';

test('About says that nothing is sent, and lists the licence of everything that is shipped', async () => {
  await using app = await openInElectron();
  const page = app.page();
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByText('Nothing is sent to anybody').waitFor();
  await page.getByRole('button', { name: 'Show licences' }).click();
  const dialog = page.getByRole('dialog', { name: 'Licences' });
  await dialog.getByRole('button', { name: /^Hookbell / }).click();
  await dialog.getByText('Permission is hereby granted').waitFor();

  const licenses = await app.ask('licenses', undefined);
  const names = licenses.map(({ name }) => name);
  expect(names.slice(0, 3)).toEqual(['Hookbell', 'Electron', 'Chromium']);
  expect(names).toEqual(expect.arrayContaining(['@ngrok/ngrok', 'zod', 'react', 'conf']));
  expect(new Set(licenses.map(({ name, version }) => `${name} ${version}`)).size).toBe(
    licenses.length,
  );
  expect(licenses.filter(({ identifier }) => identifier === null)).toEqual([]);
  // These are published without one.
  expect(licenses.flatMap(({ name, text }) => (text ? [] : name))).toEqual([
    '@nodable/entities',
    'lazy-val',
  ]);
});
