import { setAside } from '../../storage/set-aside.ts';
import type { Examined } from './examine-segments.ts';
import type { Context } from './log-state.ts';
import { indexFile, journalFile, type SegmentInfo, segmentFileName } from './segments.ts';

/** Sets aside what is rotten and says what cannot be read. */
export async function repair<R>(
  { folder, at, report }: Context<R>,
  examined: readonly Examined[],
  readOnly: boolean,
): Promise<void> {
  for (const one of examined) {
    const file = segmentFileName(one.number);
    if (one.status === 'rotten') {
      const moved = !readOnly && (await setAside(folder, file));
      report(`${file} is damaged${moved ? ' and was set aside' : ''}`);
      await at('open:set-aside');
    }
    if (one.status === 'unreadable') report(`${file} cannot be read`);
    if (one.status === 'gone' && one.known && !one.known.damaged) report(`${file} is missing`);
  }
}

/** False when the system refuses: the index is written again with the next sealed segment. */
export function saveIndex<R>({ folder }: Context<R>, sealed: readonly SegmentInfo[]): boolean {
  try {
    folder.store('index').write(indexFile(sealed));
    return true;
  } catch {
    // A full disk must not stop the start.
    return false;
  }
}

/** Sets aside journals without a readable line. Only the index knows their numbers then, so it is synced before (H1). */
export async function setAsideJournals<R>(
  { folder, at }: Context<R>,
  numbers: readonly number[],
): Promise<void> {
  try {
    if (numbers.length > 0) await folder.sync();
  } catch {
    return; // They are found again at the next start.
  }
  for (const number of numbers) {
    await setAside(folder, journalFile(number));
    await at('open:set-aside');
  }
}
