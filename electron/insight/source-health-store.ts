import { onlyHeader } from '../delivery.ts';
import type { History } from '../history/history.ts';
import type { Quarantine } from '../history/quarantine.ts';
import type { StoredEntry } from '../history/record.ts';
import { runOnce } from '../once.ts';
import type { Schedule } from '../schedule.ts';
import type { Folder } from '../storage/folder.ts';
import { openSmallStore, reportTrouble } from '../storage/small-store.ts';
import { type DeliveryOutcome, SavedSourceHealth, type SourceHealth } from './source-health.ts';

/** An attacker may open and close a condition many times a second. */
const saveMs = 1000;

export type SourceHealthStoreOptions = {
  /** Receives a sentence about a file that is damaged or cannot be read. */
  readonly report: (trouble: string) => void;
  readonly sourceHealth: SourceHealth;
  readonly schedule: Schedule;
  readonly folder: Folder;
  readonly history: Pick<History, 'lastSeq' | 'since'>;
  readonly quarantine: Pick<Quarantine, 'lastSeq' | 'loaded' | 'heldSince'>;
};

/**
 * Saves the health of sources when a condition changes and from time to time. The next start reads later deliveries from history and
 * quarantine, so a crash loses no condition.
 */
export type SourceHealthStore = {
  /** Loads the health; deliveries may be applied afterwards. Idempotent; after a rejection with the system's error, the next call retries. */
  readonly ready: () => Promise<void>;
  readonly save: () => void;
  /** Saves within a second. */
  readonly saveSoon: () => void;
};

export const openSourceHealthStore = ({
  sourceHealth,
  schedule,
  folder,
  history,
  quarantine,
  report,
}: SourceHealthStoreOptions): SourceHealthStore => {
  const store = openSmallStore({
    folder,
    // The file's name in every version.
    name: 'endpoints',
    parse: (value: unknown) => SavedSourceHealth.parse(value),
  });
  const upTo = { entries: history.lastSeq, rejected: quarantine.lastSeq };
  let isReady = false;
  let isSaving = false;

  async function load(): Promise<void> {
    const found = store.read();
    const damage = 'endpoints.json was damaged: what reached the sources is counted anew';
    reportTrouble(found, damage, report);
    const saved = found.status === 'fine' ? bounded(found.value, upTo) : null;
    const since = { entries: saved?.entriesUpTo ?? 0, rejected: saved?.rejectedUpTo ?? 0 };
    const outcomes = await outcomesSince(saved?.countsDays ? since : nothing, upTo, {
      history,
      quarantine,
    });
    if (saved) sourceHealth.load(saved);
    for (const one of outcomes) {
      if (isUpTo(since, one)) sourceHealth.countDay(one);
      else sourceHealth.apply(one);
    }
    isReady = true;
  }

  function save(): void {
    if (!isReady) return;
    try {
      store.write(sourceHealth.save());
    } catch {
      // The next start reads what the file lacks.
    }
  }

  return {
    ready: runOnce(load),
    save,
    saveSoon: () => {
      if (isSaving) return;
      isSaving = true;
      schedule(saveMs, () => {
        isSaving = false;
        save();
      });
    },
  };
};

type Numbers = { readonly entries: number; readonly rejected: number };
const nothing: Numbers = { entries: 0, rejected: 0 };

const isUpTo = ({ entries, rejected }: Numbers, one: DeliveryOutcome): boolean =>
  one.outcome === 'accepted' ? (one.seq ?? 0) <= entries : (one.number ?? 0) <= rejected;

/** A new history or quarantine is shorter than the saved numbers. */
const bounded = (saved: SavedSourceHealth, upTo: Numbers): SavedSourceHealth => ({
  ...saved,
  entriesUpTo: Math.min(saved.entriesUpTo, upTo.entries),
  rejectedUpTo: Math.min(saved.rejectedUpTo, upTo.rejected),
});

/** The deliveries between two states, oldest first. */
async function outcomesSince(
  since: Numbers,
  upTo: Numbers,
  { history, quarantine }: Pick<SourceHealthStoreOptions, 'history' | 'quarantine'>,
): Promise<DeliveryOutcome[]> {
  const outcomes: DeliveryOutcome[] = [];
  await quarantine.loaded();
  for (const held of quarantine.heldSince(since.rejected))
    if (held.number <= upTo.rejected)
      outcomes.push({ ...held, at: held.receivedAt, outcome: 'rejected' });
  for await (const found of history.since(since.entries + 1)) {
    if (found.entry.seq > upTo.entries) break;
    // An entry that was admitted later or imported says nothing about the current health.
    if (!found.entry.cameAfter && !found.entry.importedAt) outcomes.push(acceptedOutcome(found));
  }
  return outcomes.sort((a, b) => a.at - b.at);
}

const acceptedOutcome = ({ entry, record }: StoredEntry): DeliveryOutcome => ({
  outcome: 'accepted',
  sourceId: entry.sourceId,
  at: entry.receivedAt,
  seq: entry.seq,
  simulated: entry.simulated,
  provenHost: entry.proof.status === 'verified' ? (onlyHeader(record, 'host') ?? null) : null,
});
