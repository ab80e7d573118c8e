import { expect, test } from 'vitest';
import { kryptosSource, pathOf } from '../support/deliveries.ts';
import { openInElectron } from '../support/electron.ts';

const kryptos = kryptosSource();
const provision = { sources: [kryptos] };

test('a page cannot read back what was copied, and a person pastes as ever (E7)', async () => {
  await using app = await openInElectron({ provision });
  const page = app.page();
  expect(await app.ask('copyEndpoint', { id: kryptos.id })).toBe(true);
  const onClipboard = () => app.electron().evaluate(({ clipboard }) => clipboard.readText());
  expect(await onClipboard()).toContain(pathOf(kryptos));

  const read = await page.evaluate(async () => {
    const pasteInto = (owner: Document): string => {
      const field = owner.createElement('textarea');
      owner.body.append(field);
      field.focus();
      let pasted = '';
      owner.addEventListener('paste', ({ clipboardData }) => {
        pasted += clipboardData?.getData('text/plain') ?? '';
      });
      owner.execCommand('paste');
      owner.execCommand('pasteAndMatchStyle');
      const got = `${pasted}${field.value}`;
      field.remove();
      return got;
    };
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const inFrame = frame.contentDocument?.body ? pasteInto(frame.contentDocument) : '';
    frame.remove();
    const asked = await navigator.clipboard.readText().catch(() => '');
    return [pasteInto(document), inFrame, asked];
  });
  expect(read).toEqual(['', '', '']);

  await page.keyboard.press('/');
  await page.keyboard.press('Control+V');
  await expect.poll(() => page.locator('#search').inputValue()).toContain(pathOf(kryptos));
  await app.ask('changePreferences', { theme: 'dark' });
  await app.ask('changePreferences', { theme: 'light' });
  const later = await page.evaluate(() => {
    const field = document.createElement('textarea');
    document.body.append(field);
    field.focus();
    document.execCommand('paste');
    return field.value;
  });
  expect(later).toBe('');
});
