import { help, readArguments, refuseArguments } from '../scripts/arguments.mjs';
import { parts } from './parts.mjs';

const USAGE = `
Usage: npm run bench -- [--quick] [PART…]

Measures speed and memory beside what they should be near. Without a PART it measures all of them:
${[...parts.keys()].join(', ')}.

  --quick  one short round instead of five
`;

/** Which parts are wanted, and whether in one short round. Ends the process where the arguments are wrong. */
export function benchArguments() {
  const { values, positionals } = readArguments(USAGE, {
    options: { help, quick: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const unknown = positionals.find((name) => !parts.has(name));
  if (unknown !== undefined) refuseArguments(`There is no part "${unknown}".`);
  return { quick: values.quick, names: positionals.length > 0 ? positionals : [...parts.keys()] };
}
