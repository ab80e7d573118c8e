import { execFile } from 'node:child_process';
import { chmod, copyFile, lstat, mkdir, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { checksum } from '../../runtime/checksum.mjs';
import { dateOfCommit } from '../identity.mjs';
import { filesIn } from './staging.mjs';

/** Of `dpkg-deb -z`. */
const LEVELS = new Map([
  ['xz', '6'],
  ['gz', '6'],
  ['zst', '3'],
]);
const COMPRESSIONS = new Map([
  ['gz', 'gzip'],
  ['zst', 'zstd'],
]);

/**
 * Builds a .deb of what was staged.
 *
 * @param {import('./arguments.mjs').Wanted} wanted
 * @param {string} staged
 */
export async function buildDeb(wanted, staged) {
  await writeChangelog(wanted, staged);
  const control = path.join(staged, 'DEBIAN');
  const files = await filesIn(staged);
  await mkdir(control, { mode: 0o755 });
  await writeFile(path.join(control, 'control'), controlOf(wanted, await kibibytes(staged, files)));
  await writeFile(path.join(control, 'md5sums'), await checksums(staged, files));
  for (const [script, from] of [
    ['postinst', wanted['after-install']],
    ['postrm', wanted['after-remove']],
  ]) {
    if (!script || !from) continue;
    await copyFile(from, path.join(control, script));
    await chmod(path.join(control, script), 0o755);
  }
  const compression = wanted['deb-compression'];
  await promisify(execFile)(
    'dpkg-deb',
    [
      '--root-owner-group',
      `-Z${COMPRESSIONS.get(compression) ?? compression}`,
      `-z${LEVELS.get(compression) ?? '6'}`,
      '--build',
      staged,
      wanted.package,
    ],
    { env: { ...process.env, SOURCE_DATE_EPOCH: String(dateOfCommit()) } },
  );
}

/**
 * @param {import('./arguments.mjs').Wanted} wanted
 * @param {number} size
 */
function controlOf(wanted, size) {
  // electron-builder puts the synopsis on the first line, and a space before the others.
  const [synopsis = '', ...more] = wanted.description.split('\n');
  const description = [synopsis.trim(), ...more.flatMap(wrapped)].join('\n');
  const recommends = wanted['deb-recommends'];
  return [
    `Package: ${wanted.name}`,
    `Version: ${debianVersion(wanted.version)}`,
    `Architecture: ${wanted.architecture}`,
    `Maintainer: ${wanted.maintainer}`,
    `Installed-Size: ${size}`,
    `Depends: ${wanted.depends.join(', ')}`,
    ...(recommends.length > 0 ? [`Recommends: ${recommends.join(', ')}`] : []),
    `Section: ${wanted.category}`,
    `Priority: ${wanted['deb-priority']}`,
    `Homepage: ${wanted.url}`,
    `Description: ${description}`,
    '',
  ].join('\n');
}

/**
 * For Debian, what follows a hyphen makes a later version: the release would be older than its beta.
 *
 * @param {string} version
 */
const debianVersion = (version) => version.replaceAll('-', '~');

/**
 * The lines of a paragraph, indented as the control file wants them.
 *
 * @param {string} text
 */
const wrapped = (text) =>
  text
    .trim()
    .match(/.{1,76}(?:\s|$)/g)
    ?.map((line) => ` ${line.trim()}`) ?? [];

/**
 * Debian asks every package for a changelog in its own format.
 *
 * @param {import('./arguments.mjs').Wanted} wanted
 * @param {string} staged
 */
async function writeChangelog({ name, version, maintainer, url }, staged) {
  const date = dateOfCommit();
  const at = new Date(date * 1000).toUTCString().replace('GMT', '+0000');
  const text = `${name} (${debianVersion(version)}) unstable; urgency=medium\n\n  * ${url}/releases/tag/v${version}\n\n -- ${maintainer}  ${at}\n`;
  const file = path.join(staged, 'usr', 'share', 'doc', name, 'changelog.gz');
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, gzipSync(text, { level: 9 }));
  await utimes(file, date, date);
}

/**
 * @param {string} staged
 * @param {string[]} files
 */
async function kibibytes(staged, files) {
  let size = 0;
  for (const file of files) size += Math.ceil((await lstat(path.join(staged, file))).size / 1024);
  return size;
}

/**
 * @param {string} staged
 * @param {string[]} files
 */
async function checksums(staged, files) {
  const lines = [];
  for (const file of files) {
    if ((await lstat(path.join(staged, file))).isSymbolicLink()) continue;
    lines.push(`${await checksum(path.join(staged, file), 'md5', 'hex')}  ${file}\n`);
  }
  return lines.join('');
}
