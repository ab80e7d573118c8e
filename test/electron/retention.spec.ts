import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { costBasisCompleted, kryptosSource } from '../../bench/harness/deliveries.ts';
import { openInElectron } from '../support/electron.ts';
import { oldEvents } from '../support/old-events.ts';

const kryptos = kryptosSource();
const day = 86_400_000;

/** A window on a history of 600 events, one a minute from 60 days ago on. */
const filled = async () => {
  const app = await openInElectron({ provision: { sources: [kryptos] } });
  const file = join(app.folder, 'old.jsonl');
  writeFileSync(file, oldEvents(600, Date.now() - 60 * day));
  await app.choose(file);
  expect(await app.ask('importHistory', undefined)).toMatchObject({ entries: 600 });
  return app;
};
const rowNamed = (name: string) => `[role=option]:has-text("${name} could not sync")`;

test('a shorter limit asks before it removes anything, and does nothing when it is called off (H15)', async () => {
  await using app = await filled();
  const page = app.page();
  await page.getByRole('button', { name: 'Settings' }).click();
  const choice = page.getByRole('group', { name: 'Keep events for' });
  await choice.getByRole('button', { name: '30 days' }).click();
  const dialog = page.getByRole('alertdialog', { name: 'Remove old events?' });
  await dialog.getByText(/^512 events until .+ will be removed\. They cannot be brought/).waitFor();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await dialog.waitFor({ state: 'detached' });
  expect(await app.ask('state', undefined)).toMatchObject({
    ...{ entries: 600, retention: { days: 90 } },
  });
  await choice.getByRole('button', { name: '90 days', pressed: true }).waitFor();

  await choice.getByRole('button', { name: '30 days' }).click();
  await dialog.getByRole('button', { name: 'Remove them' }).click();
  await dialog.waitFor({ state: 'detached' });
  await choice.getByRole('button', { name: '30 days', pressed: true }).waitFor();
  await page.getByText(/^88 of at most 100,000 events/).waitFor();
});

test('nothing is asked where nothing goes, and the number of events is chosen like the rest (H15)', async () => {
  await using app = await filled();
  const page = app.page();
  await page.getByRole('button', { name: 'Settings' }).click();
  const choice = page.getByRole('group', { name: 'Keep at most' });
  await choice.getByRole('button', { name: '10,000 events' }).click();
  await page.getByText(/^600 of at most 10,000 events/).waitFor();
  expect(await page.getByRole('alertdialog').count()).toBe(0);
});

test('an open window drops the rows of what was removed, says so of the open one, and moves nothing else (H15)', async () => {
  await using app = await filled();
  const page = app.page();
  const list = page.locator('[data-list]');
  await page.locator(rowNamed('Exchange 599')).waitFor();
  // From the newest to the end: all pages are there.
  await list.focus();
  await expect
    .poll(async () => {
      await page.keyboard.press('End');
      return page.locator(rowNamed('Exchange 0')).count();
    })
    .toBe(1);
  await page.locator(rowNamed('Exchange 0')).click();
  await page.getByRole('heading', { name: 'Exchange 0 could not sync' }).waitFor();
  const height = () => list.evaluate((element) => element.scrollHeight);
  const before = await height();

  const { retention } = await app.ask('state', undefined);
  const shorter = { ...retention, days: 30 };
  await app.ask('changeRetention', { retention: shorter, agreedUpTo: 512 });
  await page.getByText('This event is not kept any more').waitFor();
  await page.getByText('The open event is not kept any more').waitFor({ state: 'attached' });
  await page.locator(rowNamed('Exchange 512')).waitFor();
  expect(before - (await height())).toBeGreaterThanOrEqual(512 * 36);
  expect(await page.locator(rowNamed('Exchange 511')).count()).toBe(0);
  await page.getByText('88 unread').first().waitFor();

  await page.keyboard.press('Escape');
  await page.locator('[data-detail]').waitFor({ state: 'detached' });
  // Nothing is chosen any more: at the top, what is new comes in by itself.
  await list.evaluate((element) => {
    element.scrollTop = 0;
  });
  await page.locator(rowNamed('Exchange 599')).waitFor();
  expect((await app.deliver(costBasisCompleted(kryptos))).status).toBe(200);
  await page.locator('[role=option]:has-text("Gains and losses are up to date")').waitFor();
});

test('what a person reads stays where it is when older events are removed (H15)', async () => {
  await using app = await filled();
  const page = app.page();
  const list = page.locator('[data-list]');
  await page.locator(rowNamed('Exchange 599')).waitFor();
  await list.evaluate((element) => {
    element.scrollTop = 1000;
  });
  const top = async () => (await page.locator(rowNamed('Exchange 575')).boundingBox())?.y;
  await expect.poll(top).toBeDefined();
  const before = await top();
  const { retention } = await app.ask('state', undefined);
  const shorter = { ...retention, days: 30 };
  await app.ask('changeRetention', { retention: shorter, agreedUpTo: 512 });
  await expect.poll(() => list.evaluate(({ scrollHeight }) => scrollHeight)).toBeLessThan(6000);
  expect(await top()).toBe(before);
});
