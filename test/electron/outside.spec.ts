import { expect, test } from 'vitest';
import { vezgoSource } from '../../bench/harness/deliveries.ts';
import { openInElectron } from '../support/electron.ts';
import { fakeFileManager } from '../support/file-manager.ts';
import { recorded } from '../support/fixtures.ts';

const linked = vezgoSource('vezgo-main', {
  linkTemplate: 'http://localhost:3000/accounts/{account.id}',
});

const withFailure = async () => {
  const app = await openInElectron({ provision: { sources: [linked] } });
  await app.deliver(recorded('vezgo/SyncError.LoginFailedError.json', linked));
  const page = app.page();
  await page.getByRole('option').first().click();
  return { app, page };
};

test('a click opens the portal whose host the button names, and nothing opens before (E8)', async () => {
  using browser = fakeFileManager('opens');
  const { app, page } = await withFailure();
  await using _app = app;
  const button = page.getByRole('button', { name: 'Open the portal on portal.vezgo.com' });
  await button.first().waitFor();
  expect(browser.asked()).toEqual([]);
  await button.first().click();
  await expect.poll(browser.asked).toEqual(['https://portal.vezgo.com/api-keys']);
});

test('a link without encryption is asked about with its host, by keyboard too (E8)', async () => {
  using browser = fakeFileManager('opens');
  const { app, page } = await withFailure();
  await using _app = app;
  const button = page.getByRole('button', { name: 'Open the account on localhost:3000' }).first();
  await button.focus();
  await page.keyboard.press('Enter');
  const question = page.getByRole('alertdialog', { name: /localhost:3000 without encryption/ });
  await question.waitFor();
  await page.keyboard.press('Escape');
  await question.waitFor({ state: 'detached' });
  expect(browser.asked()).toEqual([]);

  await page.keyboard.press('Enter');
  await question.getByRole('button', { name: 'Open it' }).click();
  await expect
    .poll(browser.asked)
    .toEqual([expect.stringMatching(/^http:\/\/localhost:3000\/accounts\/\w+$/)]);
  await question.waitFor({ state: 'detached' });
});

test('without a browser the window shows the URL to copy', async () => {
  using _browser = fakeFileManager('refuses');
  const { app, page } = await withFailure();
  await using _app = app;
  await page.getByRole('button', { name: 'Open the portal on portal.vezgo.com' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'It could not be opened' });
  await dialog.getByText('https://portal.vezgo.com/api-keys').waitFor();
  await dialog.getByRole('button', { name: 'Close' }).click();
});
