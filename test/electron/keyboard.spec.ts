import type { Page as WindowPage } from 'playwright-core';
import { expect, test } from 'vitest';
import { type ElectronTestApp, openInElectron } from '../support/electron.ts';
import { fill, livedIn } from '../support/lived-in.ts';

const focusedTag = (page: WindowPage) => page.evaluate(() => document.activeElement?.tagName);
const focusedRole = (page: WindowPage) => page.evaluate(() => document.activeElement?.role);
const nameOfFocused = (page: WindowPage) =>
  page.evaluate(() => {
    const focused = document.activeElement;
    return focused?.getAttribute('aria-label') ?? focused?.textContent;
  });

/** A window of which every step is made by the keyboard, and after each of which something has the focus. */
const byKeyboard = (app: ElectronTestApp) => {
  const page = app.page();
  const hasFocus = () => expect.poll(() => focusedTag(page)).not.toBe('BODY');
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
    await hasFocus();
  };
  /** Goes forward until the focus is on what is named. */
  const reach = async (name: string | RegExp) => {
    for (let steps = 0; steps < 200; steps += 1) {
      const found = (await nameOfFocused(page)) ?? '';
      if (typeof name === 'string' ? found === name : name.test(found)) return;
      await page.keyboard.press('Tab');
      await hasFocus();
    }
    throw new Error(`The Tab key does not reach ${name}`);
  };
  const use = async (name: string | RegExp, key = 'Enter') => {
    await reach(name);
    await press(key);
  };
  /** Chooses in the menu that opens. */
  const choose = async (name: RegExp) => {
    const item = page.getByRole('menuitem', { name });
    await item.waitFor();
    await expect.poll(() => focusedRole(page)).toMatch(/^menu/);
    for (;;) {
      const focused = (await nameOfFocused(page)) ?? '';
      if (name.test(focused) && (await focusedRole(page)) === 'menuitem') break;
      await page.keyboard.press('ArrowDown');
      // The menu moves its focus a moment later: a key pressed before that would choose another item.
      await expect.poll(() => nameOfFocused(page)).not.toBe(focused);
    }
    await press('Enter');
    await item.waitFor({ state: 'detached' });
    await hasFocus();
  };
  return { page, press, reach, use, choose, hasFocus };
};

test('accounts and runs are found, named and opened by keyboard', async () => {
  await using app = await openInElectron({ provision: livedIn });
  await fill(app);
  const { page, press, reach, use, hasFocus } = byKeyboard(app);

  await press('g', 'a');
  await page.getByRole('heading', { name: 'Accounts' }).waitFor();
  await reach('');
  await page.keyboard.type('kraken');
  await expect.poll(() => page.getByRole('main').getByText('Coinbase').count()).toBe(0);
  await use(/^Name Kraken/);
  await page.keyboard.type('Rainy days');
  await press('Enter');
  await page.getByText('Rainy days').first().waitFor();
  await expect.poll(() => nameOfFocused(page)).toBe('Name Rainy days');

  await press('Shift+Tab');
  await expect.poll(() => nameOfFocused(page)).toBe('Open it on dashboard.kryptos.io');
  await press('Shift+Tab', 'Enter');
  await page.getByText(/^Rainy days: Cannot sync/).waitFor();
  await hasFocus();
  await page.getByRole('option').first().waitFor();
  await page.getByRole('option', { name: /Rainy days: Kraken could not sync/ }).waitFor();
  await press('j', 'Enter');
  await page.getByRole('heading', { name: 'Rainy days: Kraken could not sync' }).waitFor();

  await press('g', 'r');
  await page.getByText('Stuck').waitFor();
  await use(/^Working out gains and losses/);
  await page.getByRole('heading', { name: 'Working out gains and losses' }).waitFor();
  await hasFocus();
});

test('quiet hours, rules, tests and the pause are changed by keyboard', async () => {
  await using app = await openInElectron({ provision: livedIn });
  await fill(app);
  const { page, press, use, choose } = byKeyboard(app);
  const state = () => app.ask('state', undefined);

  await press('g', 'n');
  await use('Add a time');
  await expect.poll(async () => (await state()).quietHours.spans.length).toBe(3);
  await press('Shift+Tab');
  await use('Remove quiet time 3');
  await expect.poll(async () => (await state()).quietHours.spans.length).toBe(2);
  await expect.poll(() => nameOfFocused(page)).toBe('Add a time');

  await use('Undo the rule for Synced');
  await expect.poll(async () => (await state()).rules.length).toBe(1);
  await use('Test Synced');
  await page.getByText(/^Test (?:shown|held|not shown)/).waitFor();
  await app.ask('removeRule', { id: (await state()).rules[0]?.id ?? '' });
  await page.getByText('None yet').waitFor();

  await use('Pause notifications');
  await choose(/^For 1 hour/);
  await expect.poll(async () => (await state()).hold?.why).toBe('paused');
  await expect.poll(() => nameOfFocused(page)).toMatch(/^Notifications: Paused until/);
  await press('Enter');
  await choose(/^Resume/);
  await expect.poll(async () => (await state()).hold).toBe(null);

  // A change that the page did not make is shown too.
  await app.ask('changeQuietHours', { on: false, spans: [], admitsGrave: false });
  await expect.poll(() => page.getByRole('group', { name: /^Quiet time/ }).count()).toBe(0);
});

test('an event is muted with m and told of again in the same place, and the strip is worked by keyboard', async () => {
  await using app = await openInElectron({ provision: livedIn });
  await fill(app);
  const { page, press, use, choose, hasFocus } = byKeyboard(app);
  const state = () => app.ask('state', undefined);

  await press('j', 'm');
  await choose(/this account/);
  await expect.poll(async () => (await state()).rules.length).toBe(3);
  await use('Undo your rule');
  await expect.poll(async () => (await state()).rules.length).toBe(2);
  await expect.poll(() => nameOfFocused(page)).toBe('Mute');

  const strip = page.getByRole('region', { name: 'Needs you' });
  await use(/^Show all/);
  const open = await strip.getByRole('listitem').count();
  await press('Shift+Tab');
  await press('Shift+Tab');
  await use(/^Set aside: 3 deliveries/);
  await choose(/^Snooze for 1 day/);
  await expect.poll(() => strip.getByRole('listitem').count()).toBe(open - 1);
  await use(/^Set aside: Bitfinex/);
  await choose(/^I know/);
  await expect.poll(() => strip.getByRole('listitem').count()).toBe(open - 2);
  await use('1 snoozed, 1 known');
  await use(/^Undo: 3 deliveries/);
  await use(/^Undo: Bitfinex/);
  await expect.poll(() => strip.getByRole('listitem').count()).toBe(open);
  await hasFocus();
}, 60_000);
