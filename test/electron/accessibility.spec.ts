import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page as WindowPage } from 'playwright-core';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { dialogsOf, openPlace, places } from '../support/around.ts';
import { type ElectronTestApp, openInElectron } from '../support/electron.ts';
import { fakeFileManager } from '../support/file-manager.ts';
import { fill, livedIn } from '../support/lived-in.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core'), 'utf8');

const Finding = z.object({
  id: z.string(),
  help: z.string(),
  nodes: z.array(z.object({ html: z.string(), failureSummary: z.optional(z.string()) })),
});
const Findings = z.object({ violations: z.array(Finding) });

/** What axe finds wrong with the window as it is now, or with a part of it, one line each. */
const findingsIn = async (page: WindowPage, part = 'html'): Promise<string[]> => {
  // The driver's own protocol runs it: the page's policy admits no script but its own.
  await page.evaluate(axe);
  const found = Findings.parse(
    await page.evaluate(
      (context) => {
        const rules = {
          // Whoever speaks to the computer says what is on the button.
          'label-content-name-mismatch': { enabled: true },
          // Forced colours are not those that axe reads of the styles.
          'color-contrast': { enabled: !matchMedia('(forced-colors: active)').matches },
        };
        return Reflect.apply(Reflect.get(window, 'axe').run, undefined, [context, { rules }]);
      },
      // The guards around a menu pass the focus on, and have it at no time.
      { include: [part], exclude: ['[data-base-ui-focus-guard]'] },
    ),
  );
  return found.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, failureSummary = '' }) => `${id} (${help}): ${html}\n${failureSummary}`),
  );
};

const sizes = [
  [1280, 800],
  [760, 800],
] as const;
const looks = [
  { name: 'light', theme: 'light', forcedColors: 'none' },
  { name: 'dark', theme: 'dark', forcedColors: 'none' },
  { name: 'forced colours', theme: 'dark', forcedColors: 'active' },
] as const;

/** Says what axe finds in each look and at each size, in the states of the window that `visit` goes through. */
const findingsEverywhere = async (
  app: ElectronTestApp,
  visit: (look: (what: string, part?: string) => Promise<void>) => Promise<void>,
): Promise<string[]> => {
  const page = app.page();
  const findings: string[] = [];
  for (const { name, theme, forcedColors } of looks) {
    await app.ask('changePreferences', { theme });
    // What fades in has another contrast at first.
    await page.emulateMedia({ forcedColors, reducedMotion: 'reduce' });
    for (const [width, height] of sizes) {
      await page.setViewportSize({ width, height });
      await visit(async (what, part) => {
        for (const finding of await findingsIn(page, part))
          findings.push(`${what}, ${name}, ${width}: ${finding}`);
      });
    }
  }
  return findings;
};

test('axe finds nothing wrong with any page, light, dark and in forced colours, wide and narrow', async () => {
  await using app = await openInElectron({ provision: livedIn });
  await fill(app);
  const page = app.page();
  await page.getByRole('option').first().waitFor();
  const findings = await findingsEverywhere(app, async (look) => {
    for (const name of places) {
      await openPlace(page, name);
      await look(name);
      expect(await page.locator('h1').count(), name).toBe(1);
    }
  });
  expect(findings).toEqual([]);
}, 240_000);

test('axe finds nothing wrong with the opened strip, open menus and every part of an open event', async () => {
  await using app = await openInElectron({ provision: livedIn });
  await fill(app);
  const page = app.page();
  const strip = page.getByRole('region', { name: 'Needs you' });
  const menu = page.getByRole('menu');
  const close = async () => {
    await page.keyboard.press('Escape');
    await menu.waitFor({ state: 'detached' });
  };
  await page.getByRole('option', { name: /Kraken could not sync/ }).click();
  const findings = await findingsEverywhere(app, async (look) => {
    const row = page.locator('[role=option][aria-selected=true]:not([inert] *)');
    // In a narrow window the open event stands in place of the list.
    if ((await row.count()) > 0) {
      await row.click({ button: 'right' });
      await menu.waitFor();
      await look('the context menu of an event', '[role=menu]');
      await close();
    }
    await strip.getByRole('button', { name: /^Show all/ }).click();
    await look('the opened strip', '[aria-label="Needs you"]');
    await strip.getByRole('button', { name: /^Show only/ }).click();
    await page.getByRole('heading', { name: 'Kraken could not sync' }).waitFor();
    await look('an open event');
    await page.getByText('Ids', { exact: true }).click();
    await look('its ids', '[data-detail]');
    await page.getByText('Ids', { exact: true }).click();
    await page.getByRole('button', { name: 'More actions' }).click();
    await menu.waitFor();
    await look('the menu of actions', '[role=menu]');
    await menu.getByRole('menuitem', { name: /^Forward/ }).click();
    await page.getByRole('textbox', { name: 'Forward to' }).waitFor();
    await look('the field to forward to', '[data-detail]');
    await page.keyboard.press('Escape');
    await page.getByRole('tab', { name: 'Payload' }).click();
    await page.getByRole('textbox', { name: 'Search this payload' }).fill('kraken');
    await look('a payload with what was found', '[data-detail]');
    await page.getByRole('tab', { name: 'Summary' }).click();
    await page.getByRole('button', { name: 'Mute', exact: true }).click();
    await menu.waitFor();
    await look('the menu of rules', '[role=menu]');
    await close();
    for (const tab of await page.getByRole('tab').all()) {
      await tab.click();
      await look(`the tab ${await tab.innerText()}`, '[data-detail]');
    }
    await page.getByRole('tab').first().click();
    await page.getByRole('button', { name: 'Pause notifications' }).click();
    await menu.waitFor();
    await look('the menu of the pause', '[role=menu]');
    await close();
  });
  expect(findings).toEqual([]);
}, 240_000);

test('axe finds nothing wrong with any dialog', async () => {
  using _desktop = fakeFileManager('refuses');
  await using app = await openInElectron({ provision: livedIn });
  await fill(app);
  const page = app.page();
  await page.getByRole('option').first().waitFor();
  const findings = await findingsEverywhere(app, async (look) => {
    for (const opened of await dialogsOf(app)) {
      await opened.open();
      await opened.dialog.waitFor();
      await look(opened.name, '[role$=dialog]');
      await page.keyboard.press('Escape');
      await opened.dialog.waitFor({ state: 'detached' });
    }
  });
  expect(findings).toEqual([]);
}, 240_000);
