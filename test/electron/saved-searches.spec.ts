import { expect, test } from 'vitest';
import { openInElectron } from '../support/electron.ts';
import { fill, livedIn } from '../support/lived-in.ts';

test('a search is saved under a name, found again by it, renamed and removed', async () => {
  await using app = await openInElectron({ provision: livedIn });
  await fill(app);
  const page = app.page();
  const names = async () =>
    (await app.ask('state', undefined)).searches.map(({ name }) => name).join();
  const more = async (item: string) => {
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: item }).click();
  };
  await page.keyboard.press('/');
  await page.keyboard.type('kind:sync.failed ');
  await page.keyboard.press('Enter');
  await more('Save this search…');
  await page.getByRole('textbox', { name: 'Name of this search' }).fill('Broken');
  await page.keyboard.press('Enter');
  await expect.poll(names).toBe('Broken');

  await page.getByRole('combobox').fill('');
  await page.getByRole('combobox').fill('bro');
  await page.getByRole('option', { name: /^Broken/ }).click();
  await expect.poll(() => page.getByRole('combobox').inputValue()).toBe('kind:sync.failed');

  await page.getByRole('combobox').fill('');
  await more('Change…');
  await page.getByRole('button', { name: 'Rename Broken' }).click();
  await page.getByRole('textbox', { name: 'New name of Broken' }).fill('Failing');
  await page.keyboard.press('Enter');
  await expect.poll(names).toBe('Failing');
  await more('Failing');
  await expect.poll(() => page.getByRole('combobox').inputValue()).toBe('kind:sync.failed');
  await more('Save this search…');
  await page.getByRole('button', { name: 'Remove Failing' }).click();
  await expect.poll(names).toBe('');
});
