import type { Owner } from '../../shared/event.ts';
import type { TimelineEntry } from '../../shared/timeline.ts';
import type { Archive } from '../history/archive.ts';
import type { Schedule } from '../schedule.ts';
import type { Folder } from '../storage/folder.ts';
import { type EntryReader, openAccountStore, type Unannounced } from './account-store.ts';
import { type AccountChange, type Accounts, createAccounts } from './accounts.ts';
import { createNames, type Names, type OwnName } from './names.ts';
import { openRhythmStore } from './rhythm-store.ts';
import { createRhythms, type Rhythms } from './rhythms.ts';
import { createRuns, type Runs } from './runs.ts';
import { createSourceHealth, type SourceHealth } from './source-health.ts';
import { openSourceHealthStore } from './source-health-store.ts';

export type InsightOptions = {
  /** Receives a sentence about a file that is damaged or cannot be read. */
  readonly report: (trouble: string) => void;
  readonly folders: { readonly settings: Folder; readonly history: Folder };
  readonly archive: Pick<Archive, 'history' | 'quarantine' | 'tally'>;
  readonly schedule: Schedule;
  /** As the settings have them now. */
  readonly ownNames: () => readonly OwnName[];
};

/** The state derived from all deliveries: the health of accounts and of sources, runs, and rhythms. */
export type Insight = {
  readonly accounts: Accounts;
  readonly runs: Runs;
  /** The names that the person gave. */
  readonly names: Names;
  /** The name of a user that a notification may show, see `Names.ofUser`; null without one. */
  readonly userNameOf: (sourceId: string, userId: string) => string | null;
  /** Counts up when an account or a run may have changed. */
  readonly version: () => number;
  /** Applies an entry to accounts, runs and rhythms, and returns its effect on its account. */
  readonly apply: (entry: TimelineEntry) => AccountChange;
  readonly sourceHealth: SourceHealth;
  readonly rhythms: Rhythms;
  /** Applies all deliveries before this start. Idempotent; after a rejection with the system's error, the next call retries. */
  readonly ready: (reader?: EntryReader) => Promise<void>;
  /** Derives accounts and rhythms from the history up to an entry, after an import. */
  readonly rebuild: (lastSeq: number) => Promise<void>;
  readonly save: (unannounced: readonly Unannounced[]) => void;
};

export const openInsight = ({
  folders,
  archive,
  schedule,
  report,
  ownNames,
}: InsightOptions): Insight => {
  const { history, quarantine, tally } = archive;
  const derived = createDerived(ownNames);
  const { accounts, runs, changed } = derived;
  const sourceHealth = createSourceHealth({
    onConditionChange: () => sourceHealthStore.saveSoon(),
    onCleared: () => sourceHealthStore.save(),
  });
  const accountStore = openAccountStore({
    accounts,
    runs,
    folder: folders.history,
    history,
    report,
  });
  const sourceHealthStore = openSourceHealthStore({
    sourceHealth,
    schedule,
    folder: folders.settings,
    history,
    quarantine,
    report,
  });
  const { rhythms } = derived;
  const rhythmStore = openRhythmStore({ rhythms, folder: folders.history, history, report });

  return {
    ...derived,
    sourceHealth,
    ready: async (reader) => {
      await accountStore.ready(reader);
      changed();
      await sourceHealthStore.ready();
      await tally.ready();
      await rhythmStore.ready();
    },
    rebuild: async (lastSeq) => {
      await accountStore.rebuild(lastSeq);
      await rhythmStore.rebuild(lastSeq);
      changed();
    },
    save: (unannounced) => {
      accountStore.save(unannounced);
      sourceHealthStore.save();
      rhythmStore.save();
    },
  };
};

type Derived = Pick<
  Insight,
  'accounts' | 'runs' | 'rhythms' | 'names' | 'userNameOf' | 'version' | 'apply'
> & {
  /** To be called when accounts or runs changed otherwise than by `apply`. */
  readonly changed: () => void;
};

/** Accounts and runs, and what they are called. */
const createDerived = (ownNames: InsightOptions['ownNames']): Derived => {
  const names = createNames(ownNames);
  const accounts = createAccounts({
    ownNameOf: (sourceId, id) => names.of({ of: 'account', sourceId, id }),
  });
  const runs = createRuns();
  const rhythms = createRhythms();
  let version = 0;
  const changed = () => {
    version += 1;
  };
  const owners = ownersOf(accounts);
  return {
    accounts,
    runs,
    rhythms,
    names,
    userNameOf: (sourceId, id) =>
      names.ofUser(sourceId, owners(version).get(ownerKey(sourceId, id)) ?? { id, name: null }),
    version: () => version,
    changed,
    apply: (entry) => {
      changed();
      runs.apply(entry);
      rhythms.apply(entry);
      return accounts.apply(entry);
    },
  };
};

const ownerKey = (sourceId: string, id: string): string => JSON.stringify([sourceId, id]);

/** The owners that accounts have, by key. Looked up once for each version: a source may have thousands of accounts and many stuck runs. */
const ownersOf = (accounts: Accounts) => {
  let known: { readonly version: number; readonly byKey: ReadonlyMap<string, Owner> } | null = null;
  return (version: number): ReadonlyMap<string, Owner> => {
    if (known?.version === version) return known.byKey;
    const byKey = new Map<string, Owner>();
    for (const { sourceId, owner } of accounts.list()) {
      if (!owner) continue;
      const key = ownerKey(sourceId, owner.id);
      if (!byKey.get(key)?.name) byKey.set(key, owner);
    }
    known = { version, byKey };
    return byKey;
  };
};
