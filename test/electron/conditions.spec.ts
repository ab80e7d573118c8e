import { expect, test } from 'vitest';
import { costBasisCompleted, kryptosSource, vezgoSource } from '../../bench/harness/deliveries.ts';
import { type ElectronTestApp, openInElectron } from '../support/electron.ts';

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
  await strip.getByRole('button', { name: /^Show all/ }).click();

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
  await page.getByRole('button', { name: 'Add a source' }).click();
  await page.getByRole('radio', { name: 'Kryptos' }).click();
  const focused = () => page.evaluate(() => document.activeElement?.textContent);

  await page.getByRole('button', { name: 'Add the source' }).click();
  await page.getByText('no keyring that Hookbell can use').waitFor();
  expect(await focused()).toBe('Back');

  await page.getByRole('button', { name: 'Keep them in a file' }).click();
  await page.getByText('Kryptos is added').waitFor();
  expect(await focused()).toBe('Done');
});

/** Another program may use the port, which is a condition as well. */
const setPortAside = (app: ElectronTestApp) =>
  app.ask('acknowledgeCondition', { id: 'port-taken' });

const unfoldedIn = async (app: ElectronTestApp) => {
  for (let sent = 0; sent < 3; sent += 1)
    await app.deliver(costBasisCompleted(kryptos, { secret: 'another' }));
  const strip = app.page().getByRole('region', { name: 'Needs you' });
  await strip.getByText('3 deliveries for Kryptos rejected').waitFor();
  await setPortAside(app);
  await strip.getByRole('button', { name: 'Show all 2' }).click();
  return strip;
};

test('the focus stays in the strip when the condition that had it was read, and goes to the page with the strip', async () => {
  await using app = await openInElectron({ provision });
  const strip = await unfoldedIn(app);
  const keyring = strip.getByRole('listitem').filter({ hasText: 'kept without a keyring' });
  await keyring.getByRole('button', { name: 'I have read it' }).click();
  await expect.poll(() => keyring.count()).toBe(0);
  expect(await strip.evaluate((element) => element.contains(document.activeElement))).toBe(true);

  const page = app.page();
  await strip.getByRole('button', { name: /^Set aside: 3 deliveries/ }).press('Enter');
  await page.getByRole('menuitem', { name: 'I know' }).press('Enter');
  await expect.poll(() => strip.count()).toBe(0);
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('MAIN');
});

test('what is snoozed or known is counted in a quiet line, and taken back there, also after a start', async () => {
  await using app = await openInElectron({ provision });
  const strip = await unfoldedIn(app);
  await strip.getByRole('button', { name: /^Set aside: 3 deliveries/ }).click();
  await app.page().getByRole('menuitem', { name: 'Snooze until it fails again' }).click();
  await strip.getByRole('button', { name: /^1 snoozed/ }).click();
  await strip.getByText('snoozed until it fails again').waitFor();

  await app.restart();
  await setPortAside(app);
  const again = app.page().getByRole('region', { name: 'Needs you' });
  await again.getByRole('button', { name: /^1 snoozed/ }).click();
  await again.getByRole('button', { name: /^Undo: 3 deliveries/ }).click();
  await again.getByRole('button', { name: 'Show all 2' }).waitFor();
  expect(await again.evaluate((element) => element.contains(document.activeElement))).toBe(true);

  // The missing keyring is to be known alone, and is not counted.
  await app.page().getByRole('button', { name: '1 needs you' }).click();
  await app.page().getByRole('heading', { name: 'What needs you' }).waitFor();
});
