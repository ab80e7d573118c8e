import { parseArgs } from 'node:util';

/** The option that every script has. */
export const help = /** @type {const} */ ({ type: 'boolean', short: 'h', default: false });

/**
 * Reads what a script was called with. `--help` prints how to use it and ends the process with 0; an argument that it does not know
 * ends it with 2 and a sentence.
 *
 * @template {import('node:util').ParseArgsConfig} T
 * @param {string} usage
 * @param {T} config its options hold `help`
 * @returns {ReturnType<typeof parseArgs<T>>}
 */
export function readArguments(usage, config) {
  const parsed = parsedOrRefused(config);
  if (Reflect.get(parsed.values, 'help') !== true) return parsed;
  process.stdout.write(`${usage.trim()}\n`);
  process.exit(0);
}

/**
 * @template {import('node:util').ParseArgsConfig} T
 * @param {T} config
 */
function parsedOrRefused(config) {
  try {
    return parseArgs(config);
  } catch (error) {
    // Node adds advice about its own syntax after the first sentence.
    const [sentence = ''] = error instanceof Error ? error.message.split('. ') : [];
    return refuseArguments(`${sentence}.`);
  }
}

/**
 * Ends the process with 2.
 *
 * @param {string} sentence what is wrong with the arguments
 * @returns {never}
 */
export function refuseArguments(sentence) {
  process.stderr.write(`${sentence} --help tells what there is.\n`);
  process.exit(2);
}
