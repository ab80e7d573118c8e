import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { _electron } from 'playwright-core';
import { root } from '../tools.mjs';

const electronPath = process.env.HOOKBELL_ELECTRON ?? '';

/**
 * The built app with a profile of its own and a source of each provider.
 *
 * @typedef {object} Hookbell
 * @property {import('playwright-core').ElectronApplication} app
 * @property {import('playwright-core').Page} window
 * @property {(...switches: string[]) => Promise<string>} command starts the app a second time, with switches for the running one, and
 *   settles with what that start printed
 */

/**
 * Starts the app, and settles when its window shows the receiver's state.
 *
 * @param {string} folder where the profile goes
 * @returns {Promise<Hookbell>}
 */
export async function startHookbell(folder) {
  const profile = `--user-data-dir=${path.join(folder, 'profile')}`;
  const app = await _electron.launch({
    executablePath: electronPath,
    chromiumSandbox: true,
    args: [root, profile, '--provision', provisioning(folder)],
  });
  const window = await app.firstWindow();
  await window.getByText('Local only').first().waitFor();
  return {
    app,
    window,
    command: async (...switches) =>
      (await promisify(execFile)(electronPath, [root, profile, ...switches])).stdout.trim(),
  };
}

/**
 * @param {string} folder
 * @returns {string}
 */
function provisioning(folder) {
  const token = () => randomBytes(32).toString('base64url');
  const file = path.join(folder, 'provision.json');
  const sources = [
    { id: 'kryptos', provider: 'kryptos', name: 'Kryptos', token: token(), secrets: [token()] },
    { id: 'vezgo', provider: 'vezgo', name: 'Vezgo', token: token(), clientId: 'demo-client' },
    {
      id: 'simplehash',
      provider: 'simplehash',
      name: 'SimpleHash',
      token: token(),
      secrets: [randomBytes(24).toString('base64')],
    },
  ];
  writeFileSync(file, JSON.stringify({ tunnel: { kind: 'none' }, sources }), { mode: 0o600 });
  return file;
}
