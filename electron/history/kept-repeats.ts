import { blockName, blockOf, blocksAmong, firstSeqOf, lastSeqOf } from './blocks.ts';
import type { Folder } from './folder.ts';
import type { Log } from './log.ts';
import type { HistoryRecord } from './record.ts';
import { createRepeats, limits, type Remembered } from './repeats.ts';
import { rowsIn, SavedRepeats, savedRepeats } from './saved-repeats.ts';
import { openSmallStore, type SmallStore, type Telling, tellFound } from './small-store.ts';

export type KeptRepeatsOptions = Telling & {
  readonly folder: Folder;
  readonly log: Pick<
    Log<HistoryRecord>,
    'readOnly' | 'firstSeq' | 'lastSeq' | 'segments' | 'oldestFirst'
  >;
  /** Epoch ms. */
  readonly now: () => number;
};

/** What is remembered of the records of a block that is not saved, or not full. */
type Block = { readonly store: SmallStore<SavedRepeats>; readonly rows: Remembered[] };

/**
 * The memory of repeats and its files, one for each block of entries: a full one is written once and never again. To read them
 * takes longer than everything else at a start, and nothing needs them before the first delivery: nobody may ask the memory
 * before `restored` has settled.
 */
export const openKeptRepeats = ({ folder, log, now, ...telling }: KeptRepeatsOptions) => {
  const memory = createRepeats();
  const blocks = new Map<number, Block>();
  const changed = new Set<number>();
  /** The blocks that have a file of ours. */
  const saved = new Set<number>();
  let restoring: Promise<void> | null = null;
  let isRestored = false;

  async function restore(): Promise<void> {
    for (const number of blocksAmong('dedupe', await folder.list())) saved.add(number);
    for (const number of wanted()) await restoreBlock(number);
    if (memory.upTo > log.lastSeq) await restoreWithoutFiles();
    isRestored = true;
  }

  /** The saved blocks, and those whose records would be remembered: a file that is missing is made anew. */
  function wanted(): number[] {
    const numbers = new Set(saved);
    for (let number = blockOf(firstWanted()); number <= blockOf(log.lastSeq); number += 1)
      numbers.add(number);
    return [...numbers].sort((one, other) => one - other);
  }

  function firstWanted(): number {
    const { segments, firstSeq, lastSeq } = log;
    const isYoung = (at: number) => now() - at < limits.youngMs;
    const young = segments.find(({ damaged, lastAt }) => !damaged && isYoung(lastAt));
    const firstYoung = Math.max(young?.firstSeq ?? lastSeq + 1, lastSeq - limits.mostKeys);
    return Math.max(firstSeq, Math.min(firstYoung, lastSeq - limits.leastKeys));
  }

  async function restoreBlock(number: number): Promise<void> {
    const block = blockAt(number);
    const found = block.store.read();
    const rows = found.status === 'fine' ? rowsIn(found.value) : null;
    if (found.status === 'fine' && rows) {
      memory.resume(rows, found.value.upTo);
      block.rows.push(...rows);
    } else if (found.status !== 'none') {
      saved.delete(number);
      const damage = `${blockName('dedupe', number)}.json was damaged and has been rebuilt`;
      if (found.status === 'fine') telling.report(damage);
      else tellFound(found, damage, telling);
    }
    await applyUpTo(Math.min(lastSeqOf(number), log.lastSeq), firstSeqOf(number));
    letGo(number);
  }

  /** The files speak of what the log does not know: they belong to another one. */
  async function restoreWithoutFiles(): Promise<void> {
    memory.clear();
    blocks.clear();
    await applyUpTo(log.lastSeq);
    for (const number of saved) changed.add(number);
  }

  async function applyUpTo(last: number, first = 1): Promise<void> {
    if (memory.upTo >= last) return;
    for await (const record of log.oldestFirst(Math.max(memory.upTo + 1, first))) {
      if (record.seq > last) break;
      apply(record);
    }
  }

  function apply(record: HistoryRecord): void {
    const number = blockOf(record.seq);
    blockAt(number).rows.push(...memory.apply(record));
    changed.add(number);
  }

  function blockAt(number: number): Block {
    const known = blocks.get(number);
    if (known) return known;
    const store = openSmallStore({
      ...{ folder, name: blockName('dedupe', number), readOnly: log.readOnly },
      parse: (value: unknown) => SavedRepeats.parse(value),
    });
    const block = { store, rows: [] };
    blocks.set(number, block);
    return block;
  }

  function save(numbers: Iterable<number>): void {
    if (!isRestored || log.readOnly) return;
    const errors: unknown[] = [];
    for (const number of numbers) {
      try {
        saveBlock(number);
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw errors[0];
    removeForgotten();
  }

  function saveBlock(number: number): void {
    const { store, rows } = blockAt(number);
    store.write(savedRepeats(rows, Math.min(memory.upTo, lastSeqOf(number))));
    changed.delete(number);
    saved.add(number);
    letGo(number);
  }

  const isFull = (number: number): boolean => memory.upTo >= lastSeqOf(number);

  function letGo(number: number): void {
    if (isFull(number) && !changed.has(number)) blocks.delete(number);
  }

  function removeForgotten(): void {
    const from = Math.min(memory.from, firstWanted());
    for (const number of saved) {
      if (lastSeqOf(number) >= from) continue;
      saved.delete(number);
      // One that stays is read once more at the next start, and goes then.
      void folder.remove(`${blockName('dedupe', number)}.json`).catch(() => {});
    }
  }

  return {
    recognize: memory.recognize,
    apply,
    /**
     * Reads it, and what was kept since it was saved. Again is the same as once; where it rejects with the system's error, again
     * is another try.
     */
    restored: (): Promise<void> => {
      restoring ??= restore().catch((error) => {
        restoring = null;
        throw error;
      });
      return restoring;
    },
    /** Throws the system's first error, or what forbids writing; what was not read yet is left as it is. */
    save: (): void => save([...changed]),
    /** As `save`, but only what is written once. */
    saveFull: (): void => save([...changed].filter(isFull)),
  };
};
