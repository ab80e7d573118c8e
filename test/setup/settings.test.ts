import { rmSync, truncateSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openSettings, type SettingsStore } from '../../electron/setup/settings.ts';
import type { Folder } from '../../electron/storage/folder.ts';
import { faults, faultyFolder } from '../history/support/faulty-folder.ts';
import { takenOverByNewer, tempFolder, withUnreadable } from '../history/support/temp-folder.ts';

const dark = { theme: 'dark', density: 'compact', notificationDetail: 'full' } as const;
const light = { ...dark, theme: 'light' } as const;
const themeIn = (folder: Folder) => openSettings(folder).current.preferences.theme;

/** A folder in which the settings were changed once. */
const settled = () => {
  const temp = tempFolder();
  openSettings(temp.folder).change({ preferences: dark });
  return temp;
};

test('a damaged or missing file gives way to the backup, is restored from it, and this is told once (S1, S2)', () => {
  for (const damage of [
    (file: string) => truncateSync(file, 20),
    (file: string) => writeFileSync(file, ''),
    (file: string) => rmSync(file),
  ]) {
    using temp = settled();
    damage(temp.file('settings.json'));
    const settings = openSettings(temp.folder);
    expect(settings.current.preferences).toEqual(dark);
    expect(settings.standing).toEqual({ from: 'backup', trouble: { status: 'damaged' } });
    expect(openSettings(temp.folder).standing).toEqual({ from: 'file', trouble: null });
  }
});

test('without a good copy the defaults serve, and what was there is set aside (S1, S2)', () => {
  using temp = settled();
  for (const file of ['settings.json', 'settings.bak.json']) truncateSync(temp.file(file), 20);
  const settings = openSettings(temp.folder);
  expect(settings.standing).toEqual({ from: 'nothing', trouble: { status: 'damaged' } });
  settings.change({ preferences: light });
  expect(temp.names()).toEqual([
    ...['settings.bak.json', 'settings.bak.json.corrupt-1'],
    ...['settings.json', 'settings.json.corrupt-1'],
  ]);
});

test('a first start is no trouble, and one bad field costs itself only (S1, S4)', () => {
  using temp = tempFolder();
  expect(openSettings(temp.folder).standing).toEqual({ from: 'nothing', trouble: null });
  temp.folder.store('settings').write({ v: 1, receiver: { port: 'one' }, preferences: dark });
  const { current } = openSettings(temp.folder);
  expect([current.receiver.port, current.preferences]).toEqual([null, dark]);
});

test.each(faults)(
  'a disk that fails with %s at any call costs the change at most, and no file (S1, S2, Q5)',
  (fault) => {
    using count = settled();
    const disk = faultyFolder(count.path, count.folder);
    openSettings(disk.folder).change({ preferences: light });
    const calls = disk.calls();
    expect(calls).toBeGreaterThan(5);

    for (let nth = 1; nth <= calls; nth += 1) {
      for (const lasts of [false, true]) {
        using temp = settled();
        const failing = faultyFolder(temp.path, temp.folder);
        failing.failAt(nth, fault, lasts);
        const settings = openSettings(failing.folder);
        const isKept = succeeds(() => settings.change({ preferences: light }));
        const inMemory = settings.current.preferences.theme;
        failing.free();

        // Where the disk ends right after the write, nobody can take it back.
        const possible = isKept ? ['light'] : lasts ? ['dark', 'light'] : ['dark'];
        expect([nth, lasts, possible]).toEqual([
          ...[nth, lasts],
          expect.arrayContaining([themeIn(temp.folder)]),
        ]);
        if (isKept) expect(inMemory).toBe('light');
        expect(temp.names().some((name) => name.includes('corrupt'))).toBe(
          fault === 'cut' && temp.names().length > 2,
        );
        // What could not be read is read-only until the next start.
        const isReadOnly = settings.standing.trouble?.status === 'refused';
        const writable = isReadOnly ? openSettings(temp.folder) : settings;
        writable.change({ preferences: { ...light, theme: 'system' } });
        expect(themeIn(temp.folder)).toBe('system');
      }
    }
  },
);

test('what the system refuses to read is neither renamed nor written over, and the backup serves (S2)', () => {
  using temp = settled();
  const before = temp.contents();
  let refused = ['settings'];
  const settings = openSettings(withUnreadable(temp.folder, (name) => refused.includes(name)));
  expect(settings.standing).toMatchObject({ from: 'backup', trouble: { status: 'refused' } });
  expect(settings.current.preferences).toEqual(dark);
  expect(() => settings.change({ preferences: light })).toThrow(
    'settings.json cannot be read: the system says EACCES',
  );
  expect(temp.contents()).toEqual(before);

  refused = [];
  expect(() => settings.change({ preferences: light })).toThrow('cannot be read');
  openSettings(temp.folder).change({ preferences: light });
  expect(themeIn(temp.folder)).toBe('light');
});

test('with neither to be read the defaults serve until the next start, and nothing is lost (S2)', () => {
  using temp = settled();
  openSettings(temp.folder).change({ moved: ['a'], retention: retention(365) });
  const before = temp.contents();
  let refuses = true;
  const settings = openSettings(withUnreadable(temp.folder, () => refuses));
  expect([settings.current.preferences.theme, settings.retention]).toEqual(['system', null]);
  expect(() => settings.change({ preferences: light })).toThrow('cannot be read');
  settings.remember({ toldAboutTray: true });
  expect(settings.current.toldAboutTray).toBe(true);
  expect(temp.contents()).toEqual(before);

  refuses = false;
  expect(() => settings.change({ preferences: light })).toThrow('cannot be read');
  expect(temp.contents()).toEqual(before);
  expect(openSettings(temp.folder).current).toMatchObject({
    ...{ preferences: dark, moved: ['a'], retention: { days: 365 } },
  });
});

test('what a newer Hookbell wrote is used as far as it is understood, and never changed (H17)', () => {
  for (const store of ['settings', 'settings.bak']) {
    using temp = settled();
    if (store === 'settings.bak') rmSync(temp.file('settings.json'));
    temp.folder.store(store).write({ v: 2, preferences: dark, sources: 'a shape to come' });
    const newer = takenOverByNewer(temp.path);
    const before = temp.contents();
    const settings = openSettings(newer);
    expect(settings.standing.trouble).toEqual({ status: 'newer' });
    expect([settings.current.preferences, settings.retention]).toEqual([dark, null]);
    expect(() => settings.change({ preferences: light })).toThrow('a newer Hookbell');
    expect(() => settings.demandWritable()).toThrow('a newer Hookbell');
    settings.change({ preferences: dark });
    settings.remember({ toldAboutTray: true });
    expect(settings.current.toldAboutTray).toBe(true);
    expect(temp.contents()).toEqual(before);
  }
});

const retention = (days: number): SettingsStore['current']['retention'] => ({
  ...{ days, entries: 100_000, bytes: 1024 ** 3 },
});

const succeeds = (task: () => void): boolean => {
  try {
    task();
    return true;
  } catch {
    return false;
  }
};
