import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { kryptosDelivery, kryptosSource } from '../../bench/harness/deliveries.ts';
import { type ElectronTestApp, openInElectron } from '../support/electron.ts';
import { oldEvents } from '../support/old-events.ts';
import { openTrayHost } from '../support/tray.ts';

const kryptos = kryptosSource();
const provision = { sources: [kryptos] };
const day = 24 * 60 * 60 * 1000;

/** A history of so many events, one a minute, that began ten days ago. */
const openWithOld = async (events: number): Promise<ElectronTestApp> => {
  const app = await openInElectron({ provision });
  const file = join(app.folder, 'old.jsonl');
  writeFileSync(file, oldEvents(events, app.now() - 10 * day));
  await app.choose(file);
  expect(await app.ask('importHistory', undefined)).toMatchObject({ status: 'done' });
  await app.page().getByRole('option').first().waitFor();
  return app;
};

const failed = (name: string) =>
  kryptosDelivery(
    {
      id: `whd_${name}`,
      event: 'integration.failed',
      timestamp: '2026-02-20T18:10:21.114Z',
      data: { uid: 'user_123', walletId: `wallet_${name}`, providerPublicName: name },
    },
    kryptos,
  );

const selectedId = (app: ElectronTestApp) =>
  app.page().evaluate(() => document.querySelector('[data-list] [data-current]')?.id);
const inView = (app: ElectronTestApp, id: string) =>
  app.page().evaluate((wanted) => {
    const row = document.getElementById(wanted)?.getBoundingClientRect();
    const list = document.querySelector('[data-list]')?.getBoundingClientRect();
    return Boolean(row && list && row.top >= list.top && row.bottom <= list.bottom);
  }, id);

test('search, selection and open event are there again after a restart', async () => {
  await using app = await openInElectron({ provision });
  for (const name of ['Kraken', 'Binance', 'Coinbase']) await app.deliver(failed(name));
  await app.page().keyboard.press('/');
  await app.page().keyboard.type('kraken');
  await app
    .page()
    .getByRole('option', { name: /Kraken/ })
    .click();
  await app
    .page()
    .getByRole('heading', { name: /Kraken/ })
    .waitFor();
  await expect
    .poll(() => app.ask('left', undefined))
    .toMatchObject({ query: 'kraken', selected: 1 });
  await app.restart();

  await app
    .page()
    .getByRole('heading', { name: /Kraken/ })
    .waitFor();
  expect(await app.page().getByRole('combobox').inputValue()).toBe('kraken');
  expect(await app.page().getByRole('option').count()).toBe(1);
  await app.page().getByRole('button', { name: 'Clear the search' }).click();
  await app
    .page()
    .getByRole('option', { name: /Coinbase/ })
    .waitFor();
});

test('the page is there again after a restart', async () => {
  await using app = await openInElectron({ provision });
  await app.deliver(failed('Kraken'));
  await app.page().keyboard.press('g');
  await app.page().keyboard.press('h');
  await app.page().getByRole('heading', { name: 'Health' }).waitFor();
  await expect.poll(() => app.ask('left', undefined)).toMatchObject({ page: 'health' });
  await app.restart();
  await app.page().getByRole('heading', { name: 'Health' }).waitFor();
});

test('the list is as long as the history from the start: End reaches the oldest, and it comes back there', async () => {
  await using app = await openWithOld(3000);
  const page = app.page();
  await expect
    .poll(() => page.evaluate(() => document.querySelector('[data-list]')?.scrollHeight ?? 0))
    .toBeGreaterThan(3000 * 52);

  await page.getByRole('listbox').focus();
  await page.keyboard.press('End');
  await page.locator('#entry-1').waitFor();
  expect(await selectedId(app)).toBe('entry-1');

  await page.evaluate(() => document.querySelector('[data-list]')?.scrollTo(0, 60_000));
  const firstRow = () =>
    page.evaluate(() => {
      const list = document.querySelector('[data-list]');
      const rows = [...(list?.querySelectorAll('[role=option]') ?? [])];
      const edge = (list?.getBoundingClientRect().top ?? 0) + 40;
      return rows.find((row) => row.getBoundingClientRect().top > edge)?.id ?? '';
    });
  // Those at the end are drawn until the list has scrolled.
  await expect.poll(async () => Number((await firstRow()).slice(6))).toBeGreaterThan(1000);
  const top = await firstRow();
  await expect.poll(async () => (await app.ask('left', undefined))?.top ?? null).not.toBeNull();
  await app.restart();
  await app.page().locator(`#${top}`).waitFor();
  await expect.poll(() => inView(app, top)).toBe(true);
});

test('a day is gone to, and one without events is named', async () => {
  await using app = await openWithOld(3000);
  const page = app.page();
  const date = (at: number) => {
    const two = (value: number) => String(value).padStart(2, '0');
    const on = new Date(at);
    return `${on.getFullYear()}-${two(on.getMonth() + 1)}-${two(on.getDate())}`;
  };
  await page.keyboard.press('g');
  await page.keyboard.press('d');
  await page.getByRole('textbox', { name: 'Day' }).fill(date(app.now() - 9 * day));
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await expect.poll(() => selectedId(app)).toBeDefined();
  const id = (await selectedId(app)) ?? '';
  await expect.poll(() => inView(app, id)).toBe(true);
  const { entry } = (await app.ask('entry', { seq: Number(id.replace('entry-', '')) })) ?? {};
  expect(date(entry?.receivedAt ?? 0)).toBe(date(app.now() - 9 * day));

  await page.keyboard.press('g');
  await page.keyboard.press('d');
  await page.getByRole('textbox', { name: 'Day' }).fill(date(app.now() - 3 * day));
  await page.keyboard.press('Enter');
  await page.getByText(/^Nothing came on .*; the event before it is selected$/).waitFor();
  await expect.poll(() => selectedId(app)).toBe('entry-3000');

  await page.getByRole('textbox', { name: 'Day' }).fill(date(app.now() - 30 * day));
  await page.keyboard.press('Enter');
  await page.getByText(/^Nothing came on .* or before$/).waitFor();
});

test('a window that was closed opens on its page and search, with what came meanwhile', async () => {
  using tray = await openTrayHost();
  await using app = await openInElectron({ provision });
  await app.deliver(failed('Kraken'));
  const item = await tray.item();
  await app
    .page()
    .getByRole('option', { name: /Kraken/ })
    .waitFor();
  await app.page().keyboard.press('/');
  await app.page().keyboard.type('could');
  await app.page().keyboard.press('Enter');
  await expect.poll(() => app.ask('left', undefined)).toMatchObject({ query: 'could' });
  await app.page().close();
  await app.deliver(failed('Binance'));

  const opened = app.electron().waitForEvent('window');
  await tray.activate(item);
  const page = await opened;
  await page.getByRole('option', { name: /Binance/ }).waitFor();
  expect(await page.getByRole('combobox').inputValue()).toBe('could');
});
