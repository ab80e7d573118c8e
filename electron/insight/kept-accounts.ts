import * as z from 'zod/mini';
import type { TimelineEntry } from '../../shared/timeline.ts';
import type { Folder } from '../history/folder.ts';
import type { History } from '../history/history.ts';
import { openSmallStore, type Telling, tellFound } from '../history/small-store.ts';
import { Untold } from '../notify/untold.ts';
import { type AccountChange, type Accounts, SavedAccounts } from './accounts.ts';

/** Who announces entries, and is told at the start of those that were not announced before the app ended. */
export type Announcer = {
  /** What waits to be announced. It is saved with the accounts, which have moved past it. */
  readonly untold: () => readonly Untold[];
  /**
   * Given each entry that is newer than the saved accounts or was saved as untold, with what it did to its account. Where the history
   * cannot be read to its end, the next try gives them again.
   */
  readonly read: (entry: TimelineEntry, change: AccountChange) => void;
  /** All of them were given. */
  readonly done: () => void;
};

const Saved = z.extend(SavedAccounts, {
  /** An older Hookbell left it out. */
  untold: z.optional(z.array(Untold)),
});

const recalled = 1000;

export type KeptAccountsOptions = Telling & {
  readonly accounts: Accounts;
  readonly folder: Folder;
  readonly history: Pick<History, 'readOnly' | 'lastSeq' | 'since' | 'get'>;
  readonly announcer?: () => Announcer;
};

/**
 * The file of the accounts. Nothing may be applied to them before `restored` has settled: where the file is lost all of the
 * history is read for it, which nobody who sends a delivery waits for.
 */
export const openKeptAccounts = ({
  accounts,
  folder,
  history,
  announcer,
  ...telling
}: KeptAccountsOptions) => {
  const store = openSmallStore({
    ...{ folder, name: 'accounts', readOnly: history.readOnly },
    parse: (value: unknown) => Saved.parse(value),
  });
  // What comes from now on is applied when it is announced: a change that was applied before would not be told.
  const atStart = history.lastSeq;
  let restoring: Promise<void> | null = null;
  let isRestored = false;

  async function restore(): Promise<void> {
    const found = store.read();
    tellFound(found, 'accounts.json was damaged and has been rebuilt', telling);
    if (found.status === 'fine') {
      accounts.load(found.value, atStart);
      for (const { seq, change } of found.value.untold ?? []) {
        const untold = seq <= accounts.upTo ? await history.get(seq) : null;
        if (untold) announcer?.().read(untold.entry, change);
      }
    }
    await applyUpTo(atStart, announcer?.().read);
    announcer?.().done();
    isRestored = true;
  }

  /** The newest entries are read again although they were saved: what they report is not saved, and may be reported once more. */
  async function applyUpTo(lastSeq: number, onApplied?: Announcer['read']): Promise<void> {
    const known = accounts.upTo;
    const from = Math.max(1, Math.min(known, lastSeq - recalled) + 1);
    for await (const { entry } of history.since(from)) {
      if (entry.seq > lastSeq) break;
      const change = accounts.apply(entry);
      if (entry.seq > known) onApplied?.(entry, change);
    }
  }

  async function remake(lastSeq: number): Promise<void> {
    await applyUpTo(lastSeq);
    isRestored = true;
  }

  /** Where the history cannot be read now, whoever asks next tries it again. */
  function orAgain(attempt: Promise<void>): Promise<void> {
    return attempt.catch((error) => {
      restoring = null;
      throw error;
    });
  }

  return {
    /** Brings the accounts to where the history is, from what was saved of them and what came since. Again is the same as once; where it rejects with the system's error, again is another try. */
    restored: (): Promise<void> => {
      restoring ??= orAgain(restore());
      return restoring;
    },
    /** Makes them anew from the history up to an entry: those before it did not come as deliveries do. */
    rebuild: async (lastSeq: number): Promise<void> => {
      await restoring;
      isRestored = false;
      accounts.clear();
      restoring = orAgain(remake(lastSeq));
      await restoring;
    },
    save: (): void => {
      if (!isRestored) return;
      try {
        store.write({ ...accounts.save(), untold: [...(announcer?.().untold() ?? [])] });
      } catch {
        // The next start makes them anew from where the saved ones end.
      }
    },
  };
};
