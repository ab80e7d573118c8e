import type { TimelineEntry } from '../../shared/timeline.ts';
import type { History } from '../history/history.ts';
import { runOnce } from '../once.ts';
import type { Folder } from '../storage/folder.ts';
import { openSmallStore, reportTrouble } from '../storage/small-store.ts';
import { createRhythms, type Rhythms, SavedRhythms } from './rhythms.ts';

/** As far as a rhythm is learned from. */
const learnedMs = 35 * 24 * 60 * 60_000;

export type RhythmStoreOptions = {
  readonly rhythms: Rhythms;
  readonly folder: Folder;
  readonly history: Pick<History, 'lastSeq' | 'since' | 'get'>;
  /** Receives a sentence about a file that is damaged or cannot be read. */
  readonly report: (trouble: string) => void;
};

/** Saves the rhythms. Without a valid file they are learned from the last five weeks of the history. */
export type RhythmStore = {
  /** Applies the entries up to this start. Idempotent; after a rejection with the system's error, the next call retries. */
  readonly ready: () => Promise<void>;
  /** Learns the rhythms from the history, after an import. Entries may be applied meanwhile. */
  readonly rebuild: (lastSeq: number) => Promise<void>;
  readonly save: () => void;
};

export const openRhythmStore = ({
  rhythms,
  folder,
  history,
  report,
}: RhythmStoreOptions): RhythmStore => {
  const store = openSmallStore({
    folder,
    name: 'rhythms',
    parse: (value: unknown) => SavedRhythms.parse(value),
  });
  // Later entries are applied when they are received.
  const atStart = history.lastSeq;
  let isReady = false;

  async function load(): Promise<void> {
    const found = store.read();
    reportTrouble(found, 'rhythms.json was damaged and has been rebuilt', report);
    // A history that was begun anew is shorter than the saved number.
    const saved = found.status === 'fine' && found.value.upTo <= atStart ? found.value : null;
    if (saved) rhythms.load(saved);
    const from = saved ? saved.upTo + 1 : await learnedFrom(history, atStart);
    for await (const entry of entriesOf(history, from, atStart)) rhythms.apply(entry);
    isReady = true;
  }

  async function rebuild(lastSeq: number): Promise<void> {
    const learned = createRhythms();
    let from = await learnedFrom(history, lastSeq);
    for (let end = lastSeq; from <= end; end = rhythms.upTo) {
      for await (const entry of entriesOf(history, from, end)) learned.apply(entry);
      from = end + 1;
    }
    rhythms.load({ ...learned.save(), upTo: Math.max(lastSeq, rhythms.upTo) });
  }

  const ready = runOnce(load);
  return {
    ready,
    rebuild: async (lastSeq) => {
      await ready();
      await rebuild(lastSeq);
    },
    save: () => {
      if (!isReady) return;
      try {
        store.write(rhythms.save());
      } catch {
        // The next start applies the entries that the file lacks.
      }
    },
  };
};

async function* entriesOf(
  history: Pick<History, 'since'>,
  from: number,
  upTo: number,
): AsyncGenerator<TimelineEntry> {
  if (from > upTo) return;
  for await (const { entry } of history.since(from)) {
    if (entry.seq > upTo) return;
    yield entry;
  }
}

/**
 * The first of the entries that were recorded in the five weeks before the last one. A search by halves, so that older segments are not read;
 * an entry that was removed or damaged counts as older.
 */
async function learnedFrom(history: Pick<History, 'get'>, lastSeq: number): Promise<number> {
  const recordedAt = async (seq: number): Promise<number | null> => {
    const found = await history.get(seq);
    return found ? (found.entry.importedAt ?? found.entry.receivedAt) : null;
  };
  const newestAt = await recordedAt(lastSeq);
  if (newestAt === null) return 1;
  let [low, high] = [1, lastSeq];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (((await recordedAt(middle)) ?? 0) < newestAt - learnedMs) low = middle + 1;
    else high = middle;
  }
  return low;
}
