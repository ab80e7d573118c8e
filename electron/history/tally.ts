import * as z from 'zod/mini';
import type { Proof } from '../../shared/event.ts';

/** Retention removes whole segments of at most so many entries. */
const blockSize = 256;

const Block = z.object({
  /** The first number of the block. */
  from: z.int(),
  sourceId: z.string(),
  /** Entries that only a token vouches for, and their bytes. */
  unsigned: z.int(),
  bytes: z.int(),
  /** Entries of our own simulator. */
  tests: z.int(),
  /** When the newest of them came, epoch ms. */
  lastAt: z.int(),
});
type Block = z.infer<typeof Block>;

export const SavedTally = z.object({ upTo: z.int(), blocks: z.array(Block) });
export type SavedTally = z.infer<typeof SavedTally>;

/** What the history keeps of a source that no signature proves. `lastAt` is epoch ms, 0 where there is none. */
export type Unsigned = {
  readonly entries: number;
  readonly bytes: number;
  readonly lastAt: number;
};
const nothing: Unsigned = { entries: 0, bytes: 0, lastAt: 0 };

/** An entry as far as it is counted. */
export type Counted = {
  readonly seq: number;
  readonly sourceId: string;
  readonly receivedAt: number;
  readonly proof: Proof;
  readonly simulated: boolean;
  readonly imported?: unknown;
};

/** Whether an entry takes from the share of its source (H15): only its token vouches for it, and it came from outside. */
export const isUnsigned = ({
  proof,
  simulated,
  imported,
}: Pick<Counted, 'proof' | 'simulated' | 'imported'>): boolean =>
  proof.status === 'trusted' && !simulated && imported === undefined;

export type Tally = ReturnType<typeof createTally>;

/** Counts the entries of the history that no signature proves, by source, and those that are tests. Exact to a segment. */
export const createTally = () => {
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

  const addTo = (block: Block, sign: 1 | -1 = 1): void => {
    const key = `${block.from} ${block.sourceId}`;
    const before = blocks.get(key);
    count(block, sign);
    blocks.set(key, {
      ...block,
      unsigned: (before?.unsigned ?? 0) + block.unsigned,
      bytes: (before?.bytes ?? 0) + block.bytes,
      tests: (before?.tests ?? 0) + block.tests,
    });
  };

  return {
    /** `bytes`: what the entry takes up, asked for only where it counts. */
    add: (entry: Counted, bytes: () => number): void => {
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
    /** Entries below this number are kept no more. */
    forget: (keptFrom: number): void => {
      for (const [key, block] of blocks) {
        if (block.from + blockSize > keptFrom) continue;
        count(block, -1);
        blocks.delete(key);
      }
    },
    unsignedOf: (sourceId: string): Unsigned => bySource.get(sourceId) ?? nothing,
    /** How many entries are tests. */
    get tests() {
      return tests;
    },
    get upTo() {
      return upTo;
    },
    save: (): SavedTally => ({ upTo, blocks: [...blocks.values()] }),
    load: (saved: SavedTally): void => {
      upTo = saved.upTo;
      for (const block of saved.blocks) addTo(block);
    },
  };
};
