import type { Place } from '../../shared/place.ts';
import type { Later } from '../later.ts';
import type { Folder } from './folder.ts';
import { type Context, type Failpoint, keptFrom, type Sequenced, type Tried } from './log-state.ts';
import { createLookOver } from './look-over.ts';
import { openSegments } from './open-segments.ts';
import { createReading } from './reading.ts';
import { createSealing, type Drop } from './sealing.ts';
import type { Ranges } from './seen.ts';
import { describeSegment, type SegmentInfo } from './segments.ts';
import { createWriting } from './writing.ts';

export type { Sequenced } from './log-state.ts';

export type LogOptions<R extends Sequenced> = {
  readonly folder: Folder;
  /** Null for what is no record of this log. */
  readonly parse: (value: unknown) => R | null;
  /** A segment is full at this many records or bytes of journal, whichever comes first. */
  readonly segmentRecords: number;
  readonly segmentBytes: number;
  /** Says what was found damaged, for people. */
  readonly report: (damage: string) => void;
  /** Told of what can be done without for a while: sealed segments. Whoever appends is told of events. */
  readonly tried?: Tried;
  /** Left out: whoever waits for a sync is never kept waiting for company. */
  readonly later?: Later;
  /** Whoever opens it calls `lookOver` before anything is appended; else the sizes are compared when it is opened. */
  readonly looksLater?: boolean;
  /** Called after a segment was sealed and before its journal goes: the moment to save what is derived from records. */
  readonly onSealed?: () => void;
  /** Called at each named step and waited for, so that a test may end the process there (L4). */
  readonly failpoint?: (name: Failpoint) => void | Promise<void>;
};

/**
 * An append-only log on disk: a journal that is the truth for its segment, and sealed segments in electron-store files
 * (reliability.md, section 3). Sequence numbers are gapless unless a file was damaged, and never given twice.
 */
export type Log<R extends Sequenced> = {
  /**
   * Settles with the record once it is durable. Rejects with the system's error, keeping nothing, when the disk refuses;
   * with an error of its own once the log is closed, or when it is only read.
   * `make` is called with the record's place in the log, once for every attempt to write it.
   */
  append(make: (seq: number) => R): Promise<R>;
  readonly lastSeq: number;
  readonly firstSeq: number;
  /** What is known of records below it may go: see `keptFrom`. */
  readonly keptFrom: number;
  /** The numbers of all records that can be read; what was lost is not among them. */
  readonly numbers: Ranges;
  /** Where those stand that were admitted late, as far as they can be read. */
  readonly late: readonly Place[];
  /** Sealed segments, oldest first, damaged ones among them. */
  readonly segments: readonly SegmentInfo[];
  /** The segments that are not sealed yet, by number, the open one last if it has records. */
  readonly unsealed: readonly SegmentInfo[];
  /** Records that no sealed segment holds yet. */
  readonly unsealedCount: number;
  /** A newer Hookbell wrote here: nothing is appended, repaired, sealed or forgotten (H17). */
  readonly readOnly: boolean;
  get(seq: number): Promise<R | null>;
  /** By their numbers, the newest first, below `before` (null: from the newest) and down to `from` (null: to the first). One segment is read at a time, the event loop runs in between. */
  newestFirst(before: number | null, from?: number | null): AsyncGenerator<R>;
  /** By their numbers, the oldest first, from `from` on. */
  oldestFirst(from: number): AsyncGenerator<R>;
  /** Removes whole sealed segments, oldest first, as long as `drop` says so. Rejects where files stay: they go the next time. */
  dropOldest(drop: Drop): Promise<void>;
  /** What `dropOldest` would remove, when what is being sealed now is. Nothing where nothing is written. */
  wouldDrop(drop: Drop): Promise<readonly SegmentInfo[]>;
  /** Finds sealed segments whose files are not as large as they were (H10). Again is the same as once. */
  lookOver(): Promise<void>;
  /** Writes the open segment's electron-store file too, so that it can be read with the journal gone. */
  mirror(): Promise<void>;
  /** Waits for everything appended so far, mirrors, and lets go of the files. Again is the same as once. */
  close(): Promise<void>;
};

const never: Later = () => () => {};

/** Opens, and where needed repairs, the log in a folder. */
export async function openLog<R extends Sequenced>(options: LogOptions<R>): Promise<Log<R>> {
  const { onSealed = () => {}, failpoint = () => {}, tried = () => {}, later = never } = options;
  const { looksLater = false } = options;
  const context: Context<R> = { ...options, tried, later, looksLater, at: failpoint };
  const state = await openSegments(context);
  const lookOver = createLookOver(context, state);
  const reading = createReading(context, state);
  const sealing = createSealing(context, state, reading, { onSealed });
  const writing = createWriting(context, state, reading, sealing.sealAll);
  let closing: Promise<void> | null = null;

  if (!state.readOnly) void sealing.sealAll();

  const refusal = () => {
    if (state.readOnly) return new Error('The history was written by a newer Hookbell');
    return closing ? new Error('The history is closed') : null;
  };

  async function close(): Promise<void> {
    await writing.idle();
    await writing.close().catch(() => {});
    if (!state.readOnly) await sealing.mirror().catch(() => {});
    await state.open.appender?.close();
  }

  return {
    append: (make) => {
      const refused = refusal();
      return refused ? Promise.reject(refused) : writing.append(make);
    },
    get lastSeq() {
      return state.nextSeq - 1;
    },
    get firstSeq() {
      return reading.readable()[0]?.firstSeq ?? state.nextSeq;
    },
    get keptFrom() {
      return keptFrom(state);
    },
    get numbers() {
      return reading.numbers();
    },
    get late() {
      return reading.late();
    },
    get segments() {
      return state.sealed;
    },
    get unsealed() {
      const { number, records, bytes } = state.open;
      const full = state.full.map(({ info }) => info);
      return records.length > 0 ? [...full, describeSegment(number, records, bytes)] : full;
    },
    get unsealedCount() {
      const full = state.full.reduce((sum, { info }) => sum + info.count, 0);
      return full + state.open.records.length;
    },
    get readOnly() {
      return state.readOnly;
    },
    get: reading.get,
    newestFirst: reading.newestFirst,
    oldestFirst: reading.oldestFirst,
    dropOldest: async (drop) => {
      if (!refusal()) await sealing.dropOldest(drop);
    },
    wouldDrop: async (drop) => (refusal() ? [] : sealing.wouldDrop(drop)),
    lookOver,
    mirror: async () => {
      if (!refusal()) await sealing.mirror();
    },
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}
