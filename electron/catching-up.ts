import type { Tried } from './history/log-state.ts';
import { onceDone } from './once.ts';
import type { StoredSource } from './setup/settings.ts';

export type CatchingUpOptions = {
  readonly vault: { readonly opened: () => Promise<void> };
  readonly gaps: { readonly beat: () => void };
  readonly history: { readonly lookedOver: () => Promise<void> };
  readonly recent: { readonly restore: () => Promise<void> };
  readonly insight: {
    readonly restored: () => Promise<void>;
    readonly rebuild: (lastSeq: number) => Promise<void>;
  };
  readonly sources: { readonly list: () => readonly StoredSource[] };
  /** Looks at the quarantine of a source again; rejects when the disk refuses. */
  readonly recheck: (source: StoredSource) => Promise<void>;
  readonly tried: Tried;
  readonly push: (push: { what: 'imported' } | { what: 'quarantined' }) => void;
  readonly changed: () => void;
};

/** What a person is shown catches up with what is kept: at the start, after an import, and when a source was changed. */
export const createCatchingUp = (options: CatchingUpOptions) => {
  const { vault, gaps, history, recent, insight, sources, push, changed } = options;
  let isRestored = false;

  async function restore(): Promise<void> {
    gaps.beat();
    await history.lookedOver();
    await recent.restore();
    await insight.restored();
    isRestored = true;
    changed();
    await vault.opened();
    // A provisioning file may have brought the right secret.
    for (const source of sources.list()) await recheck(source);
    changed();
  }

  async function recheck(source: StoredSource): Promise<void> {
    try {
      await options.recheck(source);
    } catch (error) {
      options.tried('quarantine', error);
    }
    push({ what: 'quarantined' });
    changed();
  }

  return {
    /** All that nobody who sends a delivery waits for. Again is the same as once; where it rejects, another try. */
    restored: onceDone(restore),
    /** Whether the newest entries and the accounts are known; the state is pushed when they are. */
    get isRestored() {
      return isRestored;
    },
    recheck,
    /** Entries up to this one may have come from a file. */
    onImported: async (lastSeq: number): Promise<void> => {
      await recent.restore();
      await insight.rebuild(lastSeq);
      push({ what: 'imported' });
      changed();
    },
  };
};
