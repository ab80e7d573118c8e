import { parts } from './parts.mjs';

/**
 * `--quick` for one short round, and the names of the parts wanted; none means all.
 *
 * @param {readonly string[]} given
 */
export function readArguments(given) {
  const quick = given.includes('--quick');
  const names = given.filter((argument) => argument !== '--quick');
  const unknown = names.find((name) => !parts.has(name));
  return { quick, names: names.length > 0 ? names : [...parts.keys()], unknown };
}
