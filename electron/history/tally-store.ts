import { runOnce } from '../once.ts';
import type { Folder } from '../storage/folder.ts';
import { openSmallStore, reportTrouble } from '../storage/small-store.ts';
import type { History } from './history.ts';
import type { HistoryRecord } from './record.ts';
import { createTally, SavedTally, type Unsigned } from './tally.ts';

export type TallyStoreOptions = {
  readonly report: (trouble: string) => void;
  readonly folder: Folder;
  readonly history: Pick<History, 'lastSeq' | 'since'>;
};

export type TallyStore = {
  /** Counts what came before this start. Idempotent; where it rejects with the system's error, another call is another try. */
  ready(): Promise<void>;
  add(record: HistoryRecord): void;
  unsignedOf(sourceId: string): Unsigned;
  readonly tests: number;
  /** Entries up to this number were removed. */
  removeUpTo(upTo: number): void;
  save(): void;
};

/** The file of the tally. New entries are counted at once, earlier ones once `ready` has settled. */
export const openTallyStore = ({ folder, history, report }: TallyStoreOptions): TallyStore => {
  const tally = createTally();
  const store = openSmallStore({
    folder,
    name: 'tally',
    parse: (value: unknown) => SavedTally.parse(value),
  });
  const atStart = history.lastSeq;
  let isReady = false;

  const add = (record: HistoryRecord): void => tally.add(record, () => recordedBytes(record));

  async function load(): Promise<void> {
    const found = store.read();
    reportTrouble(found, 'tally.json was damaged and has been rebuilt', report);
    const saved = found.status === 'fine' && found.value.upTo <= atStart ? found.value : null;
    if (saved) tally.load(saved);
    for await (const { record } of history.since((saved?.upTo ?? 0) + 1)) {
      if (record.seq > atStart) break;
      add(record);
    }
    isReady = true;
  }

  function save(): void {
    if (!isReady) return;
    try {
      store.write(tally.save());
    } catch {
      // The next start counts from where the saved tally ends.
    }
  }

  return {
    ready: runOnce(load),
    add,
    unsignedOf: tally.unsignedOf,
    get tests() {
      return tally.tests;
    },
    removeUpTo: (upTo) => {
      tally.removeBelow(upTo + 1);
      save();
    },
    save,
  };
};

/** The size of a record or draft in the journal, in bytes. */
export const recordedBytes = (record: object): number => Buffer.byteLength(JSON.stringify(record));
