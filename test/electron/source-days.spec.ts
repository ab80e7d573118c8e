import { expect, test } from 'vitest';
import { openPlace } from '../support/around.ts';
import { openInElectron } from '../support/electron.ts';
import { fill, livedIn } from '../support/lived-in.ts';

test('the days of a source are read with the pointer, by keyboard and by a screen reader, on its card and in Health', async () => {
  await using app = await openInElectron({ provision: livedIn });
  await fill(app);
  const page = app.page();
  for (const place of ['Sources', 'Health'] as const) {
    await openPlace(page, place);
    const chart = page.getByRole('listbox', { name: 'Deliveries to Kryptos, by day' });
    const said = chart.locator('xpath=following-sibling::p');
    const days = chart.getByRole('option');
    await expect.poll(() => days.count()).toBe(14);
    const today = 'Today: 25 accepted, 3 rejected';
    expect(await days.last().getAttribute('aria-label')).toBe(today);
    await page.getByText('Rejected: 3 with a wrong signature').waitFor();

    await days.last().hover();
    await expect.poll(() => said.innerText()).toBe(today);
    await page.mouse.move(0, 0);
    await expect.poll(() => said.innerText()).toMatch(/Today$/);
    await chart.focus();
    await expect.poll(() => said.innerText()).toBe(today);
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => said.innerText()).toBe('Yesterday: nothing');
    await chart.getByRole('option', { selected: true, name: 'Yesterday: nothing' }).waitFor();
    await page.keyboard.press('End');
    await expect.poll(() => said.innerText()).toBe(today);
  }
});
