import { expect, test } from 'vitest';
import { openInElectron } from '../support/electron.ts';
import { fill, livedIn } from '../support/lived-in.ts';

test('a row has a context menu by pointer and by keyboard, with the actions of its keys', async () => {
  await using app = await openInElectron({ provision: livedIn });
  await fill(app);
  const page = app.page();
  const row = page.getByRole('option', { name: /Kraken could not sync/ }).first();
  const menu = page.getByRole('menu');
  await row.click({ button: 'right' });
  await menu.waitFor();
  await menu.getByRole('menuitem', { name: 'Pin, or unpin' }).click();
  await menu.waitFor({ state: 'detached' });
  await row.getByRole('img', { name: 'Pinned.' }).waitFor();
  expect(await row.getAttribute('aria-selected')).toBe('true');
  expect(await page.getByRole('heading', { name: 'Kraken could not sync' }).count()).toBe(0);

  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('role'));
  await expect.poll(focused).toMatch(/option|listbox/);
  await page.keyboard.press('Shift+F10');
  await menu.waitFor();
  await expect.poll(focused).toMatch(/^menu/);
  await page.keyboard.press('Escape');
  await menu.waitFor({ state: 'detached' });
  await expect.poll(focused).toMatch(/option|listbox/);

  await page.keyboard.press('Shift+F10');
  const rule = menu.getByRole('menuitem', { name: 'Mute, or also tell me' });
  await rule.waitFor();
  await expect.poll(focused).toMatch(/^menu/);
  await page.keyboard.type('mute');
  await expect.poll(() => rule.evaluate((one) => one === document.activeElement)).toBe(true);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Kraken could not sync' }).waitFor();
  await page
    .getByRole('menuitem', { name: /Kraken/ })
    .first()
    .waitFor();
}, 60_000);
