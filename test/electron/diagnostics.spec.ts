import { chmodSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { homedir, hostname } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  costBasisCompleted,
  kryptosSource,
  secrets,
  vezgoSource,
} from '../../bench/harness/deliveries.ts';
import { openInElectron } from '../support/electron.ts';
import { fakeFileManager } from '../support/file-manager.ts';

const kryptos = kryptosSource('kryptos-main', { name: 'Tax office' });
const vezgo = vezgoSource('vezgo-main', { name: 'Quiet savings' });
const publicHost = 'calm-fox.example.com';
const provision = {
  sources: [kryptos, vezgo],
  tunnel: { kind: 'custom', publicUrl: `https://${publicHost}` },
};

test('diagnostics say how Hookbell is doing, and hold no secret, token, host, name or folder (E7)', async () => {
  await using app = await openInElectron({ provision });
  const page = app.page();
  expect((await app.deliver(costBasisCompleted(kryptos))).status).toBe(200);
  const forged = costBasisCompleted(kryptos, { secret: 'not the secret' });
  expect((await app.deliver(forged)).status).toBe(401);
  // The log holds what an error says of the person's folders.
  await app.electron().evaluate((electron, host) => {
    const error = Object.assign(
      new Error(`ENOENT: open '${electron.app.getPath('home')}/${host}'`),
      {
        syscall: 'open',
      },
    );
    process.emit('uncaughtException', error);
  }, publicHost);

  const file = join(app.folder, 'mine.txt');
  await app.choose(file);
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Save diagnostics' }).click();
  await page.getByText('Saved in mine.txt').first().waitFor();

  const text = readFileSync(file, 'utf8');
  expect(text).toContain('Read this file before you send it');
  expect(text).toMatch(/^Hookbell: \d+\.\d+\.\d+, source$/m);
  expect(text).toContain(`Port: ${app.port()}`);
  expect(text).toMatch(/^Kryptos 1: 1 accepted, 1 rejected, .*signature-wrong/m);
  expect(text).toMatch(/^Vezgo 1: 0 accepted/m);
  expect(text).toMatch(/^Notifications: dunst /m);
  expect(text).toContain("uncaught: Error: ENOENT: open '~/<public host>'");
  const hidden = [
    ...[kryptos, vezgo].flatMap(({ id, name, token }) => [id, name, token]),
    ...Object.values(secrets).flat(),
    ...[publicHost, homedir(), hostname(), app.folder],
  ];
  expect(hidden.filter((one) => text.includes(one))).toEqual([]);
});

test('what the disk refuses is said, and leaves no file', async () => {
  await using app = await openInElectron({ provision });
  const page = app.page();
  const folder = join(app.folder, 'closed');
  mkdirSync(folder, { mode: 0o500 });
  await app.choose(join(folder, 'mine.txt'));
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Save diagnostics' }).click();
  await page.getByText(/^It could not be saved\. .*permission denied/).waitFor();
  expect(existsSync(join(folder, 'mine.txt'))).toBe(false);
  chmodSync(folder, 0o700);
});

test('the folder of the log opens in the file manager (E8)', async () => {
  using manager = fakeFileManager('opens');
  await using app = await openInElectron();
  await app.page().getByRole('button', { name: 'Settings' }).click();
  await app.page().getByRole('button', { name: 'Open log folder' }).click();
  await expect.poll(manager.asked).toEqual([join(app.folder, 'profile', 'logs')]);
});
