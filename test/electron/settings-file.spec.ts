import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { kryptosSource, vezgoSource } from '../../bench/harness/deliveries.ts';
import { openInElectron } from '../support/electron.ts';

const sources = [kryptosSource('kryptos-main', { name: 'Tax office' }), vezgoSource()];

test('settings are saved, looked at, restored after a question, and the window says what is left to do', async () => {
  await using app = await openInElectron({ provision: { sources } });
  const page = app.page();
  const file = join(app.folder, 'mine.json');
  await app.choose(file);
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Save settings' }).click();
  await page.getByText('Saved in mine.json').first().waitFor();

  await app.ask('removeSource', { id: 'kryptos-main' });
  await page.getByRole('button', { name: 'Restore settings' }).click();
  const dialog = page.getByRole('dialog');
  await dialog
    .getByText('Adds “Tax office” (Kryptos) with a new URL, without its secret.')
    .waitFor();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  expect((await app.ask('state', undefined)).sources).toHaveLength(1);

  await page.getByRole('button', { name: 'Restore settings' }).click();
  await dialog.getByRole('button', { name: 'Restore', exact: true }).click();
  await dialog.getByText('Paste the new URL into the portal of Tax office.').waitFor();
  await dialog.getByText(/^Put the secret into Tax office/).waitFor();
  await dialog.getByRole('button', { name: 'Open Sources' }).click();
  await page.getByRole('heading', { name: 'Tax office' }).waitFor();
  await page.getByText('Tax office needs its secret').first().waitFor();
});

test('a file that is none of ours is refused where it was chosen, with the place of its mistake', async () => {
  await using app = await openInElectron({ provision: { sources } });
  const page = app.page();
  const file = join(app.folder, 'odd.json');
  writeFileSync(
    file,
    '{"hookbell":"settings","v":1,"retention":{"days":0,"entries":1000,"bytes":1}}',
  );
  await app.choose(file);
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Restore settings' }).click();

  await page.getByText('odd.json cannot be used, and nothing was changed.').waitFor();
  await page.getByText('retention.days is out of range').waitFor();
});
