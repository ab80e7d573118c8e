import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runElectronWith } from '../support/electron.ts';

test('--help and --version are printed without a display, and nothing starts', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hookbell-'));
  const environment = { HOME: folder, DISPLAY: undefined, WAYLAND_DISPLAY: undefined };
  const helped = await runElectronWith(environment, folder, '--help');
  expect(helped).toMatchObject({ code: 0, stdout: expect.stringContaining('--quit') });
  const told = await runElectronWith(environment, folder, '--version');
  expect(told).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Hookbell \d+\.\d+/) });
  rmSync(folder, { recursive: true });
});

test.each([
  [{ DISPLAY: undefined, WAYLAND_DISPLAY: undefined }, /^Hookbell: there is no display/m],
  [{ DISPLAY: ':987' }, /^Hookbell: the display :987 cannot be reached/m],
  [
    { XAUTHORITY: '/nonexistent' },
    /^Hookbell: the display :\d+(\.\d+)? does not let this user in/m,
  ],
])(
  'without a display there is a sentence on stderr and no crash: %j',
  async (environment, sentence) => {
    const folder = mkdtempSync(join(tmpdir(), 'hookbell-'));
    const ended = await runElectronWith({ HOME: folder, ...environment }, folder, '--hidden');
    expect(ended).toMatchObject({ code: 2, stderr: expect.stringMatching(sentence) });
    rmSync(folder, { recursive: true });
  },
);
