import { wholeLines } from './lines.ts';
import type { Context, FullSegment, LogState, Sequenced } from './log-state.ts';
import type { Reading } from './reading.ts';
import {
  indexFile,
  inOrder,
  isSegmentFile,
  journalFile,
  oldestWhile,
  type SegmentInfo,
  segmentFile,
  segmentFileName,
  segmentName,
} from './segments.ts';
import { setAside } from './set-aside.ts';

type Options = {
  readonly onSealed: () => void;
};

/** Their journals stay until the index names them: a crash costs the next start that many journals to read. */
const segmentsPerIndex = 4;

/** Whether the oldest segment goes, of those that are still kept with it. */
export type Drop = (oldest: SegmentInfo, kept: readonly SegmentInfo[]) => boolean;

export type Sealing = ReturnType<typeof createSealing>;

/** Everything that writes electron-store files: one thing after the other, so that no two ever write the same. */
export const createSealing = <R extends Sequenced>(
  context: Context<R>,
  state: LogState<R>,
  reading: Reading<R>,
  { onSealed }: Options,
) => {
  const { folder, tried, at } = context;
  const index = folder.store('index');
  /** Sealed, with their journals still there. */
  const sealedJournals = new Map<number, FullSegment>();
  const unlisted = new Set<number>();
  let queue: Promise<void> = Promise.resolve();

  function enqueue(task: () => Promise<void>): Promise<void> {
    const done = queue.then(task);
    queue = done.catch(() => {});
    return done;
  }

  async function sealAll(): Promise<void> {
    while (state.full[0]) {
      try {
        await seal(state.full[0]);
        tried('segments', null);
      } catch (error) {
        tried('segments', error);
        break; // Its journal keeps it; tried again at the next chance.
      }
    }
    await removeJournals();
  }

  /** Names every sealed segment in the index, so that their journals can go. Throws the system's error. */
  function list(sealed: readonly SegmentInfo[] = state.sealed): void {
    index.write(indexFile(sealed));
    unlisted.clear();
  }

  async function seal(segment: FullSegment): Promise<void> {
    const { info, damaged } = segment;
    const { number } = info;
    const events = await (damaged ? eventsAnew(number) : eventsIn(number, info.bytes));
    const bytes = await writeSegment(number, events);
    state.sealed = inOrder([...state.sealed, { ...info, bytes }]);
    state.full.shift();
    sealedJournals.set(number, segment);
    unlisted.add(number);
    if (unlisted.size >= segmentsPerIndex) list();
    await at('seal:indexed');
    try {
      onSealed();
    } catch (error) {
      tried('repeats', error);
    }
    await at('seal:derived');
    await removeJournals();
  }

  /** One that cannot go yet is tried again; until then the next start would take it for the truth, and seal it again (H5). */
  async function removeJournals(): Promise<void> {
    for (const [number, { damaged }] of sealedJournals) {
      if (unlisted.has(number)) continue;
      const file = journalFile(number);
      const isGone = damaged
        ? await setAside(folder, file)
        : await folder.remove(file).then(
            () => true,
            () => false,
          );
      if (!isGone) continue;
      sealedJournals.delete(number);
      await at('seal:done');
    }
  }

  /** The JSON of a segment's records, as so many bytes of its journal have it. */
  async function eventsIn(number: number, bytes: number): Promise<readonly Uint8Array[]> {
    const journal = await folder.read(journalFile(number));
    const { lines, end } = wholeLines(journal?.subarray(0, bytes) ?? new Uint8Array());
    return end === bytes ? lines : eventsAnew(number);
  }

  /** As far as they can be read, for a journal that is not as it was written. */
  const eventsAnew = async (number: number): Promise<readonly Uint8Array[]> =>
    (await reading.recordsOf(number)).map((record) => Buffer.from(JSON.stringify(record)));

  /** How many bytes it takes up. */
  async function writeSegment(number: number, events: readonly Uint8Array[]): Promise<number> {
    await at('segment:before');
    // What a mirror or a full disk left is worth nothing beside the journal, and electron-store would read it first.
    await folder.remove(segmentFileName(number)).catch(() => {});
    await at('segment:cleared');
    folder.store(segmentName(number)).write(segmentFile(number, events));
    await at('segment:written');
    await folder.sync();
    await at('segment:synced');
    const written = await folder.read(segmentFileName(number));
    // On a full disk electron-store can report success and leave a cut file: believe only what reads back.
    if (!written || !isSegmentFile(written, number, events.length)) {
      throw new Error(`${segmentFileName(number)} was not written whole`);
    }
    await at('segment:read');
    return written.byteLength;
  }

  /** What is on disk without the journals catches up with them. */
  async function mirror(): Promise<void> {
    await sealAll();
    try {
      if (unlisted.size > 0) list();
      await removeJournals();
      await mirrorOpen();
    } catch (error) {
      tried('segments', error);
      throw error;
    }
    if (state.full.length === 0) tried('segments', null);
  }

  async function mirrorOpen(): Promise<void> {
    const segment = state.open;
    const count = segment.records.length;
    if (count === segment.mirrored) return;
    await writeSegment(segment.number, await eventsIn(segment.number, segment.bytes));
    segment.mirrored = count;
  }

  /** A full disk may have no room for another index until the segment is gone. */
  async function forget(gone: readonly SegmentInfo[]): Promise<void> {
    const numbers = new Set(gone.map(({ number }) => number));
    const stays = ({ number }: SegmentInfo) => !numbers.has(number);
    const isListed = trySaving(state.sealed.filter(stays));
    // Else a power cut may leave the old index without its segments, and they would be told as missing.
    await folder.sync().catch(() => {});
    await at('forget:indexed');
    state.sealed = state.sealed.filter(stays);
    state.leaving = inOrder([...state.leaving, ...gone]);
    for (const number of numbers) {
      sealedJournals.delete(number);
      reading.forget(number);
    }
    try {
      await removeLeaving();
    } finally {
      if (!isListed) trySaving(state.sealed);
    }
    await at('forget:done');
  }

  /** Rejects with the system's first error; what is still there is tried again the next time. */
  async function removeLeaving(): Promise<void> {
    const files = await folder.list();
    const removals = state.leaving.map(async (info) => {
      const own = files.filter((file) => file.startsWith(`${segmentName(info.number)}.`));
      await Promise.all(own.map(folder.remove));
      state.leaving = state.leaving.filter((one) => one !== info);
    });
    await Promise.allSettled(removals);
    await Promise.all(removals);
  }

  function trySaving(sealed: readonly SegmentInfo[]): boolean {
    try {
      list(sealed);
      return true;
    } catch {
      return false;
    }
  }

  return {
    sealAll: () => enqueue(sealAll),
    /** Rejects when the open segment could not be mirrored. */
    mirror: () => enqueue(mirror),
    wouldDrop: async (drop: Drop): Promise<readonly SegmentInfo[]> => {
      await queue;
      return oldestWhile(state.sealed, drop);
    },
    dropOldest: (drop: Drop) =>
      enqueue(async () => {
        const gone = oldestWhile(state.sealed, drop);
        if (gone.length > 0) await forget(gone);
        else if (state.leaving.length > 0) await removeLeaving();
      }),
  };
};
