import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { kryptosSource, pathOf } from '../../bench/harness/deliveries.ts';
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
    const asked = await navigator.clipboard.readText().catch(() => '');
    return [pasteInto(document), asked];
  });
  expect(read).toEqual(['', '']);
  // Our own window is put back as soon as its page makes a frame (E4).
  const inFrame: unknown = await app.electron().evaluate(async ({ BrowserWindow }) => {
    const window = new BrowserWindow({ webPreferences: { sandbox: true } });
    await window.loadURL('about:blank');
    const pasted: unknown = await window.webContents.executeJavaScript(`(() => {
      const owner = document.body.appendChild(document.createElement('iframe')).contentDocument;
      const field = owner.body.appendChild(owner.createElement('textarea'));
      field.focus();
      owner.execCommand('paste');
      return field.value;
    })()`);
    window.destroy();
    return pasted;
  });
  expect(inFrame).toBe('');

  await page.keyboard.press('/');
  await page.keyboard.press('Control+V');
  await expect.poll(() => page.locator('#search').inputValue()).toContain(pathOf(kryptos));
  await app.ask('changePreferences', { theme: 'dark' });
  await app.ask('changePreferences', { theme: 'light' });
  const schedule = await page.evaluate(() => {
    const field = document.createElement('textarea');
    document.body.append(field);
    field.focus();
    document.execCommand('paste');
    return field.value;
  });
  expect(schedule).toBe('');
});

test('a name of 50 MB is refused, and none of it gets into the log (E7b)', async () => {
  await using app = await openInElectron({ provision });
  const told = await app.page().evaluate(async () => {
    const name = `nothing\nforged line ${'x'.repeat(50_000_000)}`;
    const question: [string, unknown] = [name, {}];
    return Promise.resolve(Reflect.apply(window.hookbell.ask, undefined, question)).then(
      () => 'answered',
      (error: Error) => error.message,
    );
  });
  expect(told).toMatch(/Error: failed$/);
  const log = readFileSync(join(app.folder, 'profile', 'logs', 'hookbell.log'), 'utf8');
  expect(log).toContain('ask what is no question');
  expect(log).not.toContain('forged line');
  expect(log.length).toBeLessThan(100_000);
});

test('a page sends the stored authtoken to no server of its choice (E7)', async () => {
  const { sources } = provision;
  const tunnel = { kind: 'ngrok', authtoken: 'made-up', serverAddress: '127.0.0.1:9' };
  await using app = await openInElectron({ provision: { sources, tunnel } });
  const choice = { kind: 'ngrok', domain: null, rootCa: null, closedAtEdge: true } as const;
  const changed = { ...choice, authtoken: null, serverAddress: '127.0.0.1:10' };
  expect(await app.ask('changeTunnel', { choice: changed, withoutKeyring: true })).toMatchObject({
    ...{ status: 'failed', problem: { code: 'invalid', field: 'authtoken' } },
  });
});
