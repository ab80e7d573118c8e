import * as z from 'zod/mini';
import type { Folder } from '../storage/folder.ts';
import { openSmallStore, reportTrouble, type SmallStore } from '../storage/small-store.ts';
import { blockName, blockOf, blockOfFile } from './blocks.ts';
import { createDecisions, DecidedList, type Decisions } from './decisions.ts';

export const Mark = z.object({ repeats: z.int(), notes: z.array(z.string()) });
export type Mark = z.infer<typeof Mark>;

const SavedBlock = z.object({ marks: z.record(z.string(), Mark), decisions: DecidedList });
type SavedBlock = {
  readonly marks: Readonly<Record<string, Mark>>;
  readonly decisions: DecidedList;
};

/** The marks of 2,048 entries, by sequence number. */
export type MarkBlock = {
  readonly marks: Map<number, Mark>;
  readonly decisions: Decisions;
};
type OpenBlock = MarkBlock & { readonly store: SmallStore<SavedBlock> };

/** So many unchanged blocks stay in memory: most reads are of the newest entries. */
const mostUnchanged = 8;

/** The files of marks, one for each block of entries. Only changed and recently used blocks are in memory. */
export type MarkBlocks = {
  /** The block of an entry, read where it is not in memory. Whoever changes it calls `changed`. */
  of(seq: number): MarkBlock;
  changed(seq: number): void;
  readonly unsaved: Iterable<number>;
  /** Throws the system's error; the changes stay unsaved then. Idempotent. */
  save(number: number): void;
  /** Removes the blocks before this one. Never rejects; a file that stays is tried again by the next call. */
  removeBefore(number: number): Promise<void>;
};

export const createMarkBlocks = (folder: Folder, report: (trouble: string) => void): MarkBlocks => {
  // The least recently used one is first.
  const blocks = new Map<number, OpenBlock>();
  const unsaved = new Set<number>();
  const reported = new Set<string>();
  /** All files of blocks before it are removed. */
  let firstBlock = 0;

  /** A file that cannot be read is read again after it was evicted. */
  const reportOnce = (trouble: string): void => {
    if (reported.has(trouble)) return;
    reported.add(trouble);
    report(trouble);
  };

  function blockAt(number: number): OpenBlock {
    const block = blocks.get(number) ?? openBlock(folder, number, reportOnce);
    blocks.delete(number);
    blocks.set(number, block);
    if (blocks.size > unsaved.size + mostUnchanged) evictOldest();
    return block;
  }

  function evictOldest(): void {
    for (const number of blocks.keys()) {
      if (unsaved.has(number)) continue;
      blocks.delete(number);
      return;
    }
  }

  return {
    of: (seq) => blockAt(blockOf(seq)),
    changed: (seq) => {
      unsaved.add(blockOf(seq));
    },
    unsaved,
    save: (number) => {
      if (!unsaved.has(number)) return;
      const { store, marks, decisions } = blockAt(number);
      store.write({ marks: Object.fromEntries(marks), decisions: decisions.list() });
      unsaved.delete(number);
    },
    removeBefore: async (least) => {
      for (const numbers of [blocks, unsaved])
        for (const number of numbers.keys()) if (number < least) numbers.delete(number);
      if (firstBlock >= least) return;
      await removeFilesBefore(folder, least).then(
        () => {
          firstBlock = least;
        },
        () => {},
      );
    },
  };
};

const openBlock = (
  folder: Folder,
  number: number,
  report: (trouble: string) => void,
): OpenBlock => {
  const name = blockName('marks', number);
  const store: OpenBlock['store'] = openSmallStore({
    folder,
    name,
    parse: (value) => SavedBlock.parse(value),
  });
  const found = store.read();
  reportTrouble(found, `${name}.json was damaged: some read marks are lost`, report);
  const saved = found.status === 'fine' ? found.value : { marks: {}, decisions: [] };
  const marks = Object.entries(saved.marks).map(([seq, mark]) => [Number(seq), mark] as const);
  return { store, marks: new Map(marks), decisions: createDecisions(saved.decisions) };
};

async function removeFilesBefore(folder: Folder, least: number): Promise<void> {
  const files = await folder.list();
  const old = files.filter((file) => (blockOfFile('marks', file) ?? least) < least);
  // Else a power cut may bring back the entries without their marks.
  if (old.length > 0) await folder.sync();
  await Promise.all(old.map(folder.remove));
}
