import type { TimelineEntry } from '../../shared/timeline.ts';
import type { DedupeStore } from './dedupe-store.ts';
import type { Log } from './log/log.ts';
import type { AllMarks, Marks } from './marks.ts';
import { type Draft, type HistoryRecord, type RecordOutcome, recordOf } from './record.ts';

export type RecorderOptions = {
  readonly log: Pick<Log<HistoryRecord>, 'append'>;
  readonly dedupe: Pick<DedupeStore, 'ready' | 'recognize' | 'apply'>;
  readonly marks: Pick<Marks, 'addDuplicate' | 'adopt'>;
  readonly entryOf: (record: HistoryRecord) => TimelineEntry;
  /** The marks of an entry changed, which the window shows. */
  readonly onMarked: (seq: number) => void;
  readonly onRecorded: (record: HistoryRecord) => void;
};

/** Records deliveries, each once. */
export type Recorder = {
  /** Records a delivery unless it is a duplicate. Rejects with the system's error, keeping nothing, when the disk refuses. */
  record(draft: Draft): Promise<RecordOutcome>;
  /** Records an entry of another history as it was there, with its marks. Rejects as `record`. */
  adopt(draft: Draft, conflicts: boolean, marks: AllMarks): Promise<void>;
  isDuplicate(draft: Draft): Promise<boolean>;
};

export const createRecorder = (options: RecorderOptions): Recorder => {
  const { log, dedupe, marks, entryOf, onMarked, onRecorded } = options;
  const inFlight = new Map<string, Promise<unknown>>();

  const idsOf = ({ sourceId, keys }: Draft) => keys.map(({ id }) => `${sourceId} ${id}`);

  const firstInFlight = (ids: readonly string[]) =>
    ids.map((id) => inFlight.get(id)).find((writing) => writing);

  async function write(draft: Draft, conflicts: boolean): Promise<HistoryRecord> {
    const writing = log.append((seq) => recordOf(draft, seq, conflicts));
    const ids = idsOf(draft);
    for (const id of ids) inFlight.set(id, writing);
    try {
      const record = await writing;
      dedupe.apply(record);
      onRecorded(record);
      return record;
    } finally {
      for (const id of ids) inFlight.delete(id);
    }
  }

  return {
    record: async (draft) => {
      await dedupe.ready();
      const ids = idsOf(draft);
      // The same delivery twice at once: the second waits for the first, and is tried itself if that one fails (R11).
      for (let first = firstInFlight(ids); first; first = firstInFlight(ids))
        await first.catch(() => {});
      const recognition = dedupe.recognize(draft.sourceId, draft.receivedAt, draft.keys);
      if (recognition.status === 'duplicate') {
        marks.addDuplicate(recognition.seq, recognition.note);
        onMarked(recognition.seq);
        return { outcome: 'duplicate' };
      }
      const record = await write(draft, recognition.status === 'conflict');
      return { outcome: 'recorded', entry: entryOf(record) };
    },
    adopt: async (draft, conflicts, marked) => {
      await dedupe.ready();
      const { seq } = await write(draft, conflicts);
      marks.adopt(seq, marked);
    },
    isDuplicate: async ({ sourceId, receivedAt, keys }) => {
      await dedupe.ready();
      return dedupe.recognize(sourceId, receivedAt, keys).status === 'duplicate';
    },
  };
};
