import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ownAppImage } from '../../electron/edges/app-image.ts';
import { autostartEntry, readAutostartEntry } from '../../electron/edges/autostart-entry.ts';
import {
  type AutostartOptions,
  autostartFolder,
  openAutostartFile,
} from '../../electron/edges/autostart-file.ts';
import { tempFolder } from '../history/support/temp-folder.ts';

describe('the entry that starts Hookbell at login (T8)', () => {
  test('plain paths stand as they are, others in quotes', () => {
    const plain = autostartEntry({ program: '/opt/Hookbell/hookbell', arguments: ['--hidden'] });
    expect(plain).toContain('\nExec=/opt/Hookbell/hookbell --hidden\n');
    expect(plain).toContain('\nTryExec=/opt/Hookbell/hookbell\n');
    expect(plain).toContain('\nX-GNOME-Autostart-enabled=true\n');

    // https://specifications.freedesktop.org/desktop-entry-spec/latest/exec-variables.html
    const odd = autostartEntry({ program: '/a b/$x"100%\\`', arguments: [] });
    expect(odd).toContain('\nExec=env "/a b/\\\\$x\\\\"100%%\\\\\\\\\\\\`"\n');
    expect(odd).toContain('\nTryExec=/a b/$x"100%\\\\`\n');
  });

  test('any path and argument comes back whole', () => {
    const word = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1 }),
      fc
        .array(fc.constantFrom(...' "\'`$\\%U\n\t\r;#&()<>|~*?=[]/aé👋'), { minLength: 1 })
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(word, fc.array(word), (name, given) => {
        const program = `/${name}`;
        const entry = { program, arguments: given };
        expect(readAutostartEntry(autostartEntry(entry))).toEqual(entry);
      }),
      { numRuns: 1000 },
    );
  });

  test('an entry that a desktop disabled starts nothing', () => {
    const text = autostartEntry({ program: '/p', arguments: [] });
    expect(readAutostartEntry(`${text}Hidden=true\n`)).toBe(null);
    expect(readAutostartEntry(text.replace('enabled=true', 'enabled=false'))).toBe(null);
    expect(readAutostartEntry(`${text}Hidden=false\n\n[Other]\nHidden=true\n`)).not.toBe(null);
    expect(readAutostartEntry(text.replace(/^Exec=.*\n/m, ''))).toBe(null);
    expect(readAutostartEntry(text.replace('[Desktop Entry]', '[Other]'))).toBe(null);
  });

  test('entries as people and desktops write them are read', () => {
    const written = '# mine\r\n[Desktop Entry]\r\nExec = "/opt/a b/hookbell" --hidden %U\r\n';
    expect(readAutostartEntry(written)).toEqual({
      program: '/opt/a b/hookbell',
      arguments: ['--hidden'],
    });
  });

  test('any text is read without an error', () => {
    const line = fc.constantFrom(
      ...['[Desktop Entry]', 'Exec=', 'Exec="', 'Exec=\\', 'Hidden=true', '=', '[', '\0'],
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(line).map((all) => all.join('\n')),
        ),
        (text) => {
          readAutostartEntry(text);
        },
      ),
    );
  });
});

const opened = (folder: string, changed: Partial<AutostartOptions> = {}) =>
  openAutostartFile({ program: join(folder, 'Hookbell'), dataFolder: null, folder, ...changed });
const fileIn = (folder: string) => join(folder, 'app.hookbell.Hookbell.desktop');

describe('the switch for starting at login (T8)', () => {
  test('it is on while the entry is there, and nothing else is left in the folder', async () => {
    using temp = tempFolder();
    const folder = join(temp.path, 'config', 'autostart');
    const autostart = opened(folder);
    expect(await autostart.read()).toEqual({ status: 'off' });
    await autostart.set(true);
    expect(await autostart.read()).toEqual({ status: 'on' });
    expect(readdirSync(folder)).toEqual(['app.hookbell.Hookbell.desktop']);
    await autostart.set(false);
    await autostart.set(false);
    expect(await autostart.read()).toEqual({ status: 'off' });
    expect(readdirSync(folder)).toEqual([]);
  });

  test('an entry that a desktop disabled is off, and can be switched on again', async () => {
    using temp = tempFolder();
    const autostart = opened(temp.path);
    await autostart.set(true);
    writeFileSync(fileIn(temp.path), `${readFileSync(fileIn(temp.path), 'utf8')}Hidden=true\n`);
    expect(await autostart.read()).toEqual({ status: 'off' });
    await autostart.set(true);
    expect(await autostart.read()).toEqual({ status: 'on' });
  });

  test('an entry for another program or another profile is off', async () => {
    using temp = tempFolder();
    await opened(temp.path, { dataFolder: '/data/a b' }).set(true);
    expect(await opened(temp.path, { dataFolder: '/data/a b' }).read()).toEqual({ status: 'on' });
    expect(await opened(temp.path, { dataFolder: '/data/c' }).read()).toEqual({ status: 'off' });
    expect(await opened(temp.path).read()).toEqual({ status: 'off' });
    const other = opened(temp.path, { dataFolder: '/data/a b', program: '/opt/other' });
    expect(await other.read()).toEqual({ status: 'off' });
  });

  test('an entry that names the program by a link to it is on', async () => {
    using temp = tempFolder();
    const link = join(temp.path, 'link');
    writeFileSync(join(temp.path, 'Hookbell'), '');
    symlinkSync(join(temp.path, 'Hookbell'), link);
    await opened(temp.path, { program: link }).set(true);
    expect(await opened(temp.path).read()).toEqual({ status: 'on' });
  });

  test('an entry follows its AppImage to another place, while it is on and the old place is empty', async () => {
    using temp = tempFolder();
    const program = join(temp.path, 'moved', 'Hookbell.AppImage');
    const moved = opened(temp.path, { program });
    expect(await moved.followMove()).toBe(false);
    expect(existsSync(fileIn(temp.path))).toBe(false);

    await opened(temp.path).set(true);
    expect(await moved.followMove()).toBe(true);
    expect(await moved.read()).toEqual({ status: 'on' });
    expect(await moved.followMove()).toBe(false);

    // Another copy that is still there.
    writeFileSync(join(temp.path, 'Hookbell'), '');
    await opened(temp.path).set(true);
    expect(await moved.followMove()).toBe(false);
    expect(await moved.read()).toEqual({ status: 'off' });
  });

  test('of changes that are asked for at once the last one stays, and none fails', async () => {
    using temp = tempFolder();
    const folder = join(temp.path, 'autostart');
    const autostart = opened(folder);
    for (const last of [true, false]) {
      const changes = Array.from({ length: 20 }, (_, at) => autostart.set((at % 2 === 1) === last));
      expect(await autostart.read()).toEqual({ status: last ? 'on' : 'off' });
      await Promise.all(changes);
    }
    expect(readdirSync(folder)).toEqual([]);
  });

  test('what another program left beside the entry is neither written nor waited for', async () => {
    using temp = tempFolder();
    const folder = join(temp.path, 'autostart');
    mkdirSync(folder);
    const precious = join(temp.path, 'precious');
    writeFileSync(precious, 'as it was');
    symlinkSync(precious, `${fileIn(folder)}.unfinished`);
    await opened(folder).set(true);
    expect(readFileSync(precious, 'utf8')).toBe('as it was');

    rmSync(`${fileIn(folder)}.unfinished`);
    execFileSync('mkfifo', [`${fileIn(folder)}.unfinished`]);
    await opened(folder).set(true);
    expect(await opened(folder).read()).toEqual({ status: 'on' });
  });

  test('a file in the place of the entry that is no entry by its size is not read', async () => {
    using temp = tempFolder();
    await opened(temp.path).set(true);
    truncateSync(fileIn(temp.path), 1024 ** 3);
    const before = process.memoryUsage().rss;
    expect(await opened(temp.path).read()).toEqual({ status: 'off' });
    expect(process.memoryUsage().rss - before).toBeLessThan(256 * 1024 ** 2);
  });

  test('a folder that cannot be written is an error, and something else in the place of the entry is off', async () => {
    using temp = tempFolder();
    writeFileSync(join(temp.path, 'file'), '');
    await expect(opened(join(temp.path, 'file')).set(true)).rejects.toThrow(/ENOTDIR|EEXIST/);

    const folder = join(temp.path, 'autostart');
    mkdirSync(folder);
    execFileSync('mkfifo', [fileIn(folder)]);
    expect(await opened(folder).read()).toEqual({ status: 'off' });
    await opened(folder).set(true);
    expect(await opened(folder).read()).toEqual({ status: 'on' });
  });
});

test('the entry stands in the configuration folder of the person', () => {
  expect(autostartFolder(undefined, '/home/ana')).toBe('/home/ana/.config/autostart');
  expect(autostartFolder('/config', '/home/ana')).toBe('/config/autostart');
  expect(autostartFolder('config', '/home/ana')).toBe('/home/ana/.config/autostart');
  expect(autostartFolder('', '/home/ana')).toBe('/home/ana/.config/autostart');
});

test('the AppImage of another program, whose terminal started Hookbell, is not taken for our own', () => {
  const env = { APPIMAGE: '/apps/H.AppImage', APPDIR: '/tmp/.mount_H' };
  expect(ownAppImage(env, '/tmp/.mount_H/hookbell')).toBe('/apps/H.AppImage');
  expect(ownAppImage(env, '/opt/Hookbell/hookbell')).toBe(null);
  expect(ownAppImage(env, '/tmp/.mount_H2/hookbell')).toBe(null);
  expect(ownAppImage({}, '/opt/Hookbell/hookbell')).toBe(null);
});
