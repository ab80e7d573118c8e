import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { costBasisCompleted, kryptosSource } from '../../bench/harness/deliveries.ts';
import { timelineOf } from '../support/app.ts';
import { openInElectron, runElectron } from '../support/electron.ts';
import { recorded } from '../support/fixtures.ts';
import { openRecordingProxy } from '../support/recording-proxy.ts';
import { openTrayHost } from '../support/tray.ts';

const kryptos = kryptosSource();
const provision = { sources: [kryptos] };
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hookbell-net-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Everything that Chromium's network service was asked for, also what no proxy saw. Written while the program runs. */
const netLog = () => join(folder, 'net.json');
const hostsIn = (file: string): string[] => [
  ...new Set(
    [...readFileSync(file, 'utf8').matchAll(/"(?:url|host)":"(?:[a-z]+:\/\/)?([^"/]+)/g)].map(
      ([, host = '']) => host,
    ),
  ),
];

test('a start, a day of use, a window closed and opened, a story and a restart ask nobody for anything (P9)', async () => {
  using proxy = await openRecordingProxy();
  using tray = await openTrayHost();
  const switches = [...proxy.switches, `--log-net-log=${netLog()}`];
  await using app = await openInElectron({ provision, switches });
  const item = await tray.item();

  for (let at = 0; at < 5; at += 1)
    await app.deliver(costBasisCompleted(kryptos, { id: `whd_${at}` }));
  await app.deliver(recorded('kryptos/integration.failed.json', kryptos));
  await app.page().close();
  const opened = app.electron().waitForEvent('window');
  await tray.activate(item);
  const page = await opened;
  for (const name of ['Sources', 'Simulate', 'Health', 'Settings', 'Timeline'])
    await page.getByRole('button', { name, exact: true }).first().click();
  await page.evaluate(() => {
    for (const rel of ['dns-prefetch', 'preconnect', 'prefetch', 'icon'])
      Object.assign(document.head.appendChild(document.createElement('link')), {
        rel,
        href: `https://${rel}.example/`,
      });
  });
  const story = await runElectron(app.folder, ...proxy.switches, '--simulate', 'recalculation');
  expect(story).toMatchObject({ code: 0 });
  expect(
    await runElectron(app.folder, ...proxy.switches, '--export', join(folder, 'x.jsonl')),
  ).toMatchObject({ code: 0 });
  await app.restart();
  expect((await timelineOf(app)).length).toBeGreaterThan(6);

  expect(proxy.asked).toEqual([]);
  expect(hostsIn(netLog())).toEqual([]);

  // The same app, asked to: what a request would have left behind.
  await app.electron().evaluate(async ({ session }) => {
    for (const one of [session.fromPartition('control'), session.defaultSession])
      await one.fetch('http://control.example/').catch(() => {});
  });
  expect(proxy.asked).toContain('GET http://control.example/');
  await expect.poll(() => hostsIn(netLog())).toContain('control.example');
});

test('with a public URL of its own it asks that, and nobody else (P9)', async () => {
  using proxy = await openRecordingProxy();
  await using app = await openInElectron({
    provision: { ...provision, tunnel: { kind: 'custom', publicUrl: 'https://hooks.example' } },
    switches: proxy.switches,
  });
  await expect.poll(() => proxy.asked.length).toBeGreaterThan(0);
  await app.restart();
  expect(new Set(proxy.asked)).toEqual(new Set(['CONNECT hooks.example:443']));
});

test('an export without a running app asks nobody for anything (P9)', async () => {
  using proxy = await openRecordingProxy();
  const ended = await runElectron(
    folder,
    ...proxy.switches,
    `--log-net-log=${netLog()}`,
    '--export',
    join(folder, 'alone.jsonl'),
  );
  expect(ended).toMatchObject({ code: 0 });
  expect(proxy.asked).toEqual([]);
  expect(hostsIn(netLog())).toEqual([]);
});
