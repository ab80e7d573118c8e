import type { Answer, Asked } from '../../shared/ipc.ts';
import type { TimelineEntry } from '../../shared/timeline.ts';

type AskTimeline = (name: 'timeline', input: Asked<'timeline'>) => Promise<Answer<'timeline'>>;

/** A page is short where its search took too long; so many are asked for. */
const pagesAtMost = 20;

/** The newest entries that match what was typed, at most `most`. Stops when `isWanted` says no. */
export async function findEvents(
  ask: AskTimeline,
  typed: string,
  most: number,
  isWanted: () => boolean,
): Promise<TimelineEntry[]> {
  const found: TimelineEntry[] = [];
  let before: Asked<'timeline'>['before'] = null;
  for (let pages = 0; pages < pagesAtMost && isWanted(); pages += 1) {
    const page: Answer<'timeline'> = await ask('timeline', { before, query: typed });
    found.push(...page.entries);
    before = page.before;
    if (found.length >= most || before === null) break;
  }
  return found.slice(0, most);
}
