import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { openInElectron } from '../support/electron.ts';
import { fill, livedIn } from '../support/lived-in.ts';

const open = async (page: Page) => {
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Commands' });
  await palette.waitFor();
  return palette;
};

/** Types, waits until the first found is named so, and presses Enter. */
const find = async (page: Page, typed: string, first: string | RegExp) => {
  const palette = await open(page);
  await page.keyboard.type(typed);
  await palette.getByRole('option', { name: first, selected: true }).waitFor();
  await page.keyboard.press('Enter');
  await palette.waitFor({ state: 'detached' });
};

test('a page, an event, an account and a remedy are reached by their names and the keyboard alone', async () => {
  await using app = await openInElectron({ provision: livedIn });
  await fill(app);
  const page = app.page();
  await page.getByRole('option').first().waitFor();

  await find(page, 'heal', /^Health/);
  await page.getByRole('heading', { name: 'Health', level: 1 }).waitFor();
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).not.toBe('BODY');

  const palette = await open(page);
  await page.keyboard.type('kraken could not');
  await palette
    .getByRole('group', { name: 'Events' })
    .getByRole('option', { name: /^Kraken could not sync/ })
    .first()
    .waitFor();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Kraken could not sync' }).waitFor();

  await find(page, 'coinb', /^Coinbase/);
  await page.getByRole('search').getByText('account:').waitFor();

  await find(page, 'change the source', /signature wrong/);
  await page.getByRole('dialog').waitFor();
}, 60_000);

test('the palette opens from the search, counts for a screen reader, and gives the focus back', async () => {
  await using app = await openInElectron({ provision: livedIn });
  const page = app.page();
  await page.keyboard.press('/');
  const search = page.getByRole('combobox', { name: 'Search the history' });
  await expect.poll(() => search.evaluate((one) => one === document.activeElement)).toBe(true);

  const palette = await open(page);
  await page.keyboard.type('zzz');
  await palette.getByText('Nothing is called so.').waitFor();
  await palette.getByRole('status').getByText('0 results').waitFor();
  await page.keyboard.press('Escape');
  await palette.waitFor({ state: 'detached' });
  await expect.poll(() => search.evaluate((one) => one === document.activeElement)).toBe(true);
});

test('what was used last is first the next time, and the mouse chooses too', async () => {
  await using app = await openInElectron({ provision: livedIn });
  const page = app.page();
  await page.getByRole('button', { name: /^Find a command/ }).click();
  await page.getByRole('option', { name: 'Theme: dark' }).click();
  await expect.poll(() => page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark');

  const palette = await open(page);
  const recent = palette.getByRole('group', { name: 'Recent' });
  await recent.getByRole('option', { name: 'Theme: dark', selected: true }).waitFor();
  await page.keyboard.press('ArrowUp');
  await expect.poll(() => palette.getByRole('option', { selected: true }).count()).toBe(1);
  expect(await palette.getByRole('option').last().getAttribute('aria-selected')).toBe('true');
});
