import type { Damage } from '../../shared/gap.ts';
import type { Decided } from '../../shared/ipc.ts';
import type { MarkChange, MarkName } from '../../shared/marking.ts';
import type { Place } from '../../shared/place.ts';
import type { Loss, Retention } from '../../shared/settings.ts';
import type {
  Extent,
  NotificationDecision,
  TimelineEntry,
  TimelinePage,
} from '../../shared/timeline.ts';
import type { Folder } from '../storage/folder.ts';
import { type AfterMarks, createAfterMarks } from './after-marks.ts';
import { openDedupeStore } from './dedupe-store.ts';
import { createEntryOf } from './entry.ts';
import { entryBefore, extentOf } from './extent.ts';
import { createFindEntry } from './find-entry.ts';
import type { HistoryOptions } from './history-options.ts';
import { type Log, openLog } from './log/log.ts';
import { intersection, type Ranges } from './log/ranges.ts';
import { damagesIn, inOrder } from './log/segments.ts';
import { type Marks, openMarks } from './marks.ts';
import { createNearby, type Stretch } from './nearby.ts';
import { oldestFirst } from './order.ts';
import { HistoryRecord, type StoredEntry } from './record.ts';
import { createRecorder, type Recorder } from './recorder.ts';
import { createRetention, type HistoryRetention } from './retention.ts';
import { createPages, type Search } from './search.ts';
import { createUpkeep, type Upkeep } from './upkeep.ts';

export type { HistoryOptions };

/** The accepted deliveries: the log with dedupe, marks and retention. */
export type History = Recorder & {
  get(seq: number): Promise<StoredEntry | null>;
  /** The sequence number of the entry with this id. Takes seconds where a long history has none. */
  seqOf(id: string): Promise<number | null>;
  /** At most 200 entries below `before`, newest first: all of them, or those that a search finds. */
  page(before: Place | null, search?: Search | null): Promise<TimelinePage>;
  /** Goes through a stretch of the history; see `Stretch`. */
  nearby(stretch: Stretch): Promise<void>;
  /** See `extentOf`. */
  extent(): Extent;
  /** See `entryBefore`. */
  entryBefore(at: number): Promise<TimelineEntry | null>;
  /** In the order of the timeline. */
  oldestFirst(): AsyncIterable<StoredEntry>;
  /** In the order of their sequence numbers, from one on. */
  since(seq: number): AsyncIterable<StoredEntry>;
  readonly count: number;
  readonly lastSeq: number;
  readonly bytes: number;
  /** The number of sealed files, damaged ones among them. */
  readonly segments: number;
  /** Epoch ms; null while nothing is sealed. */
  readonly oldestAt: number | null;
  /** What cannot be read, oldest first. */
  damages(): Damage[];
  /** A newer Hookbell wrote it: it is shown, and nothing is added or changed (H17). */
  readonly readOnly: boolean;
  /** Removes what is over the limits. Never rejects. */
  removeOld(): Promise<void>;
  /** What `removeOld` would remove under these limits; null where that is nothing. */
  lossUnder(limits: Retention): Promise<Loss | null>;
  readonly unseen: number;
  markSeen(seqs: readonly number[], seen: boolean): void;
  /** Gives a mark to entries, or takes it away; returns what changed. See `GivenMarks`. */
  mark(mark: MarkName, on: boolean, ranges: Ranges): MarkChange[];
  /** Adds a note to an entry, in the place of `instead` where it has that. */
  remark(seq: number, note: string, instead?: string | null): void;
  decide(seq: number, notification: NotificationDecision): void;
  /** As `decide` for each, and on disk when it returns, if the disk takes it. Nothing is pushed: another decision follows. */
  decideNow(decided: readonly Decided[]): void;
  /** Notes that an entry was not announced, and returns it as it is now. Nothing is pushed. */
  keepSilent(entry: TimelineEntry, why: string): TimelineEntry;
  /** Seals the open segment before it is full, if the disk lets it. */
  sealEarly(): Promise<void>;
  /** Saves everything that is not saved beside the records, as far as the disk lets it. */
  saveAll(): void;
  /** Waits for what was accepted, saves the rest, and closes the files. */
  close(): Promise<void>;
};

/** The dedupe is read when the window has been drawn. */
const warmUpAfterMs = 1000;

export async function openHistory(options: HistoryOptions): Promise<History> {
  const { folder, schedule, report, onWriteResult, now } = options;
  const { onSaved = () => {}, onDecided = () => {}, onGiven = () => {} } = options;
  const log = await openLog<HistoryRecord>({
    folder,
    schedule,
    parse: parseRecord,
    segmentRecords: 256,
    segmentBytes: 1024 * 1024,
    report,
    onWriteResult,
    onSealed: () => upkeep.onSealed(),
  });
  const marks = openMarks({ folder, report, storedFrom: () => log.storedFrom });
  const dedupe = openDedupeStore({ folder, log, report, now });
  const entryOf = createEntryOf(marks, options.reread);
  const stored = createStored(entryOf, options);
  const get = async (seq: number): Promise<StoredEntry | null> => {
    const record = await log.get(seq);
    return record && stored(record);
  };
  const after = createAfterMarks({
    marks,
    schedule,
    onMarked: options.onMarked,
    onSaved: (error) => upkeep.reportResult('marks', error),
    entryAt: async (seq) => (await get(seq))?.entry ?? null,
  });
  const retention = createRetention({ ...options, log, marks, saveSoon: after.saveSoon });
  const upkeep = createUpkeep({
    log,
    dedupe,
    marks,
    schedule,
    onWriteResult,
    removeOld: retention.removeOld,
    onSaved,
  });
  const recorder = createRecorder({
    log,
    dedupe,
    marks,
    entryOf,
    onMarked: after.marked,
    onRecorded: (record) => {
      options.onRecorded?.(record);
      upkeep.onRecorded();
    },
  });
  const cancelWarmUp = schedule(warmUpAfterMs, () => {
    dedupe.ready().catch(() => {}); // Tried again by the next delivery.
  });
  const page = createPages({ folder, log, stored, marks: marks.given });
  const parts = { folder, log, marks, after, upkeep, recorder, retention, get, page, stored, now };
  return historyOf({ ...parts, onDecided, onGiven, cancelWarmUp });
}

/** Makes an entry of a record, with what can be asked of it. */
const createStored =
  (
    entryOf: (record: HistoryRecord) => TimelineEntry,
    { factsOf, reread }: Pick<HistoryOptions, 'factsOf' | 'reread'>,
  ) =>
  (record: HistoryRecord): StoredEntry => ({
    record,
    entry: entryOf(record),
    facts: () => factsOf(record),
    readAgain: () => {
      const reading = reread(record);
      return entryOf(reading.status === 'event' ? { ...record, reading } : record);
    },
  });

const parseRecord = (value: unknown): HistoryRecord | null =>
  HistoryRecord.safeParse(value).data ?? null;

type Parts = {
  readonly folder: Folder;
  readonly log: Log<HistoryRecord>;
  readonly marks: Marks;
  readonly after: AfterMarks;
  readonly upkeep: Upkeep;
  readonly recorder: Recorder;
  readonly retention: HistoryRetention;
  readonly get: History['get'];
  readonly page: History['page'];
  readonly now: () => number;
  readonly stored: (record: HistoryRecord) => StoredEntry;
  readonly onDecided: (decided: Decided) => void;
  readonly onGiven: (changes: MarkChange[]) => void;
  readonly cancelWarmUp: () => void;
};

const historyOf = (parts: Parts): History => {
  const { log, marks, after, upkeep, recorder, retention, get, page, stored } = parts;
  return {
    record: recorder.record,
    adopt: async (draft, conflicts, marked) => {
      await recorder.adopt(draft, conflicts, marked);
      after.saveSoon();
    },
    isDuplicate: recorder.isDuplicate,
    get,
    seqOf: createFindEntry(parts),
    page,
    nearby: createNearby(parts),
    extent: () => extentOf({ log, archived: () => marks.given.ranges('archived') }),
    entryBefore: (at) => entryBefore(parts, at),
    oldestFirst: () => mapped(oldestFirst(log), stored),
    since: (seq) => mapped(log.oldestFirst(seq), stored),
    get count() {
      return readableIn(log).reduce((sum, { count }) => sum + count, 0) + log.unsealedCount;
    },
    get lastSeq() {
      return log.lastSeq;
    },
    get bytes() {
      return log.segments.reduce((sum, { bytes }) => sum + bytes, 0);
    },
    get segments() {
      return log.segments.length;
    },
    get oldestAt() {
      return readableIn(log)[0]?.firstAt ?? null;
    },
    damages: () => damagesIn(inOrder([...log.segments, ...log.unsealed])),
    readOnly: log.readOnly,
    removeOld: retention.removeOld,
    lossUnder: retention.lossUnder,
    get unseen() {
      return marks.countUnseen(log.numbers);
    },
    ...markingOf(parts),
    sealEarly: () => log.sealEarly().catch(() => {}),
    saveAll: upkeep.saveAll,
    close: async () => {
      parts.cancelWarmUp();
      after.stop();
      await log.close();
      upkeep.saveLast();
    },
  };
};

type Marking = Pick<
  History,
  'markSeen' | 'mark' | 'remark' | 'decide' | 'decideNow' | 'keepSilent'
>;

const markingOf = ({ log, marks, after, upkeep, onDecided, onGiven }: Parts): Marking => ({
  markSeen: (seqs, seen) => {
    for (const seq of seqs) {
      marks.give('seen', seen, [[seq, seq]]);
      after.marked(seq);
    }
  },
  mark: (mark, on, ranges) => {
    const changes = marks.give(mark, on, intersection(ranges, log.numbers));
    if (changes.length > 0) {
      after.saveSoon();
      onGiven(changes);
    }
    return changes;
  },
  remark: (seq, note, instead) => {
    marks.addNote(seq, note, instead);
    after.marked(seq);
  },
  decide: (seq, notification) => {
    marks.decide(seq, notification);
    onDecided({ seq, notification });
    after.saveSoon();
  },
  decideNow: (decided) => upkeep.attempt('marks', () => marks.decideNow(decided)),
  keepSilent: (entry, why) => {
    const notification = { shown: false, why };
    marks.decide(entry.seq, notification);
    after.saveSoon();
    return { ...entry, notification };
  },
});

const readableIn = ({ segments }: Pick<Log<HistoryRecord>, 'segments'>) =>
  segments.filter(({ damaged }) => !damaged);

async function* mapped<T, U>(values: AsyncIterable<T>, map: (value: T) => U): AsyncGenerator<U> {
  for await (const value of values) yield map(value);
}
