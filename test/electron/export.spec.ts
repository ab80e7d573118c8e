import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { kryptosSource, pathOf, vezgoSource } from '../../bench/harness/deliveries.ts';
import { openInElectron, runElectron } from '../support/electron.ts';
import { recorded } from '../support/fixtures.ts';

const kryptos = kryptosSource();
const vezgo = vezgoSource();

test('what a search finds is exported by keyboard, and the window says how much went where', async () => {
  await using app = await openInElectron({ provision: { sources: [kryptos, vezgo] } });
  await app.deliver(recorded('kryptos/integration.failed.json', kryptos));
  await app.deliver(recorded('kryptos/costbasis.failed.json', kryptos));
  await app.deliver(recorded('vezgo/SyncAccount.json', vezgo));
  const page = app.page();
  const file = join(app.folder, 'failed.jsonl');
  await app.choose(file);

  await page.keyboard.press('/');
  await page.keyboard.type('is:failed ');
  const menu = page.getByRole('button', { name: 'Export what was found' });
  await menu.focus();
  await page.keyboard.press('Enter');
  await page.getByText('2 events found').waitFor();
  await page.keyboard.press('Enter');

  await page.getByText('2 events saved in failed.jsonl').first().waitFor();
  expect(readFileSync(file, 'utf8').trimEnd().split('\n')).toHaveLength(2);
  await expect
    .poll(() => menu.evaluate((element) => document.activeElement === element))
    .toBe(true);

  await app.choose(join(app.folder, 'nowhere', 'failed.csv'));
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: /Table/ }).click();
  await page.getByText('It could not be saved. Choose another place.').first().waitFor();
});

test('what is imported is in the timeline at once, and an account that fails is named above it', async () => {
  await using app = await openInElectron({ provision: { sources: [kryptos] } });
  await app.deliver(recorded('kryptos/integration.failed.json', kryptos));
  const file = join(app.folder, 'all.jsonl');
  await app.choose(file);
  expect(await app.ask('exportHistory', { format: 'jsonl' })).toMatchObject({ entries: 1 });

  await using another = await openInElectron({ provision: { sources: [kryptos] } });
  await another.choose(file);
  const page = another.page();
  await page.getByText('Settings').first().click();
  await page.getByRole('button', { name: 'Import' }).click();
  await page.getByText('1 event read.').first().waitFor();
  await page.getByRole('button', { name: 'See why' }).waitFor();
  await page.getByText('Timeline').first().click();
  await page.getByRole('option', { name: /Kraken/ }).waitFor();
});

test('an import can be called off by keyboard, tells so to who left meanwhile, and is read on', async () => {
  await using app = await openInElectron({ provision: { sources: [kryptos] } });
  await app.deliver(recorded('kryptos/integration.failed.json', kryptos));
  const file = join(app.folder, 'many.jsonl');
  await app.choose(file);
  await app.ask('exportHistory', { format: 'jsonl' });
  const line = JSON.parse(readFileSync(file, 'utf8'));
  const lines = Array.from({ length: 20_000 }, () => JSON.stringify({ ...line, id: randomUUID() }));
  writeFileSync(file, lines.join('\n'));

  await using another = await openInElectron({ provision: { sources: [kryptos] } });
  await another.choose(file);
  const page = another.page();
  await page.getByText('Settings').first().click();
  await page.getByRole('button', { name: 'Import' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText(/^[1-9][\d,]* of 20,000$/).waitFor();
  await page.getByText('Timeline').first().click();
  await page.getByText('Settings').first().click();
  await page.getByRole('button', { name: 'Cancel' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('Timeline').first().click();
  await expect
    .poll(async () => (await another.ask('state', undefined)).lastImport?.status)
    .toBe('cancelled');
  await page.getByText('Settings').first().click();
  const main = page.getByRole('main');
  await main.getByText(/^Called off: [\d,]+ of 20,000 events were read\./).waitFor();

  await page.getByRole('button', { name: 'Import the rest' }).click();
  // A busy machine takes its time for twenty thousand events.
  const patiently = { timeout: 100_000 };
  await main.getByText(/^[\d,]+ events read, [\d,]+ were here already\.$/).waitFor(patiently);
  expect((await another.ask('state', undefined)).entries).toBe(20_000);
  await page.getByRole('button', { name: 'I have read it' }).last().click();
  await main.getByText(/were here already/).waitFor({ state: 'detached' });
}, 150_000);

test('an export that is written while nothing runs masks values of ours as well (E7)', async () => {
  const app = await openInElectron({ provision: { sources: [kryptos, vezgo] } });
  const { headers, ...sent } = recorded('kryptos/integration.failed.json', kryptos);
  const secret = kryptos.secrets?.[0] ?? '';
  const leaking = { 'X-Original-URI': pathOf(kryptos), 'X-Debug': `key=${secret}` };
  expect((await app.deliver({ ...sent, headers: { ...headers, ...leaking } })).status).toBe(200);
  expect(await runElectron(app.folder, '--quit')).toMatchObject({ code: 0 });

  const file = join(app.folder, 'alone.jsonl');
  expect(await runElectron(app.folder, '--export', file)).toMatchObject({ code: 0 });
  const text = readFileSync(file, 'utf8');
  expect(text).toContain('key=(masked)');
  expect(text).not.toContain(secret);
  expect(text).not.toContain(kryptos.token);
});
