import { setAside } from '../../storage/set-aside.ts';
import type { Context, LogState } from './log-state.ts';
import { indexFile, journalFile, type SegmentInfo } from './segments.ts';

/** The index is written every so many seals; after a crash the next start reads that many journals. */
const segmentsPerWrite = 4;

/** The index file, and the journals of sealed segments, which are removed once the index lists their segments. */
export type SegmentIndex = {
  /** A segment was sealed; `damaged`: its journal is evidence and is set aside. Throws the system's error. */
  add(number: number, damaged: boolean): void;
  /** Lists every sealed segment, if one is not listed yet. Throws the system's error. */
  flush(): void;
  /** Writes these; false when the system refuses. */
  tryWriting(sealed: readonly SegmentInfo[]): boolean;
  /** Removes the journals of listed segments. One that cannot be removed is tried again: until then the next start would seal it again (H5). */
  removeJournals(): Promise<void>;
  drop(numbers: Iterable<number>): void;
};

export const createSegmentIndex = <R>(
  { folder, at }: Context<R>,
  state: LogState<R>,
): SegmentIndex => {
  const store = folder.store('index');
  const journals = new Map<number, { readonly damaged: boolean }>();
  const unlisted = new Set<number>();

  function write(sealed: readonly SegmentInfo[]): void {
    store.write(indexFile(sealed));
    unlisted.clear();
  }

  /** Only the index knows what a damaged journal lost: it has to be on disk before. */
  const setAsideListed = (file: string): Promise<boolean> =>
    folder.sync().then(
      () => setAside(folder, file),
      () => false,
    );

  const removed = (file: string): Promise<boolean> =>
    folder.remove(file).then(
      () => true,
      () => false,
    );

  return {
    add: (number, damaged) => {
      journals.set(number, { damaged });
      unlisted.add(number);
      if (unlisted.size >= segmentsPerWrite) write(state.sealed);
    },
    flush: () => {
      if (unlisted.size > 0) write(state.sealed);
    },
    tryWriting: (sealed) => {
      try {
        write(sealed);
        return true;
      } catch {
        return false;
      }
    },
    removeJournals: async () => {
      for (const [number, { damaged }] of journals) {
        if (unlisted.has(number)) continue;
        const file = journalFile(number);
        if (!(damaged ? await setAsideListed(file) : await removed(file))) continue;
        journals.delete(number);
        await at('seal:done');
      }
    },
    drop: (numbers) => {
      for (const number of numbers) journals.delete(number);
    },
  };
};
