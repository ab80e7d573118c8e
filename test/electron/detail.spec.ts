import { expect, test } from 'vitest';
import { kryptosDelivery, kryptosSource } from '../../bench/harness/deliveries.ts';
import { type ElectronTestApp, openInElectron } from '../support/electron.ts';
import { openOwnServer } from '../support/own-server.ts';

const kryptos = kryptosSource();

/** As text: a number of JavaScript could not hold the total. */
const failed = (id: string, message: string) =>
  kryptosDelivery(
    `{"id":"${id}","event":"integration.failed","timestamp":"${new Date().toISOString()}","data":{"walletId":"wallet_1","providerPublicName":"Kraken","message":"${message}","lastSyncedAt":1771611020990,"total":9007199254740993}}`,
    kryptos,
  );

/** Two failures of one account; the newer one is open. */
const openWithTwo = async () => {
  const app = await openInElectron({ provision: { sources: [kryptos] } });
  await app.deliver(failed('whd_1', 'API key refused'));
  await app.deliver(failed('whd_2', 'API key expired'));
  const page = app.page();
  // Both are one row, which opens in place.
  await page.getByRole('option', { name: /2 tries since/ }).click();
  await page.getByRole('option').nth(1).click();
  await page.getByRole('tab', { name: 'Summary' }).waitFor();
  return { app, page };
};

const clipboardOf = (app: ElectronTestApp) =>
  app.electron().evaluate(({ clipboard }) => clipboard.readText());

test('r delivers again and c copies as cURL, and each says what came of it', async () => {
  const { app, page } = await openWithTwo();
  await using _app = app;
  await page.keyboard.press('r');
  await page.getByText('Delivered again: answered 200, duplicate. Nothing was added.').waitFor();
  expect(await page.getByRole('option').count()).toBe(3);

  await page.keyboard.press('c');
  await page.getByText('Copied as cURL, without its signature.').waitFor();
  expect(await clipboardOf(app)).toMatch(/^curl 'http:\/\/localhost:3000\/' /);
  expect(await clipboardOf(app)).not.toContain('x-webhook-signature');
});

test('what an event is forwarded to is asked once, with mistakes at the field, and by keyboard alone (P9)', async () => {
  const { app, page } = await openWithTwo();
  await using _app = app;
  await using server = await openOwnServer(202);
  await page.getByRole('button', { name: 'Forward', exact: true }).focus();
  await page.keyboard.press('Enter');
  const field = page.getByRole('textbox', { name: 'Forward to' });
  await expect.poll(() => field.evaluate((one) => one === document.activeElement)).toBe(true);
  await page.keyboard.type('http://192.0.2.1/');
  await page.keyboard.press('Enter');
  await page.getByText('Only this computer: localhost, 127.0.0.1 or [::1].').waitFor();
  expect(await field.getAttribute('aria-invalid')).toBe('true');

  await field.fill(server.url);
  await page.keyboard.press('Enter');
  await page.getByText(/^Forwarded: answered 202 in \d+ ms\.$/).waitFor();
  expect(await field.count()).toBe(0);
  expect(await page.evaluate(() => document.activeElement === document.body)).toBe(false);

  await page.getByRole('button', { name: 'Forward', exact: true }).click();
  await expect.poll(() => server.heard.length).toBe(2);
});

test('a related row opens its event, with the focus in its detail; ids stay folded or unfolded', async () => {
  const { app, page } = await openWithTwo();
  await using _app = app;
  const related = page.getByRole('region', { name: 'The same account' });
  await related.getByRole('button').first().waitFor();
  expect(await page.getByText('wallet_1').isVisible()).toBe(false);
  await page.getByText('Ids', { exact: true }).click();
  await page.getByText('wallet_1').waitFor();

  await related.getByRole('button').first().focus();
  await page.keyboard.press('Enter');
  await expect
    .poll(() => page.getByRole('option', { selected: true }).textContent())
    .toContain('API key refused');
  await page.getByText('wallet_1').waitFor();
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('role'));
  expect(await focused()).toBe('tab');
});

test('an account is named where it is read', async () => {
  const { app, page } = await openWithTwo();
  await using _app = app;
  await page.getByRole('button', { name: 'Name Kraken' }).click();
  await page.keyboard.type('Savings');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Savings: Kraken could not sync' }).waitFor();
});

test('a payload is searched and copied by keyboard, with dates beside numbers and what changed', async () => {
  const { app, page } = await openWithTwo();
  await using _app = app;
  await page.getByRole('tab', { name: 'Payload' }).click();
  await page.getByText('20 Feb 2026, ').waitFor();
  await page.getByText('9007199254740993', { exact: true }).waitFor();

  await page.getByRole('textbox', { name: 'Search this payload' }).focus();
  await page.keyboard.type('EXPIRED');
  await page.getByText('1 of 1').waitFor();
  // Past the line that the search found stand its two buttons.
  await page.keyboard.press('Tab');
  await page.keyboard.press('Control+c');
  await expect.poll(() => clipboardOf(app)).toBe('API key expired');
  await page.keyboard.press('Control+Shift+c');
  await expect.poll(() => clipboardOf(app)).toBe('$.data.message');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect.poll(() => clipboardOf(app)).toBe('API key expired');

  await page.getByText(/^3 differences to the one before it/).click();
  await page.getByText('"API key refused"').waitFor();
});

test('the six tabs are in one line at every width of the pane, and none is cut without a sign', async () => {
  const { app, page } = await openWithTwo();
  await using _app = app;
  const window = await app.electron().browserWindow(page);
  const tabs = page.getByRole('tablist');
  for (const width of [1280, 840, 760, 720]) {
    await window.evaluate((one, to) => one.setContentSize(to, 700), width);
    await expect.poll(() => page.evaluate(() => document.documentElement.clientWidth)).toBe(width);
    expect(await tabs.evaluate((one) => one.scrollWidth - one.clientWidth)).toBe(0);
    expect(await tabs.evaluate((one) => one.clientHeight)).toBeLessThan(40);
  }
});
