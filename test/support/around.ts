import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { vezgoSource } from '../../bench/harness/deliveries.ts';
import type { ElectronTestApp } from './electron.ts';

/** The pages, as the rail names them. */
export const places = [
  'Timeline',
  'Accounts',
  'Runs',
  'Sources',
  'Simulate',
  'Notify',
  'Health',
  'Settings',
] as const;

export const openPlace = async (page: Page, name: (typeof places)[number]): Promise<void> => {
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('button', { name }).click();
  await page.locator('h1').first().waitFor({ state: 'attached' });
};

type Opened = {
  readonly name: string;
  /** Goes to its page and presses what opens it. */
  readonly open: () => Promise<void>;
  readonly dialog: Locator;
};

/** The dialogs of a lived-in window, those of a desktop that opens nothing among them. Needs `fakeFileManager('refuses')`. */
export const dialogsOf = async (app: ElectronTestApp): Promise<readonly Opened[]> => {
  const page = app.page();
  const linkTemplate = 'http://localhost:3000/accounts/{account.id}';
  const change = { id: vezgoSource().id, linkTemplate };
  await app.ask('changeSource', { change, withoutKeyring: true });
  const file = join(app.folder, 'settings-to-restore.json');
  const { preferences } = await app.ask('state', undefined);
  writeFileSync(file, JSON.stringify({ hookbell: 'settings', v: 1, preferences }));
  await app.choose(file);
  const dialog = page.getByRole('dialog').or(page.getByRole('alertdialog'));
  const at =
    (place: (typeof places)[number], button: string | RegExp, item?: string) => async () => {
      await openPlace(page, place);
      await page.getByRole('main').getByRole('button', { name: button }).first().click();
      if (item !== undefined) await page.getByRole('menuitem', { name: item }).click();
    };
  const opened = (name: string, open: Opened['open']): Opened => ({ name, open, dialog });
  return [
    opened('the keys', async () => {
      await openPlace(page, 'Timeline');
      await page.keyboard.press('?');
    }),
    opened('the palette', async () => {
      await openPlace(page, 'Timeline');
      await page.keyboard.press('Control+k');
    }),
    opened('a new source', at('Sources', 'Add a source')),
    opened('a change of a source', at('Sources', 'Change')),
    opened('another URL for a source', at('Sources', /^More for/, 'Replace the URL')),
    opened('the removal of a source', at('Sources', /^More for/, 'Remove')),
    opened('the public URL', at('Settings', 'Set up')),
    opened('settings to restore', at('Settings', 'Restore settings')),
    opened('a folder that does not open', at('Settings', 'Open folder')),
    opened('a page that does not open', at('Settings', /^Open the documentation/)),
    opened('a link without encryption', async () => {
      await openPlace(page, 'Accounts');
      await page
        .getByRole('button', { name: /on localhost:3000$/ })
        .first()
        .click();
    }),
    opened('the licences', at('Settings', 'Show licences')),
  ];
};
