import * as z from 'zod/mini';
import type { Proof } from '../../shared/event.ts';

/** Retention removes whole segments of at most so many entries. */
const blockSize = 256;

const Block = z.object({
  from: z.int(),
  sourceId: z.string(),
  /** Entries that no signature proves, and their bytes. */
  unsigned: z.int(),
  bytes: z.int(),
  tests: z.int(),
  lastAt: z.int(),
});
type Block = z.infer<typeof Block>;

export const SavedTally = z.object({ upTo: z.int(), blocks: z.array(Block) });
export type SavedTally = z.infer<typeof SavedTally>;

/** The entries of a source that no signature proves. `lastAt` is epoch ms, 0 where there is none. */
export type Unsigned = {
  readonly entries: number;
  readonly bytes: number;
  readonly lastAt: number;
};
const nothing: Unsigned = { entries: 0, bytes: 0, lastAt: 0 };

export type Counted = {
  readonly seq: number;
  readonly sourceId: string;
  readonly receivedAt: number;
  readonly proof: Proof;
  readonly simulated: boolean;
  readonly imported?: unknown;
};

/** Whether an entry counts against the share of its source (H15): no signature proves it, and it came from outside. */
export const isUnsigned = ({
  proof,
  simulated,
  imported,
}: Pick<Counted, 'proof' | 'simulated' | 'imported'>): boolean =>
  proof.status === 'trusted' && !simulated && imported === undefined;

/** Counts the entries of the history that no signature proves, by source, and those that are tests. Exact to a segment. */
export type Tally = {
  /** `bytes`: the size of the entry, asked for only where it counts. */
  add(entry: Counted, bytes: () => number): void;
  /** Entries below this number were removed. */
  removeBelow(least: number): void;
  unsignedOf(sourceId: string): Unsigned;
  readonly tests: number;
  /** The newest number it has counted. */
  readonly upTo: number;
  save(): SavedTally;
  load(saved: SavedTally): void;
};

export const createTally = (): Tally => {
  const blocks = new Map<string, Block>();
  const bySource = new Map<string, Unsigned>();
  let tests = 0;
  let upTo = 0;

  const count = ({ sourceId, unsigned, bytes, tests: more, lastAt }: Block, sign: 1 | -1): void => {
    tests += sign * more;
    if (unsigned === 0) return;
    const before = bySource.get(sourceId) ?? nothing;
    bySource.set(sourceId, {
      entries: before.entries + sign * unsigned,
      bytes: before.bytes + sign * bytes,
      lastAt: Math.max(before.lastAt, lastAt),
    });
  };

  const addTo = (block: Block): void => {
    const key = `${block.from} ${block.sourceId}`;
    count(block, 1);
    blocks.set(key, sumOf(blocks.get(key), block));
  };

  return {
    add: (entry, bytes) => {
      const { seq, sourceId, receivedAt, simulated } = entry;
      upTo = Math.max(upTo, seq);
      const unsigned = isUnsigned(entry);
      if (!unsigned && !simulated) return;
      addTo({
        from: seq - (seq % blockSize),
        sourceId,
        ...(unsigned ? { unsigned: 1, bytes: bytes() } : { unsigned: 0, bytes: 0 }),
        tests: simulated ? 1 : 0,
        lastAt: receivedAt,
      });
    },
    removeBelow: (least) => {
      for (const [key, block] of blocks) {
        if (block.from + blockSize > least) continue;
        count(block, -1);
        blocks.delete(key);
      }
    },
    unsignedOf: (sourceId) => bySource.get(sourceId) ?? nothing,
    get tests() {
      return tests;
    },
    get upTo() {
      return upTo;
    },
    save: () => ({ upTo, blocks: [...blocks.values()] }),
    load: (saved) => {
      upTo = saved.upTo;
      for (const block of saved.blocks) addTo(block);
    },
  };
};

const sumOf = (before: Block | undefined, block: Block): Block => ({
  ...block,
  unsigned: (before?.unsigned ?? 0) + block.unsigned,
  bytes: (before?.bytes ?? 0) + block.bytes,
  tests: (before?.tests ?? 0) + block.tests,
});
