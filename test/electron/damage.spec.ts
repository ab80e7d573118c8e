import { readdirSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { costBasisCompleted, kryptosSource } from '../../bench/harness/deliveries.ts';
import { openInElectron } from '../support/electron.ts';
import { fakeFileManager } from '../support/file-manager.ts';

const kryptos = kryptosSource();

/** An app whose history has a segment that cannot be read between others, near its newest entries. */
const withDamage = async () => {
  const app = await openInElectron({ provision: { sources: [kryptos] } });
  for (let round = 0; round < 10; round += 1) {
    await Promise.all(Array.from({ length: 52 }, () => app.deliver(costBasisCompleted(kryptos))));
  }
  const history = join(app.folder, 'profile', 'history');
  // Sealed: until its journal is gone, that is the truth.
  await expect
    .poll(() => readdirSync(history).filter((name) => name.startsWith('seg-000002')))
    .toEqual(['seg-000002.json']);
  truncateSync(join(history, 'seg-000002.json'), 1000);
  await app.restart();
  return { app, history };
};

test('a damaged part offers its folder, and deliveries are taken while the file manager is open (H14)', async () => {
  using manager = fakeFileManager('stays open');
  const { app, history } = await withDamage();
  await using _app = app;
  const page = app.page();
  await page.getByRole('button', { name: 'Health' }).click();
  await page.getByText(/256 events cannot be read, /).waitFor();
  const button = page.getByRole('button', { name: 'Open folder' });
  await button.focus();
  await page.keyboard.press('Enter');

  await expect.poll(manager.asked).toEqual([history]);
  expect((await app.deliver(costBasisCompleted(kryptos))).status).toBe(200);
  expect(await page.getByRole('dialog').count()).toBe(0);

  await page.getByRole('button', { name: 'Timeline' }).click();
  await page.keyboard.press('j');
  await button.focus();
  await page.keyboard.press('Enter');
  await expect.poll(manager.asked).toEqual([history, history]);
});

test('where nothing can open it, the window says where the folder is', async () => {
  using _manager = fakeFileManager('refuses');
  const { app, history } = await withDamage();
  await using _app = app;
  const page = app.page();
  await page.getByRole('button', { name: 'Health' }).click();
  await page.getByRole('button', { name: 'Open folder' }).click();

  const dialog = page.getByRole('dialog', { name: 'The folder could not be opened' });
  await dialog.getByText(history).waitFor();
  await dialog.getByRole('button', { name: 'Close' }).click();
});

test('nobody can name another folder', async () => {
  using manager = fakeFileManager('opens');
  await using app = await openInElectron({ provision: { sources: [kryptos] } });
  const asked = await app.page().evaluate(() =>
    Promise.resolve(
      Reflect.apply(window.hookbell.ask, undefined, ['openHistoryFolder', '/etc']),
    ).then(
      () => 'answered',
      () => 'refused',
    ),
  );
  expect(asked).toBe('refused');
  expect(manager.asked()).toEqual([]);
});
