import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { confStore } from '../../bench/harness/conf-store.ts';
import { kryptosSource } from '../../bench/harness/deliveries.ts';
import { openPlainApp, type PlainApp } from '../../bench/harness/plain-app.ts';
import { openFolder } from '../../electron/edges/folder.ts';
import { openSettings } from '../../electron/setup/settings.ts';
import { openOnes } from '../../shared/conditions/conditions.ts';
import { tempFolder, withUnreadable } from '../history/support/temp-folder.ts';

const source = kryptosSource();

/** The status of a post to a path, decided from its head. */
const statusOf = (app: PlainApp, path: string, host = '127.0.0.1:80'): string => {
  app.onListening({ status: 'listening', port: 80 });
  const admission = app.admit({
    ...{ method: 'POST', path, authority: null, peer: '127.0.0.1', simulated: false },
    headers: [['Host', host]],
  });
  return admission.status === 'refused' ? admission.why : admission.status;
};
const path = `/hooks/kryptos/${source.token}`;
const files = (folder: string) =>
  ['settings.json', 'settings.bak.json'].map((name) => join(folder, 'settings', name));
const lostProblem = { code: 'settings-restored', from: 'defaults' };

const withSource = async (folder: string): Promise<void> => {
  await (await openPlainApp({ folder, provision: { sources: [source] } })).close();
};

test.each([
  ['both copies are damaged', (file: string) => writeFileSync(file, '{"crc":')],
  ['both copies are gone', (file: string) => rmSync(file)],
  [
    'something else stands in their place',
    (file: string) => {
      rmSync(file);
      mkdirSync(file);
    },
  ],
])(
  'where %s, every endpoint is asked to try again until the person has looked (R13d)',
  async (_how, lose) => {
    using temp = tempFolder();
    await withSource(temp.path);
    for (const file of files(temp.path)) lose(file);

    for (const start of ['the first start', 'another']) {
      const app = await openPlainApp({ folder: temp.path });
      expect(statusOf(app, path), start).toBe('settings-lost');
      expect(statusOf(app, path, 'hooks.example.org'), start).toBe('settings-lost');
      expect(statusOf(app, '/elsewhere'), start).toBe('wrong-path');
      expect(app.state().conditions.map(({ reason }) => reason)).toContainEqual(lostProblem);
      await app.close();
    }
    const app = await openPlainApp({ folder: temp.path });
    await app.ask('acknowledgeCondition', { id: 'settings-restored' });
    expect(statusOf(app, path)).toBe('wrong-path');
    expect(openOnes(app.state().conditions).map(({ id }) => id)).not.toContain('settings-restored');
    await app.close();
    expect(statusOf(await openPlainApp({ folder: temp.path }), path)).toBe('wrong-path');
  },
);

test('a fresh install, and one that never had a source, knows that a URL is wrong (R13d)', async () => {
  using temp = tempFolder();
  for (const start of ['the first', 'the second']) {
    const app = await openPlainApp({ folder: temp.path });
    expect(statusOf(app, path), start).toBe('wrong-path');
    expect(
      app.state().conditions.map(({ reason }) => reason),
      start,
    ).toEqual([]);
    await app.close();
  }
});

test('settings that the system does not let us read may name any endpoint (R13d)', async () => {
  using temp = tempFolder();
  await withSource(temp.path);
  const unreadable = withUnreadable(openFolder(join(temp.path, 'settings'), confStore), (name) =>
    name.startsWith('settings'),
  );
  expect(openSettings(unreadable).areLost).toBe(true);
});
