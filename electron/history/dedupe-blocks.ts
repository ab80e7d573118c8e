import * as z from 'zod/mini';
import type { Folder } from '../storage/folder.ts';
import { openSmallStore, reportTrouble, type SmallStore } from '../storage/small-store.ts';
import { blockName, blocksAmong, lastSeqOf } from './blocks.ts';
import type { Remembered } from './dedupe.ts';

/** The files of the dedupe, one for each block of entries. In memory are the blocks that are changed or not full. */
export type DedupeBlocks = {
  /** The numbers of the blocks that have a file, oldest first. */
  list(): Promise<readonly number[]>;
  /** The saved content of a block; null where none can be used. Damage is reported. */
  read(number: number): { readonly rows: readonly Remembered[]; readonly upTo: number } | null;
  /** Adds the rows of a record, which are not saved yet. */
  add(number: number, rows: readonly Remembered[]): void;
  unsaved(): number[];
  /** Saves a block, of which everything up to a sequence number is remembered. Throws the system's error. */
  save(number: number, upTo: number): void;
  /** Frees the memory of a full block whose rows are saved. */
  evict(number: number, upTo: number): void;
  /** Removes the files that hold nothing from this sequence number on. */
  removeBelow(seq: number): void;
  /** The files belong to another log: they are all to be written anew. */
  clear(): void;
};

type Block = { readonly store: SmallStore<SavedDedupe>; readonly rows: Remembered[] };

export const createDedupeBlocks = (
  folder: Folder,
  report: (trouble: string) => void,
): DedupeBlocks => {
  const blocks = new Map<number, Block>();
  const changed = new Set<number>();
  const withFile = new Set<number>();

  function blockAt(number: number): Block {
    const block = blocks.get(number) ?? { store: storeOf(folder, number), rows: [] };
    blocks.set(number, block);
    return block;
  }

  const evict = (number: number, upTo: number): void => {
    if (upTo >= lastSeqOf(number) && !changed.has(number)) blocks.delete(number);
  };

  return {
    list: async () => {
      for (const number of blocksAmong('dedupe', await folder.list())) withFile.add(number);
      return [...withFile];
    },
    read: (number) => {
      const { store, rows } = blockAt(number);
      const found = savedIn(store, blockName('dedupe', number), report);
      if (found === 'none') return null;
      if (found === 'unusable') withFile.delete(number);
      else rows.push(...found.rows);
      return found === 'unusable' ? null : found;
    },
    add: (number, rows) => {
      blockAt(number).rows.push(...rows);
      changed.add(number);
    },
    unsaved: () => [...changed],
    save: (number, upTo) => {
      const { store, rows } = blockAt(number);
      store.write(savedDedupe(rows, Math.min(upTo, lastSeqOf(number))));
      changed.delete(number);
      withFile.add(number);
      evict(number, upTo);
    },
    evict,
    removeBelow: (seq) => {
      for (const number of withFile) {
        if (lastSeqOf(number) >= seq) continue;
        withFile.delete(number);
        // One that stays is read once more at the next start, and removed then.
        void folder.remove(`${blockName('dedupe', number)}.json`).catch(() => {});
      }
    },
    clear: () => {
      blocks.clear();
      for (const number of withFile) changed.add(number);
    },
  };
};

const storeOf = (folder: Folder, number: number): SmallStore<SavedDedupe> =>
  openSmallStore({
    folder,
    name: blockName('dedupe', number),
    parse: (value) => SavedDedupe.parse(value),
  });

const savedIn = (
  store: SmallStore<SavedDedupe>,
  name: string,
  report: (trouble: string) => void,
): { rows: Remembered[]; upTo: number } | 'none' | 'unusable' => {
  const damage = `${name}.json was damaged and has been rebuilt`;
  const found = store.read();
  if (found.status === 'none') return 'none';
  if (found.status !== 'fine') {
    reportTrouble(found, damage, report);
    return 'unusable';
  }
  const rows = rowsIn(found.value);
  if (rows) return { rows, upTo: found.value.upTo };
  report(damage);
  return 'unusable';
};

/** Columns as texts, with a line for each key: 33,000 keys are read in 15 ms, as a list of objects in 100. */
export const SavedDedupe = z.object({
  /** All that was remembered of a block's records up to this sequence number is in it. */
  upTo: z.int(),
  keys: z.string(),
  versions: z.string(),
  seqs: z.string(),
  receivedAt: z.string(),
  /** Empty where there is no limit. */
  withinMs: z.string(),
});
export type SavedDedupe = z.infer<typeof SavedDedupe>;

export const savedDedupe = (rows: readonly Remembered[], upTo: number): SavedDedupe => {
  const column = (cell: (row: Remembered) => string | number) => rows.map(cell).join('\n');
  return {
    upTo,
    keys: column(([key]) => key),
    versions: column(([, { version }]) => version),
    seqs: column(([, { seq }]) => seq),
    receivedAt: column(([, { receivedAt }]) => receivedAt),
    withinMs: column(([, { withinMs }]) => withinMs ?? ''),
  };
};

/** Null when the columns do not belong together. */
export const rowsIn = (saved: SavedDedupe): Remembered[] | null => {
  if (saved.keys === '') return [];
  const keys = saved.keys.split('\n');
  const versions = saved.versions.split('\n');
  const seqs = saved.seqs.split('\n').map(Number);
  const times = saved.receivedAt.split('\n').map(Number);
  const limits = saved.withinMs.split('\n');
  const fits = [versions, seqs, times, limits].every(({ length }) => length === keys.length);
  if (!fits || ![...seqs, ...times].every(Number.isSafeInteger)) return null;
  return keys.map((key, at) => {
    const limit = limits[at] ?? '';
    return [
      key,
      {
        seq: seqs[at] ?? 0,
        receivedAt: times[at] ?? 0,
        withinMs: limit === '' ? null : Number(limit),
        version: versions[at] ?? '',
      },
    ];
  });
};
