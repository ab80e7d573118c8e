import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runElectronWith } from '../support/electron.ts';

test.each([
  [{ DISPLAY: undefined, WAYLAND_DISPLAY: undefined }, /^Hookbell: there is no display/m],
  [{ DISPLAY: ':987' }, /^Hookbell: the display :987 cannot be reached/m],
  [
    { XAUTHORITY: '/nonexistent' },
    /^Hookbell: the display :\d+(\.\d+)? does not let this user in/m,
  ],
])(
  'without a display there is a sentence on stderr and no crash (section 12): %j',
  async (environment, sentence) => {
    const folder = mkdtempSync(join(tmpdir(), 'hookbell-'));
    const ended = await runElectronWith({ HOME: folder, ...environment }, folder, '--hidden');
    expect(ended).toMatchObject({ code: 2, stderr: expect.stringMatching(sentence) });
    rmSync(folder, { recursive: true });
  },
);
