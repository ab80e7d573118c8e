import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { validateConfiguration } from 'app-builder-lib/out/util/config/config.js';
import { DebugLogger } from 'builder-util';
import { expect, test } from 'vitest';
import { appId } from '../electron/app-id.ts';
import { configurationOf } from '../scripts/package/configuration.mjs';

const root = join(import.meta.dirname, '..');
const read = (...names: string[]) => readFileSync(join(root, ...names), 'utf8');

const packaging = {
  dist: '/electron',
  electronVersion: '45.4.1',
  version: '0.1.0',
  quick: false,
  output: '/output',
  feed: null,
};
const configuration = configurationOf(packaging);

test('electron-builder takes the configuration of all systems, and would refuse a mistyped one', async () => {
  for (const quick of [false, true])
    for (const feed of [null, 'https://updates.example/hookbell'])
      await validateConfiguration(
        configurationOf({ ...packaging, quick, feed }),
        new DebugLogger(false),
      );
  const mistyped = { ...configuration, win: { ...configuration.win, targets: ['nsis'] } };
  await expect(validateConfiguration(mistyped, new DebugLogger(false))).rejects.toThrow(
    'configuration.win should be',
  );
});

test('the app has one id everywhere, in three parts', () => {
  expect(appId).toMatch(/^[a-z]+\.[a-z]+\.[A-Za-z]+$/);
  expect(configuration.appId).toBe(appId);
  expect(read('resources', 'linux', 'metainfo.xml')).toContain(`<id>${appId}</id>`);
  expect(read('electron', 'main.ts')).toContain('setAppUserModelId(appId)');
});

test('no installer removes what belongs to the person', () => {
  expect(configuration.nsis).toMatchObject({ deleteAppDataOnUninstall: false, perMachine: false });
  for (const script of ['postinst', 'postrm', 'rpm-scriptlet'])
    expect(read('resources', 'linux', script)).not.toMatch(/\/home|\$HOME|~|\.config/);
});

test('without a feed a package looks for updates nowhere (E13)', () => {
  expect(configuration.publish).toBeNull();
});
