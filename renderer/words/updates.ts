import { withStop } from '../../shared/english.ts';
import { readyWords } from '../../shared/update-words.ts';
import type { Updates } from '../../shared/updates.ts';

const failures = {
  insecure: (address) =>
    `Not checked: the feed or an update leads to ${address}, which is not https. Ask who gave you this Hookbell.`,
  unreachable: (message) =>
    `The feed could not be read. ${withStop(message)} It is asked again every six hours.`,
  'not-replaceable': (message) =>
    `The update cannot be installed: Hookbell's file cannot be replaced. ${withStop(message)} Move it to a folder of your own.`,
} satisfies Record<Extract<Updates, { status: 'failed' }>['why'], (message: string) => string>;

/** How updates stand. When the feed was last asked is shown beside it. */
export function updateWords(updates: Updates, running: string): string {
  switch (updates.status) {
    case 'off':
      return updates.why === 'not-packaged'
        ? 'This Hookbell is not installed. Updates come from where it came from.'
        : 'Off. Updates come from where this Hookbell came from; it asks nobody.';
    case 'watching':
      return 'They come from your package manager, or you install a newer package over this one. Hookbell says when one is installed.';
    case 'current':
      return updates.checkedAt === null
        ? 'Checked a few minutes after the start.'
        : 'This is the newest version.';
    case 'checking':
      return 'Checking.';
    case 'downloading':
      return `Downloading ${updates.version}.`;
    case 'ready': {
      const { title, remedy } = readyWords({ ...updates, running });
      return `${withStop(title)} ${remedy}`;
    }
    case 'failed':
      return failures[updates.why](updates.message);
  }
}
