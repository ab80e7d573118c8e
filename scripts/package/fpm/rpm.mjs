import { execFile } from 'node:child_process';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { dateOfCommit } from '../identity.mjs';
import { filesIn } from './staging.mjs';

/** Of rpm's `_binary_payload`; electron-builder calls xz with several threads `xzmt`. */
const PAYLOADS = new Map([
  ['xzmt', 'w6T0.xzdio'],
  ['gzip', 'w6.gzdio'],
]);

/**
 * Builds a .rpm of what was staged.
 *
 * @param {import('./arguments.mjs').Wanted} wanted
 * @param {string} staged
 * @param {string} scratch
 */
export async function buildRpm(wanted, staged, scratch) {
  const spec = path.join(scratch, 'package.spec');
  await writeFile(spec, await specOf(wanted, staged));
  const settings = {
    _topdir: scratch,
    _rpmdir: scratch,
    _rpmfilename: 'built.rpm',
    _binary_payload: PAYLOADS.get(wanted['rpm-compression']) ?? 'w6.gzdio',
    _build_id_links: 'none',
    // The files are finished: nothing of them is stripped, compressed or recompiled.
    __os_install_post: '%{nil}',
    source_date_epoch_from_changelog: '0',
    clamp_mtime_to_source_date_epoch: '1',
    use_source_date_epoch_as_buildtime: '1',
    _buildhost: 'localhost',
  };
  const defines = Object.entries(settings).flatMap(([name, value]) => [
    '--define',
    `${name} ${value}`,
  ]);
  await promisify(execFile)(
    'rpmbuild',
    [
      '-bb',
      '--target',
      architectureOf(wanted.architecture),
      '--buildroot',
      path.join(scratch, 'buildroot'),
      ...defines,
      spec,
    ],
    { env: { ...process.env, SOURCE_DATE_EPOCH: String(dateOfCommit()) } },
  );
  await copyFile(path.join(scratch, 'built.rpm'), wanted.package);
}

/** @param {string} architecture */
const architectureOf = (architecture) =>
  ({ amd64: 'x86_64', arm64: 'aarch64' })[architecture] ?? architecture;

/**
 * @param {import('./arguments.mjs').Wanted} wanted
 * @param {string} staged
 */
async function specOf(wanted, staged) {
  const script = async (/** @type {string} */ file) =>
    (await readFile(file, 'utf8')).replaceAll('%', '%%');
  const own = (await filesIn(staged)).map((file) => `"/${file.replaceAll('%', '%%')}"`);
  const summary = wanted.description.trim().split('\n')[0];
  return [
    `Name: ${wanted.name}`,
    // A hyphen separates version and release there.
    `Version: ${wanted.version.replaceAll('-', '~')}`,
    'Release: 1',
    `Summary: ${wanted['rpm-summary'] || summary}`,
    `License: ${wanted.license}`,
    `Vendor: ${wanted.vendor}`,
    `URL: ${wanted.url}`,
    `Group: ${wanted.category}`,
    // Libraries are named by hand: the found ones would bind the package to one distribution.
    'AutoReqProv: no',
    ...wanted.depends.map((name) => `Requires: ${name}`),
    '%description',
    wanted.description.trim().replaceAll('%', '%%'),
    '%install',
    `mkdir -p %{buildroot}`,
    `cp -a "${staged}/." %{buildroot}/`,
    '%post',
    await script(wanted['after-install']),
    '%postun',
    await script(wanted['after-remove']),
    '%files',
    '%defattr(-,root,root,-)',
    '%dir "/opt/Hookbell"',
    ...own,
    '',
  ].join('\n');
}
