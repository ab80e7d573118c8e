import { parseArgs } from 'node:util';

const TEXT = /** @type {const} */ ({ type: 'string', default: '' });

/**
 * @typedef {ReturnType<typeof readFpmArguments>} Wanted
 */

/**
 * Reads the arguments that electron-builder calls fpm with. Throws for others.
 *
 * @param {string[]} args
 */
export function readFpmArguments(args) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      input: { type: 'string', short: 's' },
      type: { type: 'string', short: 't' },
      depends: { type: 'string', short: 'd', multiple: true, default: [] },
      force: { type: 'boolean', default: false },
      architecture: TEXT,
      name: TEXT,
      version: TEXT,
      package: TEXT,
      maintainer: TEXT,
      vendor: TEXT,
      url: TEXT,
      description: TEXT,
      license: TEXT,
      category: TEXT,
      'after-install': TEXT,
      'after-remove': TEXT,
      'deb-priority': TEXT,
      'deb-compression': TEXT,
      'deb-recommends': { type: 'string', multiple: true, default: [] },
      'rpm-compression': TEXT,
      'rpm-os': TEXT,
      'rpm-summary': TEXT,
    },
  });
  const { type } = values;
  if (type !== 'deb' && type !== 'rpm')
    throw new Error(`Packages of type "${type}" are not built here.`);
  return { ...values, type, files: positionals.map(sourceAndTarget) };
}

/** @param {string} pair */
function sourceAndTarget(pair) {
  const at = pair.lastIndexOf('=');
  return { source: pair.slice(0, at), target: pair.slice(at + 1) };
}
