import type { Locator } from 'playwright-core';
import { expect, test } from 'vitest';
import { openPlace } from '../support/around.ts';
import { openInElectron } from '../support/electron.ts';
import { fill, livedIn } from '../support/lived-in.ts';

/** What can mark a thing where the system gives the colours: its outline, its border, its own ground, and what is drawn before and after it. */
const marksOf = (thing: Locator) =>
  thing.evaluate((element) => {
    const plain = document.body.appendChild(document.createElement('button'));
    const grounds = ['Canvas', 'ButtonFace', 'transparent'].map((color) => {
      plain.style.backgroundColor = color;
      return getComputedStyle(plain).backgroundColor;
    });
    plain.remove();
    const marks = [null, '::before', '::after'].map((part) => {
      const style = getComputedStyle(element, part);
      if (part !== null && style.content === 'none') return '';
      const ground = grounds.includes(style.backgroundColor) ? '' : style.backgroundColor;
      const outline = style.outlineStyle === 'none' ? '' : style.outlineColor;
      return `${outline} ${part === null ? style.borderColor : ''} ${ground}`.trim();
    });
    return JSON.stringify(marks);
  });

test('what is chosen is seen to be chosen where the system gives the colours', async () => {
  await using app = await openInElectron({ provision: livedIn });
  await fill(app);
  const page = app.page();
  await page.emulateMedia({ forcedColors: 'active' });
  const rail = page.getByRole('navigation', { name: 'Pages' });
  await page.getByRole('option', { name: /Kraken could not sync/ }).click();
  await page.getByRole('tab').first().waitFor();

  const differ = async (what: string, chosen: Locator, other: Locator) => {
    await page.mouse.move(0, 0);
    expect(await marksOf(chosen.first()), what).not.toBe(await marksOf(other.first()));
  };
  await differ(
    'a page of the rail',
    rail.locator('[aria-current]'),
    rail.getByRole('button', { name: 'Health' }),
  );
  await differ(
    'a row',
    page.getByRole('option', { selected: true }),
    page.getByRole('option', { selected: false }),
  );
  await differ(
    'a tab',
    page.getByRole('tab', { selected: true }),
    page.getByRole('tab', { selected: false }),
  );
  const unread = page.getByRole('toolbar').getByRole('button', { name: /^Unread/ });
  await unread.click();
  await differ('a filter', unread, page.getByRole('toolbar').getByRole('button', { name: 'Kind' }));
  await unread.click();
  await page.getByRole('toolbar').getByRole('button', { name: 'Kind' }).click();
  await page.getByRole('menuitemcheckbox').first().waitFor();
  await page.keyboard.press('ArrowDown');
  await differ(
    'an item of a menu',
    page.locator('[role=menuitemcheckbox][data-highlighted]'),
    page.locator('[role=menuitemcheckbox]:not([data-highlighted])'),
  );
  await page.keyboard.press('Escape');

  await openPlace(page, 'Settings');
  const themes = page.getByRole('group', { name: 'Theme' });
  await differ(
    'a segment',
    themes.getByRole('button', { pressed: true }),
    themes.getByRole('button', { pressed: false }),
  );
  await openPlace(page, 'Sources');
  await page.getByRole('button', { name: 'Add a source' }).click();
  await page.getByRole('radio').first().click();
  await differ(
    'a radio button',
    page.getByRole('radio', { checked: true }),
    page.getByRole('radio', { checked: false }),
  );
  await page.keyboard.press('Escape');
  await openPlace(page, 'Notify');
  const quiet = page.getByRole('group', { name: 'Quiet time 1' });
  await differ(
    'a day',
    quiet.getByRole('button', { pressed: true }),
    quiet.getByRole('button', { pressed: false }),
  );
}, 60_000);
