import type { TimelineEntry } from '../../shared/timeline.ts';
import { createAfterMarks } from './after-marks.ts';
import { damagesIn } from './damages.ts';
import { type Draft, type Outcome, recordOf } from './draft.ts';
import { createEntryOf } from './entry.ts';
import { createForgetting } from './forgetting.ts';
import type { Kept } from './found.ts';
import type { HistoryOptions } from './history-options.ts';
import { openKeptRepeats } from './kept-repeats.ts';
import { openLog } from './log.ts';
import type { Written } from './log-state.ts';
import { type AllMarks, openMarks } from './marks.ts';
import { oldestFirst } from './order.ts';
import { HistoryRecord } from './record.ts';
import { createPages } from './search.ts';
import { inOrder } from './segments.ts';
import { NotReadable, WrittenByNewer } from './small-store.ts';

export type { HistoryOptions };
export type History = Awaited<ReturnType<typeof openHistory>>;

/** After a crash in a flood so many segments are read again, for what is saved with the memory of repeats. */
const sealsPerSave = 64;
/** What is over the limits goes a few segments at a time: each time the index is written anew. */
const sealsPerForgetting = 4;
const quietMs = 5000;
/** After the start, when the window has been drawn. */
const restoreMs = 1000;

/** Opens the history in a folder, with its memory of repeats and its marks. */
export async function openHistory(options: HistoryOptions) {
  const { folder, later, report, tried, onNewer, reread, onMarked } = options;
  const inFlight = new Map<string, Promise<unknown>>();
  let sealsSinceSaved = 0;
  let mirrorScheduled = false;
  let countAtLastLook = 0;

  const log = await openLog<HistoryRecord>({
    folder,
    later,
    parse: (value) => HistoryRecord.safeParse(value).data ?? null,
    segmentRecords: 256,
    segmentBytes: 1024 * 1024,
    report,
    looksLater: true,
    onSealed: () => {
      sealsSinceSaved += 1;
      if (sealsSinceSaved % sealsPerForgetting === 0) void forget();
      if (sealsSinceSaved >= sealsPerSave) saveRepeats();
      else attempt('repeats', repeats.saveFull);
    },
    tried,
  });
  const { readOnly } = log;
  if (readOnly) onNewer();
  const marks = openMarks({
    ...{ folder, readOnly, report, onNewer },
    keptFrom: () => log.keptFrom,
  });
  const { marked, saveSoon, fallSilent } = createAfterMarks({
    ...{ marks, later, onMarked },
    onSaved: (error) => saved('marks', error),
    entryAt: async (seq) => (await get(seq))?.entry ?? null,
  });
  const entryOf = createEntryOf(marks, reread);
  const { forget, lossUnder } = createForgetting({ ...options, log, marks, saveSoon });
  const repeats = openKeptRepeats({ folder, log, report, onNewer, now: options.now });
  const callOffRestoring = later(restoreMs, () => {
    repeats.restored().catch(() => {}); // Tried again by the next delivery.
  });

  /** A newer Hookbell may be found to have been at work where the index does not say so. */
  async function lookedOver(): Promise<void> {
    await log.lookOver();
    if (log.readOnly && !readOnly) onNewer();
  }

  function saveRepeats(): void {
    sealsSinceSaved = 0;
    attempt('repeats', repeats.save);
    options.onSaved?.();
  }

  function attempt(what: Written, task: () => void): void {
    try {
      task();
      saved(what, null);
    } catch (error) {
      saved(what, error);
    }
  }

  function saved(what: Written, error: unknown): void {
    // Said when it was found.
    if (error instanceof WrittenByNewer || error instanceof NotReadable) return;
    tried(what, error);
  }

  /** Keeps a delivery unless it came before. Rejects with the system's error when the disk refuses; then nothing is kept. */
  async function record(draft: Draft): Promise<Outcome> {
    await lookedOver();
    await repeats.restored();
    const ids = idsOf(draft);
    // The same delivery twice at once: the second waits for the first, and is tried itself if that one fails (R11).
    for (let first = firstInFlight(ids); first; first = firstInFlight(ids))
      await first.catch(() => {});

    const recognition = repeats.recognize(draft.sourceId, draft.receivedAt, draft.keys);
    if (recognition.status === 'repeat') {
      marks.addRepeat(recognition.seq, recognition.note);
      marked(recognition.seq);
      return { outcome: 'duplicate' };
    }
    const kept = await write(draft, recognition.status === 'conflict');
    return { outcome: 'recorded', entry: entryOf(kept) };
  }

  /** Keeps an entry of another history as it was there, with its marks. Rejects as `record` does. */
  async function adopt(draft: Draft, conflicts: boolean, marked: AllMarks): Promise<void> {
    await lookedOver();
    await repeats.restored();
    const { seq } = await write(draft, conflicts);
    marks.adopt(seq, marked);
    saveSoon();
  }

  async function write(draft: Draft, conflicts: boolean): Promise<HistoryRecord> {
    const writing = log.append((seq) => recordOf(draft, seq, conflicts));
    const ids = idsOf(draft);
    for (const id of ids) inFlight.set(id, writing);
    try {
      const kept = await writing;
      repeats.apply(kept);
      options.onRecorded?.(kept);
      scheduleMirror();
      return kept;
    } finally {
      for (const id of ids) inFlight.delete(id);
    }
  }

  const idsOf = ({ sourceId, keys }: Draft) => keys.map(({ id }) => `${sourceId} ${id}`);

  const firstInFlight = (ids: readonly string[]) =>
    ids.map((id) => inFlight.get(id)).find((writing) => writing);

  /** After a quiet moment the electron-store file of the open segment catches up with its journal. */
  function scheduleMirror(): void {
    if (mirrorScheduled) return;
    mirrorScheduled = true;
    countAtLastLook = log.lastSeq;
    later(quietMs, () => {
      mirrorScheduled = false;
      if (log.lastSeq > countAtLastLook) scheduleMirror();
      else {
        void forget().then(() => log.mirror().catch(() => {}));
        if (sealsSinceSaved > 0) saveRepeats();
      }
    });
  }

  const keptOf = (found: HistoryRecord): Kept => ({
    record: found,
    entry: entryOf(found),
    facts: () => options.factsOf(found),
  });

  async function get(seq: number): Promise<Kept | null> {
    const found = await log.get(seq);
    return found && keptOf(found);
  }

  async function* keptIn(records: AsyncIterable<HistoryRecord>): AsyncGenerator<Kept> {
    for await (const found of records) yield keptOf(found);
  }

  return {
    record,
    adopt,
    /** Whether it came before. */
    isRepeat: async ({ sourceId, receivedAt, keys }: Draft): Promise<boolean> => {
      await repeats.restored();
      return repeats.recognize(sourceId, receivedAt, keys).status === 'repeat';
    },
    get,
    /** At most 200 entries below `before`, newest first; all of them, or what is searched for. */
    page: createPages({ folder, log, keptOf }),
    /** As they came. */
    oldestFirst: () => keptIn(oldestFirst(log)),
    /** By their numbers: as they were kept. */
    since: (seq: number) => keptIn(log.oldestFirst(seq)),
    get count() {
      const readable = log.segments.filter(({ damaged }) => !damaged);
      return readable.reduce((sum, { count }) => sum + count, 0) + log.unsealedCount;
    },
    forget,
    lossUnder,
    /** Settles when the size of every file was looked at: from then on what it has shown damaged is listed. */
    lookedOver,
    /** The electron-store file of the open segment catches up with its journal, if the disk lets it. */
    mirror: () => log.mirror().catch(() => {}),
    /** Saves all that is not saved beside the entries, as far as the disk lets it. */
    saveAll: () => {
      attempt('marks', marks.save);
      saveRepeats();
      void forget().then(() => log.mirror().catch(() => {}));
    },
    /** What the sealed segments take up on disk. */
    get bytes() {
      return log.segments.reduce((sum, { bytes }) => sum + bytes, 0);
    },
    /** Epoch ms; null while nothing is sealed. */
    get oldestAt() {
      return log.segments.find(({ damaged }) => !damaged)?.firstAt ?? null;
    },
    damages: () => damagesIn(inOrder([...log.segments, ...log.unsealed])),
    /** A newer Hookbell wrote it: it is shown, and nothing is added or changed. */
    get readOnly() {
      return log.readOnly;
    },
    get lastSeq() {
      return log.lastSeq;
    },
    get unseen() {
      return marks.countUnseen(log.numbers);
    },
    markSeen: (seqs: readonly number[], seen: boolean) => {
      for (const seq of seqs) {
        marks.setSeen(seq, seen);
        marked(seq);
      }
    },
    markAllSeen: () => {
      marks.setSeenUpTo(log.lastSeq);
      saveSoon();
    },
    /** Adds a note to an entry, in the place of `instead` where it has that. */
    remark: (seq: number, note: string, instead?: string | null) => {
      marks.addNote(seq, note, instead);
      marked(seq);
    },
    /** Notes that an entry was not announced. Nobody was shown it yet, so nobody is told; gives it as it is now. */
    keepSilent: (entry: TimelineEntry, why: string): TimelineEntry => {
      const notification = { shown: false, why };
      marks.decide(entry.seq, notification);
      saveSoon();
      return { ...entry, notification };
    },
    decide: (seq: number, notification: { shown: boolean; why: string }) => {
      marks.decide(seq, notification);
      marked(seq);
    },
    /** As `decide` for each, and on disk when it returns, if the disk takes it. Nobody is told: another decision follows. */
    decideNow: (decided: Parameters<typeof marks.decideNow>[0]) =>
      attempt('marks', () => marks.decideNow(decided)),
    /** Waits for what was accepted, saves the rest, and lets go of the files. */
    close: async () => {
      callOffRestoring();
      fallSilent();
      await log.close();
      attempt('marks', marks.save);
      saveRepeats();
    },
  };
}
