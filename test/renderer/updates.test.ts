import { expect, test } from 'vitest';
import { updateWords } from '../../renderer/words/updates.ts';
import type { Updates } from '../../shared/updates.ts';

const ready = { status: 'ready', how: 'installed', isOlder: false, isMissed: false } as const;
const states: [Updates, string][] = [
  [
    { status: 'off', why: 'not-packaged' },
    'This Hookbell is not installed. Updates come from where it came from.',
  ],
  [
    { status: 'off', why: 'no-feed' },
    'Off. Updates come from where this Hookbell came from; it asks nobody.',
  ],
  [
    { status: 'watching' },
    'They come from your package manager, or you install a newer package over this one. Hookbell says when one is installed.',
  ],
  [{ status: 'current', checkedAt: null }, 'Checked a few minutes after the start.'],
  [{ status: 'current', checkedAt: 1 }, 'This is the newest version.'],
  [{ status: 'checking', checkedAt: 1 }, 'Checking.'],
  [{ status: 'downloading', version: '0.2.0', checkedAt: 1 }, 'Downloading 0.2.0.'],
  [{ ...ready, version: '0.2.0' }, 'Hookbell 0.2.0 is installed. Restart to use it.'],
  [
    { ...ready, version: '0.0.9', isOlder: true },
    'Hookbell 0.0.9 is installed, this is 0.1.0. The installed version is older. Restart to use it, or install the newer one again.',
  ],
  [
    { ...ready, version: null },
    'A newer Hookbell is installed. This is still 0.1.0. Quit Hookbell and start it again to use the new one.',
  ],
  [
    { status: 'failed', why: 'unreachable', message: 'net::ERR_FAILED', checkedAt: null },
    'The feed could not be read. net::ERR_FAILED. It is asked again every six hours.',
  ],
];

test.each(states)('%j is said as a person can use it', (updates, words) => {
  expect(updateWords(updates, '0.1.0')).toBe(words);
});
