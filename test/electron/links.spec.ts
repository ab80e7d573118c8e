import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { _electron, type Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { costBasisCompleted, kryptosSource, vezgoSource } from '../../bench/harness/deliveries.ts';
import { timelineOf } from '../support/app.ts';
import {
  type ElectronTestApp,
  electronPath,
  openInElectron,
  projectFolder,
  runElectron,
} from '../support/electron.ts';
import { recorded } from '../support/fixtures.ts';
import { openTrayHost } from '../support/tray.ts';

const [kryptos, vezgo] = [kryptosSource(), vezgoSource()];
const provision = { sources: [kryptos, vezgo] };

/** Two events; the links lead to the older one. */
const filled = async (app: ElectronTestApp) => {
  await app.deliver(costBasisCompleted(kryptos));
  await app.deliver(recorded('vezgo/SyncAccount.json', vezgo));
  await expect.poll(async () => (await timelineOf(app)).length).toBe(2);
  const oldest = (await timelineOf(app)).at(-1);
  if (!oldest) throw new Error('Nothing was received');
  return `hookbell://event/${oldest.id}`;
};

const shownIn = (page: Page) =>
  page
    .getByRole('article', { name: 'Event' })
    .getByRole('heading', { name: 'Gains and losses are up to date' });

test('a link shows its event in the open window, and the detail gives that link (T9)', async () => {
  await using app = await openInElectron({ provision });
  const link = await filled(app);
  await app.page().getByRole('button', { name: 'Settings' }).click();

  expect(await runElectron(app.folder, link)).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('shows the event'),
  });

  await shownIn(app.page()).waitFor();
  await app.page().getByRole('tab', { name: 'Delivery' }).click();
  await app.page().getByRole('button', { name: 'Copy link' }).click();
  expect(await app.electron().evaluate(({ clipboard }) => clipboard.readText())).toBe(link);
});

test('a link opens the window at its event where Hookbell is in the tray (T9)', async () => {
  using tray = await openTrayHost();
  await using app = await openInElectron({ provision });
  await tray.item();
  const link = await filled(app);
  await app.page().close();
  const opened = app.electron().waitForEvent('window');

  expect(await runElectron(app.folder, link)).toMatchObject({ code: 0 });

  await shownIn(await opened).waitFor();
});

test('a link starts Hookbell at its event (T9)', async () => {
  await using app = await openInElectron({ provision });
  const link = await filled(app);
  expect(await runElectron(app.folder, '--quit')).toMatchObject({ code: 0 });

  const started = await _electron.launch({
    executablePath: electronPath(),
    chromiumSandbox: true,
    args: [projectFolder, `--user-data-dir=${join(app.folder, 'profile')}`, link],
  });
  await shownIn(await started.firstWindow()).waitFor();
  const exited = new Promise((resolve) => started.process().once('exit', resolve));
  expect(await runElectron(app.folder, '--quit')).toMatchObject({ code: 0 });
  await exited;
});

test('a link to an event that is not here opens the window, which says so in one line (T9)', async () => {
  await using app = await openInElectron({ provision });
  const link = await filled(app);
  expect(await runElectron(app.folder, `hookbell://event/${randomUUID()}`)).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('has no event of this link'),
  });
  const line = app.page().getByRole('region', { name: 'Link' });
  await line.getByText('The event of that link is not in this history.').waitFor();
  await line.getByRole('button', { name: 'I have read it' }).click();
  await line.waitFor({ state: 'detached' });

  await runElectron(app.folder, `hookbell://event/${randomUUID()}`);
  await line.waitFor();
  await runElectron(app.folder, link);
  await line.waitFor({ state: 'detached' });
});

test('a hostile link changes nothing (T9)', async () => {
  await using app = await openInElectron({ provision });
  const link = await filled(app);
  // Two of the links show the event, which reads it.
  await app.ask('markAllSeen', undefined);
  const file = join(app.folder, 'smuggled.jsonl');
  const before = await app.ask('state', undefined);

  for (const links of [
    [`${link} --quit`],
    [`${link}" --export "${file}`],
    ['hookbell://quit'],
    ['hookbell://event/../../quit'],
    ['hookbell://simulate/mint-day'],
    [`hookbell://event/${'a'.repeat(100_000)}`],
    [link, '--quit'],
    [link, '--export', file],
    [link, '--simulate', 'mint-day'],
    [link, link],
  ])
    expect(await runElectron(app.folder, ...links)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/already running|shows the event/),
    });

  expect(await app.ask('state', undefined)).toEqual(before);
  expect(existsSync(file)).toBe(false);
});
