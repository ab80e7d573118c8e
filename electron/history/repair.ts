import type { Examined } from './examine-segments.ts';
import type { Context } from './log-state.ts';
import { indexFile, type SegmentInfo, segmentFileName } from './segments.ts';
import { setAside } from './set-aside.ts';

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

/** Saves the index. Once refused it is written with the next sealed segment; without it the next start looks again. */
export function saveIndex<R>({ folder }: Context<R>, sealed: readonly SegmentInfo[]): void {
  try {
    folder.store('index').write(indexFile(sealed));
  } catch {
    // A full disk must not stop the start.
  }
}
