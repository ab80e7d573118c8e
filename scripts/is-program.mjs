import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * Whether `node` was started with this module.
 *
 * @param {string} moduleUrl
 */
export const isProgram = (moduleUrl) =>
  process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(moduleUrl);
