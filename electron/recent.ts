import type { TimelineEntry } from '../shared/timeline.ts';
import type { History } from './history/history.ts';

const most = 5;

/** The newest entries, newest first: the tray shows them. Those from before this start are known once `restore` has settled. */
export const createRecent = (history: Pick<History, 'page'>) => {
  let entries: readonly TimelineEntry[] = [];

  const add = (more: readonly TimelineEntry[]): void => {
    const bySeq = new Map([...entries, ...more].map((entry) => [entry.seq, entry]));
    entries = [...bySeq.values()].sort((a, b) => b.seq - a.seq).slice(0, most);
  };

  return {
    get entries() {
      return entries;
    },
    /** When the latest of them came, epoch ms: what was admitted late is a newer entry of an earlier time. */
    get latestAt(): number | null {
      return entries.length === 0 ? null : Math.max(...entries.map(({ receivedAt }) => receivedAt));
    },
    add,
    /** Reads the first page: what a window asks for next is at hand then. */
    restore: async (): Promise<void> => add((await history.page(null)).entries),
  };
};
