import { byPlace } from '../../shared/place.ts';
import type { TimelineEntry } from '../../shared/timeline.ts';
import type { History } from '../history/history.ts';

const most = 5;

export type Recent = {
  readonly entries: readonly TimelineEntry[];
  /** When the newest one arrived, epoch ms. */
  readonly latestAt: number | null;
  readonly add: (more: readonly TimelineEntry[]) => void;
  /** Reads the first page, which the window asks for next. */
  readonly load: () => Promise<void>;
};

/** The newest entries, newest first. Those of earlier runs are included once `load` has settled. */
export const createRecent = (history: Pick<History, 'page'>): Recent => {
  let entries: readonly TimelineEntry[] = [];

  const add = (more: readonly TimelineEntry[]): void => {
    const bySeq = new Map([...entries, ...more].map((entry) => [entry.seq, entry]));
    entries = [...bySeq.values()].sort((a, b) => byPlace(b, a)).slice(0, most);
  };

  return {
    get entries() {
      return entries;
    },
    get latestAt() {
      return entries[0]?.receivedAt ?? null;
    },
    add,
    load: async () => {
      const { entries: newest } = await history.page(null);
      add(newest.slice(0, most));
    },
  };
};
