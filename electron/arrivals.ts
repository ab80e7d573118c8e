import type { TimelineEntry } from '../shared/timeline.ts';
import type { Later } from './later.ts';

/** In a flood a window that is told of each does nothing but draw; nobody sees a row later than two frames. */
const betweenMs = 30;
const mostTold = 200;

/** Tells of new entries: of the first at once, and of all that follow soon after it together, at most 200 at a time. */
export const createArrivals = (later: Later, tell: (entries: TimelineEntry[]) => void) => {
  let following: TimelineEntry[] | null = null;

  function begin(entries: readonly TimelineEntry[]): void {
    following = [];
    later(betweenMs, () => {
      const next = following ?? [];
      following = null;
      if (next.length > 0) begin(next);
    });
    for (let at = 0; at < entries.length; at += mostTold) tell(entries.slice(at, at + mostTold));
  }

  return (entries: readonly TimelineEntry[]): void => {
    if (following) following.push(...entries);
    else begin(entries);
  };
};
