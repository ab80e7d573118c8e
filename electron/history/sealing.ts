import type { Context, FullSegment, LogState, Sequenced } from './log-state.ts';
import type { Reading } from './reading.ts';
import {
  describeSegment,
  indexFile,
  inOrder,
  journalFile,
  type SegmentInfo,
  segmentFile,
  segmentFileName,
  segmentIn,
  segmentName,
} from './segments.ts';
import { setAside } from './set-aside.ts';

type Options = {
  readonly onSealed: () => void;
};

export type Sealing = ReturnType<typeof createSealing>;

/** Everything that writes electron-store files: one thing after the other, so that no two ever write the same. */
export const createSealing = <R extends Sequenced>(
  context: Context<R>,
  state: LogState<R>,
  reading: Reading<R>,
  { onSealed }: Options,
) => {
  const { folder, report, at } = context;
  const sealedJournals = new Map<number, FullSegment>();
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
      } catch {
        break; // Its journal keeps it; tried again at the next chance.
      }
    }
    await removeJournals();
  }

  async function seal(segment: FullSegment): Promise<void> {
    const { number } = segment.info;
    const records = await reading.recordsOf(number);
    const info = await writeSegment(number, records);
    const sealed = inOrder([...state.sealed, info]);
    folder.store('index').write(indexFile(sealed));
    state.sealed = sealed;
    state.full.shift();
    reading.remember(number, records);
    sealedJournals.set(number, segment);
    await at('seal:indexed');
    try {
      onSealed();
    } catch (error) {
      report(`What follows from the history could not be saved: ${String(error)}`);
    }
    await at('seal:derived');
    await removeJournals();
  }

  /** One that cannot go yet is tried again; until then the next start would take it for the truth, and seal it again (H5). */
  async function removeJournals(): Promise<void> {
    for (const [number, { damaged }] of sealedJournals) {
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

  async function writeSegment(number: number, records: readonly R[]): Promise<SegmentInfo> {
    await at('segment:before');
    // What a mirror or a full disk left is worth nothing beside the journal, and electron-store would read it first.
    await folder.remove(segmentFileName(number)).catch(() => {});
    await at('segment:cleared');
    folder.store(segmentName(number)).write(segmentFile(number, records));
    await at('segment:written');
    await folder.sync();
    await at('segment:synced');
    const written = await folder.read(segmentFileName(number));
    // On a full disk electron-store can report success and leave a cut file: believe only what reads back.
    if (!written || segmentIn(written).events.length !== records.length) {
      throw new Error(`${segmentFileName(number)} was not written whole`);
    }
    await at('segment:read');
    return describeSegment(number, records, written.byteLength);
  }

  async function mirrorOpen(): Promise<void> {
    const segment = state.open;
    const records = [...segment.records];
    if (records.length === segment.mirrored) return;
    await writeSegment(segment.number, records);
    segment.mirrored = records.length;
  }

  /** A full disk may have no room for another index until the segment is gone. */
  async function forget({ number }: SegmentInfo): Promise<void> {
    const isListed = trySaving(state.sealed.filter((one) => one.number !== number));
    await at('forget:indexed');
    state.sealed = state.sealed.filter((one) => one.number !== number);
    sealedJournals.delete(number);
    reading.forget(number);
    const files = await folder.list();
    await Promise.all(
      files.filter((file) => file.startsWith(`${segmentName(number)}.`)).map(folder.remove),
    );
    if (!isListed) trySaving(state.sealed);
    await at('forget:done');
  }

  function trySaving(sealed: readonly SegmentInfo[]): boolean {
    try {
      folder.store('index').write(indexFile(sealed));
      return true;
    } catch {
      return false;
    }
  }

  return {
    sealAll: () => enqueue(sealAll),
    /** Rejects when the open segment could not be mirrored. */
    mirror: () =>
      enqueue(async () => {
        await sealAll();
        await mirrorOpen();
      }),
    dropOldest: (drop: (oldest: SegmentInfo, kept: readonly SegmentInfo[]) => boolean) =>
      enqueue(async () => {
        for (
          let oldest = state.sealed[0];
          oldest && drop(oldest, state.sealed);
          oldest = state.sealed[0]
        )
          await forget(oldest);
      }),
  };
};
