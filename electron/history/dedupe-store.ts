import type { Folder } from '../storage/folder.ts';
import { blockOf, firstSeqOf, lastSeqOf } from './blocks.ts';
import { createDedupe, type Dedupe, dedupeLimits } from './dedupe.ts';
import { createDedupeBlocks, type DedupeBlocks } from './dedupe-blocks.ts';
import type { Log } from './log/log.ts';
import type { HistoryRecord } from './record.ts';

export type DedupeStoreOptions = {
  readonly report: (trouble: string) => void;
  readonly folder: Folder;
  readonly log: Pick<
    Log<HistoryRecord>,
    'readOnly' | 'firstSeq' | 'lastSeq' | 'segments' | 'oldestFirst'
  >;
  /** Epoch ms. */
  readonly now: () => number;
};

/**
 * The dedupe and its files. Reading them takes longer than everything else at a start, and nothing needs them before the first delivery:
 * nothing may be recognized before `ready` has settled.
 */
export type DedupeStore = Pick<Dedupe, 'recognize'> & {
  apply(record: HistoryRecord): void;
  /** Reads the files, and the records that came after them. Idempotent; where it rejects with the system's error, the next call tries again. */
  ready(): Promise<void>;
  /** Throws the system's first error, or what forbids writing. Does nothing before `ready`. */
  save(): void;
  /** As `save`, but only the full blocks. */
  saveFull(): void;
};

export const openDedupeStore = ({ folder, log, now, report }: DedupeStoreOptions): DedupeStore => {
  const memory = createDedupe();
  const blocks = createDedupeBlocks(folder, report);
  let loading: Promise<void> | null = null;
  let isReady = false;

  async function load(): Promise<void> {
    const saved = await blocks.list();
    for (const number of wanted(saved, log, now())) await loadBlock(number);
    if (memory.upTo > log.lastSeq) await rebuild();
    isReady = true;
  }

  async function loadBlock(number: number): Promise<void> {
    const saved = blocks.read(number);
    if (saved) memory.resume(saved.rows, saved.upTo);
    await applyUpTo(Math.min(lastSeqOf(number), log.lastSeq), firstSeqOf(number));
    blocks.evict(number, memory.upTo);
  }

  /** The files hold records that the log does not know: they belong to another one. */
  async function rebuild(): Promise<void> {
    memory.clear();
    blocks.clear();
    await applyUpTo(log.lastSeq);
  }

  async function applyUpTo(last: number, first = 1): Promise<void> {
    if (memory.upTo >= last) return;
    for await (const record of log.oldestFirst(Math.max(memory.upTo + 1, first))) {
      if (record.seq > last) break;
      apply(record);
    }
  }

  const apply = (record: HistoryRecord): void =>
    blocks.add(blockOf(record.seq), memory.apply(record));

  function save(numbers: readonly number[]): void {
    if (!isReady || log.readOnly) return;
    saveEach(blocks, numbers, memory.upTo);
    blocks.removeBelow(Math.min(memory.from, firstWanted(log, now())));
  }

  return {
    recognize: memory.recognize,
    apply,
    ready: () => {
      loading ??= load().catch((error) => {
        loading = null;
        throw error;
      });
      return loading;
    },
    save: () => save(blocks.unsaved()),
    saveFull: () => save(blocks.unsaved().filter((number) => memory.upTo >= lastSeqOf(number))),
  };
};

/** Saves as many of the blocks as can be saved; throws the first error. */
const saveEach = (blocks: DedupeBlocks, numbers: readonly number[], upTo: number): void => {
  const errors: unknown[] = [];
  for (const number of numbers) {
    try {
      blocks.save(number, upTo);
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw errors[0];
};

type Stored = Pick<Log<HistoryRecord>, 'segments' | 'firstSeq' | 'lastSeq'>;

/** The saved blocks, and those whose records would be remembered: a file that is missing is made anew. */
const wanted = (saved: readonly number[], log: Stored, now: number): number[] => {
  const numbers = new Set(saved);
  for (let at = blockOf(firstWanted(log, now)); at <= blockOf(log.lastSeq); at += 1)
    numbers.add(at);
  return [...numbers].sort((one, other) => one - other);
};

/** The first sequence number whose keys may be remembered. */
const firstWanted = ({ segments, firstSeq, lastSeq }: Stored, now: number): number => {
  const young = segments.find(
    ({ damaged, lastAt }) => !damaged && now - lastAt < dedupeLimits.youngMs,
  );
  const firstYoung = Math.max(young?.firstSeq ?? lastSeq + 1, lastSeq - dedupeLimits.mostKeys);
  return Math.max(firstSeq, Math.min(firstYoung, lastSeq - dedupeLimits.leastKeys));
};
