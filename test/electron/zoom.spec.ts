import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { dialogsOf, openPlace, places } from '../support/around.ts';
import { type ElectronTestApp, openInElectron } from '../support/electron.ts';
import { fakeFileManager } from '../support/file-manager.ts';
import { fill, livedIn } from '../support/lived-in.ts';

/** What is cut at an edge, or goes beyond the window: of each the first words. */
const cutIn = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const clips = (style: CSSStyleDeclaration) => style.overflowX !== 'visible';
    const scrolls = (style: CSSStyleDeclaration) => /auto|scroll/.test(style.overflowX);
    const found: string[] = [];
    const say = (why: string, element: Element) =>
      found.push(
        `${why}: <${element.tagName.toLowerCase()}> ${(element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 60)}`,
      );
    for (const element of document.body.querySelectorAll('*')) {
      const style = getComputedStyle(element);
      const box = element.getBoundingClientRect();
      if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
      if (box.width <= 1 || box.height <= 1) continue;
      if (
        scrolls(style) &&
        style.scrollbarWidth !== 'none' &&
        element.scrollWidth > element.clientWidth + 1 &&
        element.tagName !== 'PRE'
      )
        say('scrolls sideways', element);
      const isText = [...element.childNodes].some(
        (node) => node.nodeType === 3 && node.textContent?.trim(),
      );
      if (!isText && !element.matches('button, input, select, textarea, a')) continue;
      let edge = { left: 0, right: innerWidth };
      for (let around = element.parentElement; around; around = around.parentElement) {
        const outer = getComputedStyle(around);
        if (!clips(outer)) continue;
        const { left, right, width } = around.getBoundingClientRect();
        const endsInDots = outer.textOverflow === 'ellipsis';
        // What scrolls, ends in dots or is for screen readers alone is not lost; dots alone say nothing.
        const isMeant = scrolls(outer) || endsInDots || outer.position === 'absolute';
        if (endsInDots && width < 24 && box.width > width) say('is dots', element);
        if (!isMeant) edge = { left, right };
        else edge = { left: -Infinity, right: Infinity };
        break;
      }
      if (box.right > edge.right + 1 || box.left < edge.left - 1) say('is cut', element);
    }
    if (document.documentElement.scrollWidth > innerWidth) found.push('the window scrolls');
    return [...new Set(found)];
  });

const zoomed = (app: ElectronTestApp, width: number) =>
  app.electron().evaluate(
    ({ BrowserWindow }, [wide]) => {
      const [window] = BrowserWindow.getAllWindows();
      window?.setContentSize(wide ?? 0, 800);
      window?.webContents.setZoomFactor(2);
    },
    [width],
  );

test('at 200 % nothing is cut, and nothing scrolls sideways, in a wide and in the narrowest window', async () => {
  using _desktop = fakeFileManager('refuses');
  await using app = await openInElectron({ provision: livedIn });
  await fill(app);
  const page = app.page();
  await page.getByRole('option').first().waitFor();
  const cut: string[] = [];
  for (const width of [1280, 720]) {
    await zoomed(app, width);
    await expect
      .poll(() => page.evaluate((wanted) => Math.abs(innerWidth - wanted), width / 2))
      .toBeLessThanOrEqual(1);
    const look = async (what: string) => {
      for (const one of await cutIn(page)) cut.push(`${what}, ${width}: ${one}`);
    };
    for (const place of places) {
      await openPlace(page, place);
      await look(place);
    }
    await openPlace(page, 'Timeline');
    await page.getByRole('option', { name: /Kraken could not sync/ }).click();
    for (const tab of await page.getByRole('tab').all()) {
      await tab.click();
      await look(`the tab ${await tab.innerText()}`);
    }
    await page.getByRole('button', { name: 'Back' }).click();
    for (const { name, open, dialog } of await dialogsOf(app)) {
      await open();
      await dialog.waitFor();
      await look(name);
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
    }
  }
  expect(cut).toEqual([]);
}, 180_000);
