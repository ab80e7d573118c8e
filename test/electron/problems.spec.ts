import { expect, test } from 'vitest';
import { costBasisCompleted, kryptosSource, vezgoSource } from '../support/deliveries.ts';
import { openInElectron } from '../support/electron.ts';

const kryptos = kryptosSource();
const provision = { sources: [kryptos, vezgoSource()] };

test('rejected deliveries are told in the window where nothing else comes (P5)', async () => {
  await using app = await openInElectron({ provision });
  const page = app.page();
  await page.getByText('Nothing has reached it yet').first().waitFor();
  for (let sent = 0; sent < 3; sent += 1)
    await app.deliver(costBasisCompleted(kryptos, { secret: 'another' }));

  await page.getByText('3 deliveries for Kryptos rejected: signature wrong').waitFor();
  await page.getByText(/Something came just now and was rejected/).waitFor();
});

test('the words of a problem are whole where none is folded away', async () => {
  const name = 'The account of the family that is kept in the attic';
  await using app = await openInElectron({ provision: { sources: [{ ...kryptos, name }] } });
  const forged = () => app.deliver(costBasisCompleted(kryptos, { secret: 'another' }));
  for (let sent = 0; sent < 3; sent += 1) expect((await forged()).status).toBe(401);
  const strip = app.page().getByRole('region', { name: 'Needs you' });
  await strip.getByText('signature wrong').waitFor();

  await expect
    .poll(() =>
      strip.evaluate((element) =>
        [...element.querySelectorAll('p, p *')].filter(
          (words) => words.clientWidth > 0 && words.scrollWidth > words.clientWidth,
        ),
      ),
    )
    .toEqual([]);
});

test('the focus stays in a dialog whose content is replaced', async () => {
  await using app = await openInElectron({ provision: { sources: [] } });
  const page = app.page();
  await page.getByRole('button', { name: 'Sources' }).click();
  await page.getByRole('button', { name: 'Add a source' }).click();
  await page.getByRole('radio', { name: 'Kryptos' }).click();
  const focused = () => page.evaluate(() => document.activeElement?.textContent);

  await page.getByRole('button', { name: 'Add the source' }).click();
  await page.getByText('no keyring that Hookbell can use').waitFor();
  expect(await focused()).toBe('Back');

  await page.getByRole('button', { name: 'Keep them in a file' }).click();
  await page.getByText('Kryptos is ready').waitFor();
  expect(await focused()).toBe('Done');
});

test('the focus stays in the strip when the problem that had it was read', async () => {
  await using app = await openInElectron({ provision });
  for (let sent = 0; sent < 3; sent += 1)
    await app.deliver(costBasisCompleted(kryptos, { secret: 'another' }));
  const strip = app.page().getByRole('region', { name: 'Needs you' });
  await strip.getByText('3 deliveries for Kryptos rejected').waitFor();

  const keyring = strip.getByRole('listitem').filter({ hasText: 'kept without a keyring' });
  await keyring.getByRole('button', { name: 'I have read it' }).click();
  await expect.poll(() => keyring.count()).toBe(0);

  expect(await strip.evaluate((element) => element.contains(document.activeElement))).toBe(true);
});
