// `npm run package`: builds the installers that this system can, and names those that it cannot with the reason.
import path from 'node:path';
import { help, readArguments, refuseArguments } from './arguments.mjs';
import { build } from './build.mjs';
import { findRuntime } from './electron-runtime.mjs';
import { packApp, packageTarget, packageTargets } from './package/builder.mjs';
import { endWith } from './package/end.mjs';
import { manifest } from './package/identity.mjs';
import { emptyOutput, mayBeEmptied, USUAL_OUTPUT } from './package/output.mjs';
import { report } from './package/report.mjs';
import { obstacleTo, TARGETS } from './package/targets.mjs';
import { packageVersion } from './runtime/electron-package.mjs';
import { RuntimeProblem } from './runtime/found.mjs';

const USAGE = `
Usage: npm run package -- [--quick] [--release] [--only TARGET,…] [--output FOLDER] [--app-version VERSION] [--feed URL]

Builds the installers of this system into dist/, which it empties first, and says which others there are.

--quick        compresses fast instead of small: for tests
--release      fails where a target of this system cannot be built, and takes no Electron but that of the electron package
--only         these targets alone: ${TARGETS.map(({ name }) => name).join(', ')}; "dir" is the packed app without an installer
--output       writes into another folder, which is emptied before: one that is empty, or that an earlier run has written
--app-version  another version than that of package.json: for tests of an upgrade
--feed         https address where installed AppImages, Macs and Windows look for updates; without one they look nowhere
`;

const { values } = readArguments(USAGE, {
  options: {
    help,
    quick: { type: 'boolean', default: false },
    release: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    output: { type: 'string', default: USUAL_OUTPUT },
    'app-version': { type: 'string', default: manifest.version },
    feed: { type: 'string', default: process.env.HOOKBELL_FEED ?? '' },
  },
});
const only = values.only.split(',').filter(Boolean);
const known = ['dir', ...TARGETS.map(({ name }) => name)];
const strange = only.find((name) => !known.includes(name));
if (strange !== undefined) refuseArguments(`There is no target "${strange}".`);
if (values.feed && !values.feed.startsWith('https://'))
  refuseArguments('A feed is an https address.');
const output = path.resolve(values.output);
if (!(await mayBeEmptied(output)))
  refuseArguments(`${output} holds other files, and would be emptied. Name a new folder.`);

// Everybody can read installed files, also where this shell makes files for its user alone.
process.umask(0o022);
try {
  endWith(await main());
} catch (error) {
  if (!(error instanceof RuntimeProblem)) throw error;
  process.stderr.write(`${error.message}\n`);
  endWith(1);
}

async function main() {
  const electron = await runtime();
  const failed = await build();
  if (failed) return failed;

  await emptyOutput(output);
  const packaging = {
    dist: distOf(electron),
    electronVersion: electron.version,
    version: values['app-version'],
    quick: values.quick,
    output,
    feed: values.feed || null,
  };
  const outcomes = await (process.platform === 'linux' ? buildEach : buildTogether)(packaging);
  await report(outcomes, packaging.version, electron);
  const isComplete = outcomes.every(
    ({ target, status }) => status === 'built' || !isOfThisSystem(target),
  );
  const hasFailed = outcomes.some(({ status }) => status === 'failed');
  return hasFailed || (values.release && !isComplete) ? 1 : 0;
}

async function runtime() {
  const electron = await findRuntime();
  if (values.release && electron.version !== packageVersion)
    throw new RuntimeProblem(
      `A release ships the Electron of the electron package, and only ${electron.version} (${electron.origin}) was found.`,
    );
  return electron;
}

/**
 * Where electron-builder takes the runtime from: null lets it download those of a Mac's two architectures.
 *
 * @param {import('./runtime/found.mjs').Found} electron
 */
function distOf({ executable, version }) {
  const isPackage = version === packageVersion;
  return process.platform === 'darwin' && isPackage ? null : path.dirname(executable);
}

/**
 * Packs the app once, and makes each installer of that. One that fails leaves the others.
 *
 * @param {import('./package/configuration.mjs').Packaging} packaging
 */
async function buildEach(packaging) {
  const startedAt = Date.now();
  const packed = await packApp(packaging);
  /** @type {import('./package/report.mjs').Outcome[]} */
  const outcomes = [{ target: 'dir', status: 'built', file: packed, ms: Date.now() - startedAt }];
  for (const target of wanted()) outcomes.push(await outcomeOf(target, packed, packaging));
  return outcomes;
}

/**
 * Lets electron-builder make all installers of this system at once: it signs the app in between, and lists a Mac's two architectures in
 * one file of updates.
 *
 * @param {import('./package/configuration.mjs').Packaging} packaging
 */
async function buildTogether(packaging) {
  const own = wanted().filter(({ name }) => isOfThisSystem(name));
  const startedAt = Date.now();
  const files = await packageTargets(
    own.map(({ name }) => name),
    packaging,
  );
  /** @type {import('./package/report.mjs').Outcome[]} */
  const outcomes = files.map((file) => ({
    target: path.extname(file).slice(1),
    status: 'built',
    file,
    ms: Date.now() - startedAt,
  }));
  for (const target of wanted())
    if (!own.includes(target))
      outcomes.push({
        target: target.name,
        status: 'skipped',
        why: (await obstacleTo(target)) ?? '',
      });
  return outcomes;
}

function wanted() {
  return TARGETS.filter(({ name }) => only.length === 0 || only.includes(name));
}

/**
 * @param {import('./package/targets.mjs').Target} target
 * @param {string} packed
 * @param {import('./package/configuration.mjs').Packaging} packaging
 * @returns {Promise<import('./package/report.mjs').Outcome>}
 */
async function outcomeOf(target, packed, packaging) {
  const why = await obstacleTo(target);
  if (why !== null) return { target: target.name, status: 'skipped', why };
  const startedAt = Date.now();
  try {
    const file = await packageTarget(target.name, packed, packaging);
    return { target: target.name, status: 'built', file, ms: Date.now() - startedAt };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { target: target.name, status: 'failed', why };
  }
}

/** @param {string} name */
function isOfThisSystem(name) {
  return TARGETS.some((target) => target.name === name && target.system === process.platform);
}
