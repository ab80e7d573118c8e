import * as z from 'zod/mini';
import type { TimelineEntry } from '../../shared/timeline.ts';
import type { History } from '../history/history.ts';
import type { Folder } from '../storage/folder.ts';
import { openSmallStore, reportTrouble } from '../storage/small-store.ts';
import { type AccountChange, type Accounts, AnnouncedChange, SavedAccounts } from './accounts.ts';
import { type Runs, SavedRuns } from './runs.ts';

/** An entry whose notification was not shown yet, and its effect on its account. */
export const Unannounced = z.object({ seq: z.int(), change: AnnouncedChange });
export type Unannounced = z.infer<typeof Unannounced>;

/** Receives the entries that were not applied, or not announced, before this start. */
export type EntryReader = {
  /** Called for each of them, in order. After a failed read, the next attempt repeats them. */
  readonly read: (entry: TimelineEntry, change: AccountChange) => void;
  readonly done: () => void;
};

/** Of what is read of an event and how it is derived. A version that changes either counts it up, and derives all anew once. */
const derivation = 2;

const pending = {
  upTo: z.int(),
  /** The unannounced entries, under the file's name for them. Absent in older files. */
  untold: z.optional(z.array(Unannounced)),
};

const Saved = z.extend(SavedAccounts, {
  ...pending,
  derivation: z.literal(derivation),
  runs: SavedRuns,
});
type Saved = z.infer<typeof Saved>;

/** A file of another version: only what is still to be announced counts. */
const SavedDifferently = z.object({
  ...pending,
  derivation: z.optional(z.int().check(z.refine((version) => version !== derivation))),
  accounts: z.array(z.unknown()),
});
type SavedDifferently = z.infer<typeof SavedDifferently>;

/** This many of the newest entries are read again, because the occurrences of entries are not saved. */
const recalled = 1000;

export type AccountStoreOptions = {
  readonly accounts: Accounts;
  readonly runs: Runs;
  readonly folder: Folder;
  readonly history: Pick<History, 'lastSeq' | 'since' | 'get'>;
  /** Receives a sentence about a file that is damaged or cannot be read. */
  readonly report: (trouble: string) => void;
};

/** Saves the accounts and runs. Without a valid file they are derived from the whole history. */
export type AccountStore = {
  /**
   * Applies the entries up to this start; later ones may be applied afterwards. Idempotent; after a rejection with the system's error, the
   * next call retries.
   */
  readonly ready: (reader?: EntryReader) => Promise<void>;
  /** Derives the accounts from the history up to an entry, after an import. */
  readonly rebuild: (lastSeq: number) => Promise<void>;
  /** Saves the accounts, and the applied entries that were not announced. */
  readonly save: (unannounced?: readonly Unannounced[]) => void;
};

export const openAccountStore = ({
  accounts,
  runs,
  folder,
  history,
  report,
}: AccountStoreOptions): AccountStore => {
  const file = openAccountsFile({ folder, report });
  // Later entries are applied when they are announced: an entry that was applied before would not notify.
  const atStart = history.lastSeq;
  let loading: Promise<void> | null = null;
  let isReady = false;

  async function load(reader: EntryReader): Promise<void> {
    const saved = file.read();
    const isOurs = saved !== null && 'runs' in saved && saved.upTo <= atStart;
    if (isOurs) {
      accounts.load(saved, atStart);
      runs.load(saved.runs);
    }
    const known = saved && saved.upTo <= atStart ? saved : nothingSaved;
    const applying = { accounts, runs, history, onRead: reader.read, announcedUpTo: known.upTo };
    await readUnannounced(known, applying);
    await applyUpTo(atStart, applying);
    reader.done();
    isReady = true;
  }

  async function derive(lastSeq: number): Promise<void> {
    await applyUpTo(lastSeq, { accounts, runs, history });
    isReady = true;
  }

  function retryable(attempt: Promise<void>): Promise<void> {
    return attempt.catch((error) => {
      loading = null;
      throw error;
    });
  }

  return {
    ready: (reader = noReader) => {
      loading ??= retryable(load(reader));
      return loading;
    },
    rebuild: async (lastSeq) => {
      await loading;
      isReady = false;
      accounts.clear();
      runs.clear();
      loading = retryable(derive(lastSeq));
      await loading;
    },
    save: (unannounced = []) => {
      if (isReady)
        file.write({ ...accounts.save(), derivation, runs: runs.save(), untold: [...unannounced] });
    },
  };
};

const nothingSaved = { upTo: 0, untold: [] };

const noReader: EntryReader = { read: () => {}, done: () => {} };

const openAccountsFile = ({ folder, report }: Pick<AccountStoreOptions, 'folder' | 'report'>) => {
  const store = openSmallStore({
    folder,
    name: 'accounts',
    parse: (value: unknown) => z.union([Saved, SavedDifferently]).parse(value),
  });
  return {
    /** Null without a valid file. */
    read: (): Saved | SavedDifferently | null => {
      const found = store.read();
      reportTrouble(found, 'accounts.json was damaged and has been rebuilt', report);
      return found.status === 'fine' ? found.value : null;
    },
    write: (content: Saved): void => {
      try {
        store.write(content);
      } catch {
        // The next start applies the entries that the file lacks.
      }
    },
  };
};

type ReadOptions = Pick<AccountStoreOptions, 'accounts' | 'runs' | 'history'> & {
  readonly onRead?: EntryReader['read'];
  /** What becomes of the entries up to this one is known. */
  readonly announcedUpTo?: number;
};

/** Reads the saved unannounced entries. One that the saved state lacks is among the entries to apply. */
async function readUnannounced(
  { upTo, untold = [] }: Pick<Saved, 'upTo' | 'untold'>,
  { history, onRead }: ReadOptions,
): Promise<void> {
  for (const { seq, change } of untold) {
    const unannounced = seq <= upTo ? await history.get(seq) : null;
    if (unannounced) onRead?.(unannounced.entry, change);
  }
}

/** Applies the entries up to one, the newest ones again for their occurrences. */
async function applyUpTo(
  lastSeq: number,
  { accounts, runs, history, onRead, announcedUpTo = 0 }: ReadOptions,
): Promise<void> {
  const known = accounts.upTo;
  const from = Math.max(1, Math.min(known, lastSeq - recalled) + 1);
  for await (const stored of history.since(from)) {
    if (stored.entry.seq > lastSeq) break;
    // Of those that were applied before, the occurrence alone counts, which every version has read.
    const entry = stored.entry.seq > known ? stored.readAgain() : stored.entry;
    runs.apply(entry);
    const change = accounts.apply(entry);
    if (entry.seq > Math.max(known, announcedUpTo)) onRead?.(entry, change);
  }
}
