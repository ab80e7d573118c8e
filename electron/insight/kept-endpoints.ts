import { onlyHeader } from '../delivery.ts';
import type { Folder } from '../history/folder.ts';
import type { Kept } from '../history/found.ts';
import type { History } from '../history/history.ts';
import type { Quarantine } from '../history/quarantine.ts';
import { openSmallStore, type Telling, tellFound } from '../history/small-store.ts';
import type { Later } from '../later.ts';
import { onceDone } from '../once.ts';
import { type EndpointWatch, type Reached, SavedEndpoints } from './endpoints.ts';

/** A stranger may open and close a condition many times a second. */
const saveMs = 1000;

export type KeptEndpointOptions = Telling & {
  readonly watch: EndpointWatch;
  readonly later: Later;
  readonly folder: Folder;
  readonly history: Pick<History, 'lastSeq' | 'since'>;
  readonly quarantine: Pick<Quarantine, 'lastSeq' | 'loaded' | 'heldSince'>;
};

/**
 * The file of what reached the endpoints. It is written when a condition opens or closes, and now and then; what came after it is
 * taken from the history and the quarantine at the next start, so that a crash forgets no condition. Nothing may be noted before
 * `restored` has settled.
 */
export const openKeptEndpoints = ({
  watch,
  later,
  folder,
  history,
  quarantine,
  ...telling
}: KeptEndpointOptions) => {
  const store = openSmallStore({
    ...{ folder, name: 'endpoints', parse: (value: unknown) => SavedEndpoints.parse(value) },
  });
  const atStart = { entries: history.lastSeq, rejected: quarantine.lastSeq };
  let isRestored = false;

  /** Where the history or the quarantine was begun anew, all that is in it has been counted. */
  const bounded = (saved: SavedEndpoints): SavedEndpoints => ({
    ...saved,
    entriesUpTo: Math.min(saved.entriesUpTo, atStart.entries),
    rejectedUpTo: Math.min(saved.rejectedUpTo, atStart.rejected),
  });

  async function restore(): Promise<void> {
    const found = store.read();
    tellFound(
      found,
      'endpoints.json was damaged: what reached the sources is counted anew',
      telling,
    );
    const saved = 'value' in found && found.value ? bounded(found.value) : null;
    const reached: Reached[] = [];
    await quarantine.loaded();
    for (const held of quarantine.heldSince(saved?.rejectedUpTo ?? 0))
      if (held.number <= atStart.rejected)
        reached.push({ ...held, at: held.receivedAt, outcome: 'rejected' });
    for await (const kept of history.since((saved?.entriesUpTo ?? 0) + 1)) {
      if (kept.entry.seq > atStart.entries) break;
      // What was admitted late, or imported, says nothing of how things are.
      if (!kept.entry.cameAfter && !kept.entry.importedAt) reached.push(reachedBy(kept));
    }
    if (saved) watch.load(saved);
    for (const one of reached.sort((a, b) => a.at - b.at)) watch.note(one);
    isRestored = true;
  }

  function save(): void {
    if (!isRestored) return;
    try {
      store.write(watch.save());
    } catch {
      // The next start goes on from where the saved file ends.
    }
  }

  let isSaving = false;

  return {
    /** Idempotent; where it rejects with the system's error, another call is another try. */
    restored: onceDone(restore),
    save,
    /** Saves within a second. */
    saveSoon: (): void => {
      if (isSaving) return;
      isSaving = true;
      later(saveMs, () => {
        isSaving = false;
        save();
      });
    },
  };
};

const reachedBy = ({ entry, record }: Kept): Reached => ({
  ...{ outcome: 'accepted', sourceId: entry.sourceId, at: entry.receivedAt, seq: entry.seq },
  simulated: entry.simulated,
  provenHost: entry.proof.status === 'verified' ? (onlyHeader(record, 'host') ?? null) : null,
});
