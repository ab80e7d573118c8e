import { onceDone } from '../once.ts';
import type { Folder } from './folder.ts';
import type { History } from './history.ts';
import type { HistoryRecord } from './record.ts';
import { openSmallStore, type Telling, tellFound } from './small-store.ts';
import { createTally, SavedTally, type Unsigned } from './tally.ts';

export type KeptTallyOptions = Telling & {
  readonly folder: Folder;
  readonly history: Pick<History, 'readOnly' | 'lastSeq' | 'since'>;
};

export type KeptTally = {
  /** Counts what came before this start. Idempotent; where it rejects with the system's error, another call is another try. */
  restored(): Promise<void>;
  /** An entry is on disk. */
  add(record: HistoryRecord): void;
  unsignedOf(sourceId: string): Unsigned;
  /** How many entries are tests. */
  readonly tests: number;
  /** Entries up to this number were forgotten. */
  forget(upTo: number): void;
  save(): void;
};

/** The file of the tally. What comes meanwhile is counted at once; what came before this start, once `restored` has settled. */
export const openKeptTally = ({ folder, history, ...telling }: KeptTallyOptions): KeptTally => {
  const tally = createTally();
  const store = openSmallStore({
    ...{ folder, name: 'tally', readOnly: history.readOnly },
    parse: (value: unknown) => SavedTally.parse(value),
  });
  const atStart = history.lastSeq;
  let isRestored = false;

  const add = (record: HistoryRecord): void => tally.add(record, () => bytesOf(record));

  async function restore(): Promise<void> {
    const found = store.read();
    tellFound(found, 'tally.json was damaged and has been rebuilt', telling);
    const saved = found.status === 'fine' && found.value.upTo <= atStart ? found.value : null;
    if (saved) tally.load(saved);
    for await (const { record } of history.since((saved?.upTo ?? 0) + 1)) {
      if (record.seq > atStart) break;
      add(record);
    }
    isRestored = true;
  }

  function save(): void {
    if (!isRestored) return;
    try {
      store.write(tally.save());
    } catch {
      // The next start counts from where the saved tally ends.
    }
  }

  return {
    restored: onceDone(restore),
    add,
    unsignedOf: tally.unsignedOf,
    get tests() {
      return tally.tests;
    },
    forget: (upTo) => {
      tally.forget(upTo + 1);
      save();
    },
    save,
  };
};

/** What a record or draft takes up in the journal, in bytes. */
export const bytesOf = (record: object): number => Buffer.byteLength(JSON.stringify(record));
