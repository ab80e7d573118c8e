import type { TimelineEntry } from '../shared/timeline.ts';
import type { Later } from './later.ts';

/** Who comes right after another is a row two frames later; in a flood, a window that is told of each does nothing but draw. */
const firstPauseMs = 30;
const longestPauseMs = 240;
const mostTold = 200;

/** Tells of new entries: of one that comes alone at once, of a flood a few times a second, at most 200 in a message. */
export const createArrivals = (later: Later, tell: (entries: TimelineEntry[]) => void) => {
  let following: TimelineEntry[] | null = null;

  function tellAll(entries: readonly TimelineEntry[]): void {
    for (let at = 0; at < entries.length; at += mostTold) tell(entries.slice(at, at + mostTold));
  }

  function begin(entries: readonly TimelineEntry[], pauseMs: number): void {
    following = [];
    later(pauseMs, () => {
      const next = following ?? [];
      following = null;
      if (next.length > 0) begin(next, Math.min(pauseMs * 2, longestPauseMs));
    });
    tellAll(entries);
  }

  return {
    arrived: (entries: readonly TimelineEntry[]): void => {
      if (following) following.push(...entries);
      else begin(entries, firstPauseMs);
    },
    /** Before anything is told of an entry, the entry itself is: else the window would keep it as it was before. */
    catchUp: (): void => tellAll(following?.splice(0) ?? []),
  };
};
