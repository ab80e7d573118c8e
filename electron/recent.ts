import { byPlace } from '../shared/place.ts';
import type { TimelineEntry } from '../shared/timeline.ts';
import type { History } from './history/history.ts';

const most = 5;

/** The newest entries, newest first: the tray shows them. Those from before this start are known once `restore` has settled. */
export const createRecent = (history: Pick<History, 'page'>) => {
  let entries: readonly TimelineEntry[] = [];

  const add = (more: readonly TimelineEntry[]): void => {
    const bySeq = new Map([...entries, ...more].map((entry) => [entry.seq, entry]));
    entries = [...bySeq.values()].sort((a, b) => byPlace(b, a)).slice(0, most);
  };

  return {
    get entries() {
      return entries;
    },
    /** When the newest of them came, epoch ms. */
    get latestAt(): number | null {
      return entries[0]?.receivedAt ?? null;
    },
    add,
    /** Reads the first page: what a window asks for next is at hand then. */
    restore: async (): Promise<void> => {
      const { entries: newest } = await history.page(null);
      add(newest.slice(0, most));
    },
  };
};
