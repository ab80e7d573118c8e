import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { dialogsOf, openPlace, places } from '../support/around.ts';
import { openInElectron } from '../support/electron.ts';
import { fakeFileManager } from '../support/file-manager.ts';
import { fill, livedIn } from '../support/lived-in.ts';

/** What has the focus: nothing where it is the body, or what is not in the window any more. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const { activeElement } = document;
    if (activeElement === null || activeElement === document.body) return 'nothing';
    const name = activeElement.getAttribute('aria-label') ?? activeElement.textContent ?? '';
    return `${activeElement.tagName.toLowerCase()} ${name.trim().slice(0, 40)}`;
  });
const hasFocus = (page: Page, after: string) =>
  expect.poll(() => focused(page), { message: after }).not.toBe('nothing');

test('something has the focus after each page, after each dialog, and after each row that goes', async () => {
  using _desktop = fakeFileManager('refuses');
  await using app = await openInElectron({ provision: livedIn });
  await fill(app);
  const page = app.page();
  await page.getByRole('option').first().waitFor();
  for (const key of ['a', 'r', 's', 'n', 'h', 't']) {
    await page.keyboard.press('g');
    await page.keyboard.press(key);
    await hasFocus(page, `g ${key}`);
  }
  for (const place of places) {
    await openPlace(page, place);
    await hasFocus(page, place);
  }
  for (const { name, open, dialog } of await dialogsOf(app)) {
    await open();
    await dialog.waitFor();
    await hasFocus(page, name);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await hasFocus(page, `${name}, closed`);
  }

  for (const key of ['/', 'Escape']) {
    await page.keyboard.press(key);
    await hasFocus(page, `the search, ${key}`);
  }
  await openPlace(page, 'Timeline');
  await page.getByRole('option', { name: /Kraken could not sync/ }).click();
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await hasFocus(page, 'a closed event');

  await openPlace(page, 'Notify');
  const rules = page.getByRole('button', { name: /^Remove the rule for/ });
  for (let left = await rules.count(); left > 0; left -= 1) {
    await rules.first().click();
    await expect.poll(() => rules.count()).toBe(left - 1);
    await hasFocus(page, `a removed rule, ${left - 1} left`);
  }

  await openPlace(page, 'Sources');
  const sources = page.getByRole('button', { name: /^More for/ });
  for (let left = await sources.count(); left > 0; left -= 1) {
    await sources.first().click();
    await page.getByRole('menuitem', { name: 'Remove' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
    await expect.poll(() => sources.count()).toBe(left - 1);
    await page.getByRole('alertdialog').waitFor({ state: 'detached' });
    await hasFocus(page, `a removed source, ${left - 1} left`);
  }
}, 120_000);
