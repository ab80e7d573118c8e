import type { Place } from '../../../shared/place.ts';
import type { Schedule } from '../../schedule.ts';
import type { Folder } from '../../storage/folder.ts';
import type { OnWriteResult } from '../../storage/write-result.ts';
import { type Context, type Failpoint, type LogState, storedFrom } from './log-state.ts';
import type { Ranges } from './ranges.ts';
import { createReader, type Reader } from './reader.ts';
import { openSegments } from './recovery.ts';
import type { ShouldRemove } from './remover.ts';
import { createRoller, type Roller } from './roller.ts';
import { createSealer, type Sealer } from './sealer.ts';
import { createSegmentCache } from './segment-cache.ts';
import type { Sequenced } from './segments.ts';
import { describeSegment, type SegmentInfo } from './segments.ts';
import { createWriter, type Writer } from './writer.ts';

export type LogOptions<R extends Sequenced> = {
  readonly folder: Folder;
  /** Null for what is not a record of this log. */
  readonly parse: (value: unknown) => R | null;
  /** A segment is full at this many records or bytes of journal, whichever comes first. */
  readonly segmentRecords: number;
  readonly segmentBytes: number;
  /** Called with what was found damaged, for people. */
  readonly report: (damage: string) => void;
  /** Called with the result of every seal; the result of an append is its promise. */
  readonly onWriteResult?: OnWriteResult;
  /** Left out: the writer never waits for a larger batch. */
  readonly schedule?: Schedule;
  /** Called after a segment was sealed and before its journal goes: the moment to save what is derived from records. */
  readonly onSealed?: () => void;
  /** Called at each named step and waited for, so that a test may end the process there (L4). */
  readonly failpoint?: (name: Failpoint) => void | Promise<void>;
};

/**
 * An append-only log on disk: a journal that is the truth for its segment, and sealed segments in electron-store files
 * (H1 to H18). Sequence numbers are gapless unless a file was damaged, and never given twice.
 */
export type Log<R extends Sequenced> = {
  /**
   * Resolves with the record once it is durable. Rejects with the system's error, writing nothing, when the disk refuses; with another one
   * when the log is closed or read-only. `make` is called with the sequence number, once for each attempt.
   */
  append(make: (seq: number) => R): Promise<R>;
  readonly lastSeq: number;
  readonly firstSeq: number;
  /** State that is derived from records below it may be removed: see `log-state.ts`. */
  readonly storedFrom: number;
  /** The numbers of all records that can be read. */
  readonly numbers: Ranges;
  /** The places of records that were admitted late, as far as they can be read. */
  readonly late: readonly Place[];
  /** Sealed segments, oldest first, damaged ones among them. */
  readonly segments: readonly SegmentInfo[];
  /** Full segments, and the open one if it has records; by number. */
  readonly unsealed: readonly SegmentInfo[];
  /** Records that no sealed segment holds yet. */
  readonly unsealedCount: number;
  /** A newer Hookbell wrote here: nothing is appended, repaired, sealed or removed (H17). */
  readonly readOnly: boolean;
  get(seq: number): Promise<R | null>;
  /** From the newest below `before` (null: all) down to `from` (null: all). One segment is read at a time; the event loop runs in between. */
  newestFirst(before: number | null, from?: number | null): AsyncGenerator<R>;
  oldestFirst(from: number): AsyncGenerator<R>;
  /** Removes whole sealed segments, oldest first, as long as `should` says so. Rejects with the system's error; a file that stays is tried again the next time. */
  removeOldest(should: ShouldRemove): Promise<void>;
  /** What `removeOldest` would remove, once the seals under way are done. Nothing in a log that is only read. */
  wouldRemove(should: ShouldRemove): Promise<readonly SegmentInfo[]>;
  /** Seals what is full and could not be sealed before. Rejects with the system's error; the journals hold it then. */
  sealFull(): Promise<void>;
  /** Like `sealFull`, and also seals the open segment before it is full. */
  sealEarly(): Promise<void>;
  /** Waits for everything appended so far, seals the open segment, and closes the files. Idempotent. */
  close(): Promise<void>;
};

const never: Schedule = () => () => {};

/** Opens, and where needed repairs, the log in a folder. */
export async function openLog<R extends Sequenced>(options: LogOptions<R>): Promise<Log<R>> {
  const context: Context<R> = {
    ...options,
    onWriteResult: options.onWriteResult ?? (() => {}),
    schedule: options.schedule ?? never,
    at: options.failpoint ?? (() => {}),
  };
  const state = await openSegments(context);
  const cache = createSegmentCache(context, state);
  const reader = createReader(state, cache);
  const sealer = createSealer(context, state, cache, options.onSealed ?? (() => {}));
  const roller = createRoller(context, state, cache, sealer.sealAll);
  const writer = createWriter(context, state, roller);
  if (!state.readOnly) void sealer.sealAll();
  return logOf({ state, reader, sealer, roller, writer });
}

type Parts<R extends Sequenced> = {
  readonly state: LogState<R>;
  readonly reader: Reader<R>;
  readonly sealer: Sealer;
  readonly roller: Roller;
  readonly writer: Writer<R>;
};

const logOf = <R extends Sequenced>(parts: Parts<R>): Log<R> => {
  const { state, reader, sealer, writer } = parts;
  let closing: Promise<void> | null = null;

  const refusal = () => {
    if (state.readOnly) return new Error('The history was written by a newer Hookbell');
    return closing ? new Error('The history is closed') : null;
  };

  return {
    append: (make) => {
      const refused = refusal();
      return refused ? Promise.reject(refused) : writer.append(make);
    },
    get lastSeq() {
      return state.nextSeq - 1;
    },
    get firstSeq() {
      return reader.firstSeq() ?? state.nextSeq;
    },
    get storedFrom() {
      return storedFrom(state);
    },
    get numbers() {
      return reader.numbers();
    },
    get late() {
      return reader.late();
    },
    get segments() {
      return state.sealed;
    },
    get unsealed() {
      return unsealedIn(state);
    },
    get unsealedCount() {
      return state.full.reduce((sum, { count }) => sum + count, state.open.records.length);
    },
    readOnly: state.readOnly,
    get: reader.get,
    newestFirst: reader.newestFirst,
    oldestFirst: reader.oldestFirst,
    removeOldest: async (should) => (refusal() ? undefined : sealer.removeOldest(should)),
    wouldRemove: async (should) => (refusal() ? [] : sealer.wouldRemove(should)),
    sealFull: async () => (refusal() ? undefined : sealer.sealFull()),
    sealEarly: async () => (refusal() ? undefined : sealEarly(parts)),
    close: () => {
      closing ??= close(parts);
      return closing;
    },
  };
};

const unsealedIn = <R extends Sequenced>({ full, open }: LogState<R>): readonly SegmentInfo[] => {
  const { number, records, bytes } = open;
  return records.length > 0 ? [...full, describeSegment(number, records, bytes)] : full;
};

async function sealEarly<R extends Sequenced>({ writer, sealer }: Parts<R>): Promise<void> {
  await writer.endSegment();
  await sealer.sealFull();
}

async function close<R extends Sequenced>(parts: Parts<R>): Promise<void> {
  const { state, writer, roller } = parts;
  await writer.idle();
  await roller.close().catch(() => {});
  if (!state.readOnly) await sealEarly(parts).catch(() => {});
  await state.open.appender?.close();
}
