import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../tools.mjs';

/** @type {{ version: string, description: string, homepage: string }} */
export const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));

/** As in `electron/app-id.ts`. */
export const APP_ID = 'app.hookbell.Hookbell';

/** The program's folder on Linux, which electron-builder derives from the product's name. */
export const INSTALLED = '/opt/Hookbell';

/** When the commit was made, epoch seconds: every file of a package is dated so, and the same commit makes the same package. */
export function dateOfCommit() {
  const { SOURCE_DATE_EPOCH } = process.env;
  if (SOURCE_DATE_EPOCH) return Number(SOURCE_DATE_EPOCH);
  try {
    return Number(
      execFileSync('git', ['log', '-1', '--format=%ct'], {
        cwd: root,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }),
    );
  } catch {
    return Math.floor(Date.now() / 1000); // Not a checkout.
  }
}
