import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { confStore } from '../../bench/harness/conf-store.ts';
import { schedule } from '../../electron/edges/clock.ts';
import { openFolder } from '../../electron/edges/folder.ts';
import { isSafeAddress } from '../../electron/edges/updates/feed-address.ts';
import { installationOf } from '../../electron/edges/updates/installation.ts';
import {
  readFlatpakMark,
  readVersionFile,
  watchInstalledVersion,
} from '../../electron/edges/updates/installed-version.ts';
import { relaunchSwitches } from '../../electron/edges/updates/relaunch.ts';
import {
  leaveRestartNote,
  takeRestartNote,
  withdrawRestartNote,
} from '../../electron/edges/updates/restart-note.ts';

const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'hookbell-updates-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

/** What the watch of a file says, as it says it. */
const watching = (file: string, read: (file: string) => Promise<string | null | undefined>) => {
  const said: (string | null)[] = [];
  const onVersion = (version: string | null) => said.push(version);
  const watch = watchInstalledVersion({ file, read, schedule, onVersion });
  onTestFinished(watch.close);
  return { said, look: watch.look };
};

test('a version file is read at first and after each rename over it, as a package manager does it', async () => {
  const file = join(temporaryFolder(), 'version');
  const replace = (text: string) => {
    writeFileSync(`${file}.dpkg-new`, text);
    renameSync(`${file}.dpkg-new`, file);
  };
  writeFileSync(file, '0.1.0\n');
  const { said } = watching(file, readVersionFile);
  await expect.poll(() => said).toEqual(['0.1.0']);
  replace('0.2.0\n');
  await expect.poll(() => said.at(-1)).toBe('0.2.0');
  replace('0.1.0\n');
  await expect.poll(() => said.at(-1)).toBe('0.1.0');
});

test('a version file that is missing, half written or none is passed over', async () => {
  const file = join(temporaryFolder(), 'version');
  const { said } = watching(file, readVersionFile);
  mkdirSync(file);
  rmSync(file, { recursive: true });
  writeFileSync(file, '0.2');
  writeFileSync(file, '0.2.0\n');
  await expect.poll(() => said).toEqual(['0.2.0']);
});

test('what stands in the place of a version file and is none is passed over at once', async () => {
  const folder = temporaryFolder();
  const [pipe, huge, circle] = ['pipe', 'huge', 'circle'].map((name) => join(folder, name));
  execFileSync('mkfifo', [pipe ?? '']);
  writeFileSync(huge ?? '', '0.2.0\n');
  truncateSync(huge ?? '', 1024 ** 3);
  symlinkSync(circle ?? '', circle ?? '');
  for (const file of [pipe, huge, circle, folder])
    expect(await readVersionFile(file ?? '')).toBe(undefined);
});

test('a folder that was replaced as a whole is watched again after a look', async () => {
  const folder = join(temporaryFolder(), 'resources');
  const file = join(folder, 'version');
  mkdirSync(folder);
  writeFileSync(file, '0.1.0\n');
  const { said, look } = watching(file, readVersionFile);
  await expect.poll(() => said).toEqual(['0.1.0']);
  renameSync(folder, `${folder}.old`);
  mkdirSync(folder);
  writeFileSync(file, '0.2.0\n');
  look();
  await expect.poll(() => said.at(-1)).toBe('0.2.0');
  writeFileSync(file, '0.3.0\n');
  await expect.poll(() => said.at(-1)).toBe('0.3.0');
});

test('a folder that is not there is no error', async () => {
  const file = join(temporaryFolder(), 'gone', 'version');
  const { said, look } = watching(file, readVersionFile);
  look();
  expect(await readVersionFile(file)).toBe(undefined);
  expect(said).toEqual([]);
});

test("a Flatpak's mark says that it was updated, and not to what", async () => {
  const file = join(temporaryFolder(), '.updated');
  const { said } = watching(file, readFlatpakMark);
  writeFileSync(file, '');
  await expect.poll(() => said.at(-1)).toBe(null);
});

const resources = '/opt/Hookbell/resources';
const onLinux = {
  platform: 'linux',
  resources,
  isFlatpak: false,
  execPath: '/opt/Hookbell/hookbell',
  env: {},
} as const;
const appImage = { APPIMAGE: '/home/ann/Hookbell.AppImage', APPDIR: '/tmp/.mount_Hookbe' };

test.each([
  ['development', { ...onLinux, resources: null, env: appImage }],
  ['package', onLinux],
  ['package', { ...onLinux, env: appImage }],
  ['flatpak', { ...onLinux, isFlatpak: true }],
  ['app-image', { ...onLinux, execPath: '/tmp/.mount_Hookbe/hookbell', env: appImage }],
  ['package', { ...onLinux, execPath: '/tmp/.mount_Hookbell/hookbell', env: appImage }],
  ['mac', { ...onLinux, platform: 'darwin' }],
  ['windows', { ...onLinux, platform: 'win32' }],
] as const)(
  'on Linux an AppImage alone replaces itself, and no program that one started: %s',
  (kind, facts) => {
    expect(installationOf(facts).kind).toBe(kind);
  },
);

test.each([
  ['https://updates.example/latest.yml', true],
  ['http://127.0.0.1:8080/latest.yml', true],
  ['http://localhost/latest.yml', true],
  ['http://[::1]:80/', true],
  ['http://updates.example/latest.yml', false],
  ['http://127.0.0.1.updates.example/', false],
  ['http://localhost@updates.example/', false],
  ['file:///tmp/latest.yml', false],
  ['updates.example', false],
])('updates may come from https and from this computer alone: %s %s (E13)', (address, isSafe) => {
  expect(isSafeAddress(address)).toBe(isSafe);
});

test.each([
  [['.', '--user-data-dir=/p', '--provision=f.json'], false],
  [['.', '--user-data-dir=/p', '--provision', 'f.json'], false],
  [['.', '--user-data-dir=/p', '--provision', 'f.json', '--simulate', 'lost-key'], false],
  [['.', '--user-data-dir=/p', '--hidden', '--provision', 'f.json', '--quit'], true],
  [['.', '--user-data-dir=/p', '--export=all.jsonl', '--provision', 'f.json'], true],
  [
    ['.', '--export', 'all', '--with-quarantine', '--user-data-dir=/p', '--provision', 'f.json'],
    true,
  ],
])(
  'a restart keeps the switches, without what was to be done once: %j, hidden: %s',
  (argv, hidden) => {
    expect(relaunchSwitches(argv, hidden)).toEqual([
      ...['.', '--user-data-dir=/p', '--provision=f.json'],
      ...(hidden ? ['--hidden'] : []),
    ]);
  },
);

test('a restart does not use what stood beside a link, as the start did not', () => {
  const link = 'hookbell://event/3';
  for (const argv of [
    ['.', '--user-data-dir=/p', '--provision', 'f.json', link],
    ['.', link, '--user-data-dir=/p', '--provision=f.json', '--quit'],
    ['.', '--user-data-dir=/p', link.toUpperCase(), '--export', 'f.json', '--provision'],
  ])
    expect(relaunchSwitches(argv, false)).toEqual(['.', '--user-data-dir=/p']);
});

test('the note of a restart is read once, and not when it is old, of the future, or none', async () => {
  const folder = openFolder(temporaryFolder(), confStore);
  const note = { version: '0.2.0', hidden: true, at: 1_000_000 };
  expect(await takeRestartNote(folder, note.at)).toBe(null);

  expect(leaveRestartNote(folder, note)).toBe(true);
  expect(await takeRestartNote(folder, note.at + 600_000)).toEqual(note);
  expect(await takeRestartNote(folder, note.at)).toBe(null);

  leaveRestartNote(folder, note);
  withdrawRestartNote(folder);
  expect(await takeRestartNote(folder, note.at)).toBe(null);

  for (const now of [note.at + 600_001, note.at - 1]) {
    leaveRestartNote(folder, note);
    expect(await takeRestartNote(folder, now)).toBe(null);
  }
  folder.store('restart').write({ v: 1, version: 2 });
  expect(await takeRestartNote(folder, note.at)).toBe(null);
  expect(await takeRestartNote(folder, note.at)).toBe(null);
});
