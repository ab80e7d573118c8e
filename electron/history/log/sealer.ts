import { wholeLines } from '../../storage/journal-codec.ts';
import type { Context, LogState } from './log-state.ts';
import { createRemover, type ShouldRemove } from './remover.ts';
import type { SegmentCache } from './segment-cache.ts';
import { createSegmentIndex } from './segment-index.ts';
import { writeSegment } from './segment-writer.ts';
import {
  describeSegment,
  inOrder,
  journalFile,
  type SegmentInfo,
  type Sequenced,
  withLostEnds,
} from './segments.ts';

/** Writes electron-store files and removes segments, one task after the other, so that no two write the same file. */
export type Sealer = {
  /** Seals what is full. Never rejects: an error is reported, the journals hold the records, and the next call tries again. */
  sealAll(): Promise<void>;
  /** As `sealAll`, and lists it in the index. Rejects with the system's error. */
  sealFull(): Promise<void>;
  removeOldest(should: ShouldRemove): Promise<void>;
  wouldRemove(should: ShouldRemove): Promise<readonly SegmentInfo[]>;
};

export const createSealer = <R extends Sequenced>(
  context: Context<R>,
  state: LogState<R>,
  cache: SegmentCache<R>,
  onSealed: () => void,
): Sealer => {
  const { onWriteResult, at } = context;
  const index = createSegmentIndex(context, state);
  const remover = createRemover(context, state, cache, index);
  const queue = createQueue();
  const derive = guarded(onSealed, (error) => onWriteResult('repeats', error));

  async function sealAll(): Promise<void> {
    for (let next = state.full[0]; next; next = state.full[0]) {
      try {
        await seal(next);
        onWriteResult('segments', null);
      } catch (error) {
        onWriteResult('segments', error);
        break;
      }
    }
    await index.removeJournals();
  }

  async function seal(segment: SegmentInfo): Promise<void> {
    const { number } = segment;
    const { info, events, damaged } = await contentOf(context, state, cache, segment);
    const bytes = info.damaged ? 0 : await writeSegment(context, number, events);
    state.sealed = inOrder([...state.sealed, { ...info, bytes }]);
    state.full = state.full.filter((one) => one !== segment);
    index.add(number, damaged);
    await at('seal:indexed');
    derive();
    await at('seal:derived');
    await index.removeJournals();
  }

  async function sealFull(): Promise<void> {
    await sealAll();
    try {
      index.flush();
      await index.removeJournals();
    } catch (error) {
      onWriteResult('segments', error);
      throw error;
    }
    if (state.full.length === 0) onWriteResult('segments', null);
  }

  return {
    sealAll: () => queue.add(sealAll),
    sealFull: () => queue.add(sealFull),
    removeOldest: (should) => queue.add(() => remover.remove(should)),
    wouldRemove: async (should) => {
      await queue.idle();
      return remover.candidates(should);
    },
  };
};

/** A failure to save data derived from records holds up no seal. */
const guarded = (task: () => void, onError: (error: unknown) => void) => (): void => {
  try {
    task();
  } catch (error) {
    onError(error);
  }
};

const createQueue = () => {
  let last: Promise<void> = Promise.resolve();
  return {
    idle: () => last,
    add: (task: () => Promise<void>): Promise<void> => {
      const done = last.then(task);
      last = done.catch(() => {});
      return done;
    },
  };
};

type Content = {
  readonly info: SegmentInfo;
  /** Each as its JSON. */
  readonly events: readonly Uint8Array[];
  /** The journal is not as it was written. */
  readonly damaged: boolean;
};

/** The journal's lines as they are, else the records that can be read. */
async function contentOf<R extends Sequenced>(
  context: Context<R>,
  state: LogState<R>,
  cache: SegmentCache<R>,
  segment: SegmentInfo,
): Promise<Content> {
  const { number } = segment;
  const lines = state.damagedJournals.has(number) ? null : await linesIn(context, segment);
  if (lines) return { info: segment, events: lines, damaged: false };
  const records = await cache.recordsOf(number);
  const events = records.map((record) => Buffer.from(JSON.stringify(record)));
  return { info: withoutLost(context, segment, records), events, damaged: true };
}

/** The JSON of each record in the journal; null where the journal is not as it was written. */
async function linesIn<R>(
  { folder }: Context<R>,
  { number, bytes }: SegmentInfo,
): Promise<readonly Uint8Array[] | null> {
  const journal = await folder.read(journalFile(number));
  const { lines, end } = wholeLines(journal?.subarray(0, bytes) ?? new Uint8Array());
  return end === bytes ? lines : null;
}

/** The segment with what is left of it; lines that rotted since its journal was opened are reported now. */
const withoutLost = <R extends Sequenced>(
  { report }: Context<R>,
  info: SegmentInfo,
  records: readonly R[],
): SegmentInfo => {
  const { number, count, firstSeq, lastSeq } = info;
  const lost = count - records.length;
  if (lost === 0) return info;
  report(`${lost} of ${count} entries in ${journalFile(number)} cannot be read`);
  if (records.length === 0) return { ...info, damaged: true };
  return withLostEnds(describeSegment(number, records, 0), firstSeq, lastSeq);
};
