import { wholeLines } from './lines.ts';
import type { Context, FullSegment, LogState, Sequenced } from './log-state.ts';
import { eventsIn } from './mirrors.ts';
import type { Reading } from './reading.ts';
import {
  describeSegment,
  indexFile,
  inOrder,
  isSegmentFile,
  journalFile,
  oldestWhile,
  type SegmentInfo,
  segmentFile,
  segmentFileName,
  segmentName,
  withLostEnds,
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
  const { folder, tried, at, report } = context;
  const index = folder.store('index');
  /** Sealed, with their journals still there. */
  const sealedJournals = new Map<number, { readonly damaged: boolean }>();
  const unlisted = new Set<number>();
  /** Segments whose mirrors were set aside. */
  const mirrorsKept = new Set<number>();
  let queue: Promise<void> = Promise.resolve();

  function enqueue(task: () => Promise<void>): Promise<void> {
    const done = queue.then(task);
    queue = done.catch(() => {});
    return done;
  }

  async function sealAll(): Promise<void> {
    for (let next = nextToSeal(); next; next = nextToSeal()) {
      try {
        await seal(next);
        tried('segments', null);
      } catch (error) {
        tried('segments', error);
        break; // Its journal keeps it; tried again at the next chance.
      }
    }
    await removeJournals();
  }

  const nextToSeal = () => state.full.find(({ mayHaveMore }) => !mayHaveMore);

  /** Names every sealed segment in the index, so that their journals can go. Throws the system's error. */
  function list(sealed: readonly SegmentInfo[] = state.sealed): void {
    index.write(indexFile(sealed));
    unlisted.clear();
  }

  async function seal(segment: FullSegment<R>): Promise<void> {
    const { number, bytes: journalBytes } = segment.info;
    const lines = segment.salvaged ? null : await linesIn(number, journalBytes);
    // As far as they can be read, where the journal is not as it was written.
    const records = lines ? [] : (segment.salvaged ?? (await reading.recordsOf(number)));
    const info = lines ? segment.info : withoutLost(segment.info, records);
    if (!lines) await keepMirror(number);
    const bytes = info.damaged ? 0 : await writeSegment(number, lines ?? records.map(asJson));
    state.sealed = inOrder([...state.sealed, { ...info, bytes }]);
    state.full = state.full.filter((one) => one !== segment);
    sealedJournals.set(number, { damaged: lines === null });
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

  /** What to list of a segment of which these records are left; what rotted since its journal was opened is told now. */
  function withoutLost(info: SegmentInfo, records: readonly R[]): SegmentInfo {
    const { number, count, firstSeq, lastSeq } = info;
    const lost = count - records.length;
    if (lost === 0) return info;
    report(`${lost} of ${count} entries in ${journalFile(number)} cannot be read`);
    if (records.length === 0) return { ...info, damaged: true };
    return withLostEnds(describeSegment(number, records, 0), firstSeq, lastSeq);
  }

  /** One that cannot go yet is tried again; until then the next start would take it for the truth, and seal it again (H5). */
  async function removeJournals(): Promise<void> {
    for (const [number, { damaged }] of sealedJournals) {
      if (unlisted.has(number)) continue;
      const file = journalFile(number);
      const isGone = damaged
        ? await setAsideListed(file)
        : await folder.remove(file).then(
            () => true,
            () => false,
          );
      if (!isGone) continue;
      sealedJournals.delete(number);
      await at('seal:done');
    }
  }

  /** What it lost only the index knows then. */
  const setAsideListed = (file: string): Promise<boolean> =>
    folder.sync().then(
      () => setAside(folder, file),
      () => false,
    );

  /** The JSON of a segment's records, as so many bytes of its journal have it; null when that is not as it was written. */
  async function linesIn(number: number, bytes: number): Promise<readonly Uint8Array[] | null> {
    const journal = await folder.read(journalFile(number));
    const { lines, end } = wholeLines(journal?.subarray(0, bytes) ?? new Uint8Array());
    return end === bytes ? lines : null;
  }

  const asJson = (record: R): Uint8Array => Buffer.from(JSON.stringify(record));

  /** A mirror that gave what a damaged journal had lost is all there is of that until the segment is written. */
  async function keepMirror(number: number): Promise<void> {
    if (mirrorsKept.has(number)) return;
    const file = segmentFileName(number);
    if (!(await setAside(folder, file))) throw new Error(`${file} cannot be set aside`);
    await folder.sync();
    mirrorsKept.add(number);
    await at('seal:kept');
  }

  /** How many bytes it takes up. */
  async function writeSegment(number: number, events: readonly Uint8Array[]): Promise<number> {
    await at('segment:before');
    await clearTheWay(number, events);
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

  /**
   * What a mirror or a full disk left is worth nothing beside the journal, and electron-store would read it first. But what another
   * writer sealed there is never written over (H18).
   */
  async function clearTheWay(number: number, events: readonly Uint8Array[]): Promise<void> {
    const file = segmentFileName(number);
    const found = await folder.read(file).catch(() => null);
    const ours = new Set(events.map((event) => Buffer.from(event).toString('utf8')));
    if (!found || eventsIn(found).every((event) => ours.has(JSON.stringify(event)))) {
      await folder.remove(file).catch(() => {});
      return;
    }
    if (!(await setAside(folder, file))) throw new Error(`${file} cannot be set aside`);
    report(`${file} held entries of another writer and was set aside`);
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
    if (!nextToSeal()) tried('segments', null);
  }

  async function mirrorOpen(): Promise<void> {
    const segment = state.open;
    const count = segment.records.length;
    if (count === segment.mirrored) return;
    const lines = await linesIn(segment.number, segment.bytes);
    await writeSegment(segment.number, lines ?? segment.records.map(asJson));
    segment.mirrored = count;
  }

  /** When the last entry of an unread journal came is not known before one that came after it goes. */
  function goingOf(drop: Drop): readonly SegmentInfo[] {
    const dated = state.sealed.filter(({ number }) => !state.unread.has(number));
    const newest = oldestWhile(dated, drop).at(-1)?.number ?? 0;
    return inOrder([...state.sealed, ...state.full.map(({ info }) => info)]).filter(
      ({ number }) => number <= newest,
    );
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
    state.full = state.full.filter(({ info }) => stays(info));
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
      return goingOf(drop);
    },
    dropOldest: (drop: Drop) =>
      enqueue(async () => {
        const gone = goingOf(drop);
        if (gone.length > 0) await forget(gone);
        else if (state.leaving.length > 0) await removeLeaving();
      }),
  };
};
