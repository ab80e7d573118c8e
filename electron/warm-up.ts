import { runOnce } from './once.ts';
import type { StoredSource } from './setup/settings.ts';
import type { OnWriteResult } from './storage/write-result.ts';

export type WarmUpOptions = {
  readonly vault: { readonly opened: () => Promise<void> };
  readonly gaps: { readonly beat: () => void };
  readonly recent: { readonly load: () => Promise<void> };
  readonly insight: {
    readonly ready: () => Promise<void>;
    readonly rebuild: (lastSeq: number) => Promise<void>;
  };
  readonly sources: { readonly list: () => readonly StoredSource[] };
  /** Looks at the quarantine of a source again; rejects when the disk refuses. */
  readonly recheck: (source: StoredSource) => Promise<void>;
  readonly onWriteResult: OnWriteResult;
  /** A quarantine was looked at again. */
  readonly onRechecked: () => void;
  /** Entries were read from a file, and all that is derived from them is known again. */
  readonly onImported: () => void;
  readonly onChange: () => void;
};

export type WarmUp = {
  /** Reads all that no sender waits for. Idempotent; where it rejects with the system's error, the next call tries again. */
  readonly ready: () => Promise<void>;
  /** Whether the newest entries and the accounts are known. */
  readonly isReady: boolean;
  /** The same, and they are not being derived again. */
  readonly isSettled: boolean;
  /** Looks at the quarantine of a source again. Never rejects: what the disk refuses is reported. */
  readonly recheck: (source: StoredSource) => Promise<void>;
  /** To be called after an import: entries up to this sequence number may have come from a file. */
  readonly onImported: (lastSeq: number) => Promise<void>;
};

/** Derives what a person is shown from what is on disk: at the start, after an import, and when a source was changed. */
export const createWarmUp = (options: WarmUpOptions): WarmUp => {
  const { vault, gaps, recent, insight, sources, onChange } = options;
  let isReady = false;
  let rebuilding = 0;

  async function load(): Promise<void> {
    gaps.beat();
    await recent.load();
    await insight.ready();
    isReady = true;
    onChange();
    await vault.opened();
    // A provisioning file may have brought the right secret.
    for (const source of sources.list()) await recheck(source);
    onChange();
  }

  async function recheck(source: StoredSource): Promise<void> {
    try {
      await options.recheck(source);
    } catch (error) {
      options.onWriteResult('quarantine', error);
    }
    options.onRechecked();
  }

  return {
    ready: runOnce(load),
    get isReady() {
      return isReady;
    },
    get isSettled() {
      return isReady && rebuilding === 0;
    },
    recheck,
    onImported: async (lastSeq) => {
      await recent.load();
      rebuilding += 1;
      try {
        await insight.rebuild(lastSeq);
      } finally {
        rebuilding -= 1;
      }
      options.onImported();
    },
  };
};
