import { expect, test } from 'vitest';
import {
  costBasisCompleted,
  kryptosSource,
  simplehashSource,
  vezgoSource,
} from '../../bench/harness/deliveries.ts';
import { openInElectron } from '../support/electron.ts';

const kryptos = kryptosSource();
const provision = { sources: [kryptos, vezgoSource(), simplehashSource()] };

test('a run, an outage and a burst are one row each, which opens in place by mouse and by keyboard', async () => {
  await using app = await openInElectron({ provision });
  const page = app.page();
  const rows = page.getByRole('listbox').getByRole('option');
  for (const story of ['recalculation', 'lost-key', 'mint-day'])
    await app.ask('simulate', { what: 'story', story });
  const burst = page.getByRole('option', { name: /NFT received ×12 on Ethereum/ });
  await burst.waitFor();
  await page.getByRole('option', { name: /Minted in a contract you watch ×12/ }).waitFor();
  await page.getByRole('option', { name: /works again Closed group.*2 failed tries/ }).waitFor();
  const gains = page.getByRole('option', { name: /Gains and losses are up to date/ });
  await gains.getByText(/^Transfers in \d+ s · gains and losses in/).waitFor();
  await expect.poll(() => rows.count()).toBe(5);

  await gains.click();
  await expect.poll(() => rows.count()).toBe(9);
  expect(await gains.first().getAttribute('aria-selected')).toBe('true');
  await gains.first().click();
  await expect.poll(() => rows.count()).toBe(5);

  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await expect.poll(() => rows.count()).toBe(17);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await page.locator('[data-detail]').waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await expect.poll(() => rows.count()).toBe(5);
  const selected = page.getByRole('option', { selected: true });
  expect(await selected.textContent()).toContain('×12');
  await page.keyboard.press('u');
  await expect.poll(() => page.getByRole('option', { name: /^Unread\./ }).count()).toBe(4);
});

test('1,000 arrivals move neither the selection nor an open group', async () => {
  await using app = await openInElectron({ provision });
  const page = app.page();
  await app.ask('simulate', { what: 'story', story: 'mint-day' });
  await page.getByRole('option', { name: /NFT received ×12/ }).click();
  await page.keyboard.press('j');
  const selected = page.getByRole('option', { selected: true });
  await expect.poll(() => selected.getAttribute('id')).toMatch(/^entry-/);
  const before = await selected.evaluate((row) => [row.id, row.getBoundingClientRect().top]);

  for (let sent = 0; sent < 1_000; sent += 50)
    await Promise.all(
      Array.from({ length: 50 }, (_, at) =>
        app.deliver(costBasisCompleted(kryptos, { id: `whd_${sent + at}` })),
      ),
    );
  await page.getByRole('button', { name: '500+ new' }).waitFor();
  expect(await selected.evaluate((row) => [row.id, row.getBoundingClientRect().top])).toEqual(
    before,
  );
});
