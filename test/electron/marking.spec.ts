import { expect, test } from 'vitest';
import { kryptosDelivery, kryptosSource } from '../../bench/harness/deliveries.ts';
import { type ElectronTestApp, openInElectron } from '../support/electron.ts';

const kryptos = kryptosSource();
const provision = { sources: [kryptos] };

const openWith = async (...names: string[]): Promise<ElectronTestApp> => {
  const app = await openInElectron({ provision });
  for (const [at, name] of names.entries())
    await app.deliver(
      kryptosDelivery(
        {
          id: `whd_${at}`,
          event: 'integration.failed',
          timestamp: '2026-02-20T18:10:21.114Z',
          data: { uid: 'user_123', walletId: `wallet_${at}`, providerPublicName: name },
        },
        kryptos,
      ),
    );
  await app
    .page()
    .getByRole('option', { name: names.at(-1) ?? '' })
    .waitFor();
  return app;
};
const unseen = async (app: ElectronTestApp) => (await app.ask('state', undefined)).unseen;

test('an event is archived, and brought back, by one key each', async () => {
  await using app = await openWith('Kraken', 'Binance', 'Coinbase');
  const page = app.page();
  const binance = page.getByRole('option', { name: /Binance/ });
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('e');
  await binance.waitFor({ state: 'detached' });
  await expect.poll(() => unseen(app)).toBe(2);
  await page.getByText('1 archived').waitFor();

  await page.keyboard.press('z');
  await binance.waitFor();
  await expect.poll(() => unseen(app)).toBe(3);
});

test('several are selected with Shift, and archived, marked or pinned together', async () => {
  await using app = await openWith('Kraken', 'Binance', 'Coinbase');
  const page = app.page();
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.keyboard.press('Shift+ArrowDown');
  const bar = page.getByRole('toolbar', { name: 'Selected events' });
  await bar.getByText('2 selected').waitFor();

  await page.keyboard.press('u');
  await bar.waitFor({ state: 'detached' });
  await expect.poll(() => unseen(app)).toBe(1);
  await page.keyboard.press('z');
  await expect.poll(() => unseen(app)).toBe(3);

  await page.getByRole('option', { name: /Kraken/ }).click({ modifiers: ['Control'] });
  await page.getByRole('option', { name: /Coinbase/ }).click({ modifiers: ['Control'] });
  await bar.getByRole('button', { name: 'Pin' }).click();
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Pinned' }).click();
  await expect.poll(() => page.getByRole('option').count()).toBe(2);
});

test('mark all as read says how many a filter shows, marks those, and undoes it', async () => {
  await using app = await openWith('Kraken', 'Binance', 'Coinbase');
  const page = app.page();
  await page.getByRole('button', { name: 'Mark 3 as read' }).waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('account:kraken ');
  await page.getByRole('button', { name: 'Mark 1 as read' }).click();
  await page.getByText('1 marked as read').waitFor();
  await expect.poll(() => unseen(app)).toBe(2);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => unseen(app)).toBe(3);
});
