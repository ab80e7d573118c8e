import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { mayBeEmptied } from '../scripts/package/output.mjs';
import { tempFolder } from './history/support/temp-folder.ts';

const root = join(import.meta.dirname, '..');

test('a folder with other files is never emptied for packages', async () => {
  using temp = tempFolder();
  const photos = temp.file('photos');
  mkdirSync(photos);
  expect(await mayBeEmptied(photos)).toBe(true);
  expect(await mayBeEmptied(temp.file('new'))).toBe(true);
  writeFileSync(join(photos, 'one.jpg'), 'precious');
  const { status, stderr } = spawnSync(
    process.execPath,
    [join(root, 'scripts', 'package.mjs'), '--output', 'photos'],
    { cwd: temp.path, encoding: 'utf8' },
  );
  expect(stderr).toContain(`${photos} holds other files`);
  expect(status).toBe(2);
  expect(readFileSync(join(photos, 'one.jpg'), 'utf8')).toBe('precious');
  expect(await mayBeEmptied(root)).toBe(false);
});

test('a failure to package is an exit code, whatever libraries of electron-builder do at the end', () => {
  const ending = (last: string) =>
    spawnSync(
      process.execPath,
      [
        '--input-type=module',
        '--eval',
        `import { TmpDir } from 'temp-file';
        import { endWith } from './scripts/package/end.mjs';
        await new TmpDir().getTempDir();
        ${last}`,
      ],
      { cwd: root },
    ).status;
  expect(ending('endWith(3)')).toBe(3);
  // The reason for `endWith`.
  expect(ending('process.exitCode = 3')).toBe(0);
});

/** Packages one file of a folder whose owner keeps files to himself. */
const packaged = (folder: string, version = '1.0.0') => {
  const [source, deb] = [join(folder, 'source dir'), join(folder, 'a.deb')];
  mkdirSync(join(source, 'resources'), { recursive: true });
  writeFileSync(join(source, 'resources', 'some=file %'), 'x');
  const script = 'umask 077; exec "$@"';
  const fpm = join(root, 'scripts', 'package', 'fpm.mjs');
  const fields = ['name', 'maintainer', 'url', 'category', 'deb-priority', 'description'];
  const given = [
    ...['-s', 'dir', '-t', 'deb', '--version', version, '--architecture', 'all', '--package', deb],
    ...fields.flatMap((field) => [`--${field}`, field]),
    ...['--deb-compression', 'gz', `${source}/=/opt/Hookbell`],
  ];
  execFileSync('sh', ['-c', script, 'sh', process.execPath, fpm, ...given], { stdio: 'pipe' });
  return {
    contents: execFileSync('dpkg-deb', ['--contents', deb], { encoding: 'utf8' }),
    version: execFileSync('dpkg-deb', ['--field', deb, 'Version'], { encoding: 'utf8' }).trim(),
  };
};

const onDebian = test.runIf(existsSync('/usr/bin/dpkg-deb'));

onDebian('a version before a release is older than the release for Debian', () => {
  using temp = tempFolder();
  const { version } = packaged(temp.path, '1.0.0-beta.2');
  for (const [one, is, other] of [
    [version, 'lt', '1.0.0'],
    [version, 'gt', '1.0.0~beta.1'],
    [version, 'gt', '0.9.9'],
  ] as const)
    execFileSync('dpkg', ['--compare-versions', one, is, other]);
});

onDebian(
  'a package can be read by everybody, whatever the shell that builds it keeps to its user',
  () => {
    using temp = tempFolder();
    const contents = packaged(temp.path).contents.trimEnd().split('\n');
    expect(contents.some((line) => line.endsWith('./opt/Hookbell/resources/some=file %'))).toBe(
      true,
    );
    for (const line of contents) expect(line).toMatch(/^(drwxr-xr-x|-rw-r--r--) root\/root/);
  },
);
