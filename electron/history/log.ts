import type { Appender, Folder } from './folder.ts';
import { encodeLine } from './lines.ts';
import { openSegments } from './open-segments.ts';
import {
  describeSegment,
  eventsIn,
  indexFile,
  journalFile,
  type SegmentInfo,
  segmentFile,
  segmentName,
} from './segments.ts';

export type Sequenced = { readonly seq: number; readonly receivedAt: number };

export type LogOptions<R extends Sequenced> = {
  readonly folder: Folder;
  /** Null for what is no record of this log. */
  readonly parse: (value: unknown) => R | null;
  /** A segment is full at this many records or bytes of journal, whichever comes first. */
  readonly segmentRecords: number;
  readonly segmentBytes: number;
  /** Says what was found damaged, for people. */
  readonly report: (damage: string) => void;
  /** Called after a segment was sealed and before its journal goes: the moment to save what is derived from records. */
  readonly onSealed?: () => void;
};

/**
 * An append-only log on disk: a journal that is the truth for its segment, and sealed segments in electron-store files
 * (reliability.md, section 3). Sequence numbers are gapless unless a file was damaged.
 */
export type Log<R extends Sequenced> = {
  /**
   * Settles with the record once it is durable. Rejects with the system's error, keeping nothing, when the disk refuses.
   * `make` is called with the record's place in the log, once for every attempt to write it.
   */
  append(make: (seq: number) => R): Promise<R>;
  readonly lastSeq: number;
  readonly firstSeq: number;
  readonly segments: readonly SegmentInfo[];
  /** Records that no sealed segment holds yet. */
  readonly unsealedCount: number;
  get(seq: number): Promise<R | null>;
  /** Newest first, below `before` (null: from the newest). One segment is read at a time, the event loop runs in between. */
  newestFirst(before: number | null): AsyncGenerator<R>;
  /** Oldest first, from `from` on. */
  oldestFirst(from: number): AsyncGenerator<R>;
  /** Removes whole sealed segments, oldest first, as long as `drop` says so. */
  dropOldest(drop: (oldest: SegmentInfo, kept: readonly SegmentInfo[]) => boolean): Promise<void>;
  /** Writes the open segment's electron-store file too, so that it can be read with the journal gone. */
  mirror(): Promise<void>;
  /** Waits for everything appended so far, mirrors, and lets go of the files. */
  close(): Promise<void>;
};

/** A segment whose truth is still its journal. */
export type UnsealedSegment<R> = {
  readonly number: number;
  readonly records: R[];
  readonly appender: Appender;
  bytes: number;
  mirrored: number;
};

const batchBytes = 256 * 1024;
const cachedSegments = 4;

type Waiting<R> = {
  readonly make: (seq: number) => R;
  readonly resolve: (record: R) => void;
  readonly reject: (error: unknown) => void;
};

/** Opens, and where needed repairs, the log in a folder. */
export async function openLog<R extends Sequenced>(options: LogOptions<R>): Promise<Log<R>> {
  const { folder, parse, segmentRecords, segmentBytes, report, onSealed } = options;
  const found = await openSegments({ folder, parse, report });
  const segments: SegmentInfo[] = found.sealed;
  const unsealed: UnsealedSegment<R>[] = found.unsealed;
  const cache = new Map<number, R[]>();
  const waiting: Waiting<R>[] = [];
  let open = found.open;
  let writing: Promise<void> | null = null;
  let sealing: Promise<void> = Promise.resolve();
  let nextSeq =
    1 +
    Math.max(
      open.records.at(-1)?.seq ?? 0,
      unsealed.at(-1)?.records.at(-1)?.seq ?? 0,
      segments.at(-1)?.lastSeq ?? 0,
    );

  if (unsealed.length > 0) sealing = sealAll();

  function append(make: (seq: number) => R): Promise<R> {
    return new Promise((resolve, reject) => {
      waiting.push({ make, resolve, reject });
      writing ??= writeAll();
    });
  }

  async function writeAll(): Promise<void> {
    // Everything that arrives in this turn of the event loop shares one sync.
    await new Promise(setImmediate);
    while (waiting.length > 0) {
      await writeBatch();
      if (isFull()) await roll();
    }
    // In the same turn as the last look at what waits: what is appended after it starts a writer of its own.
    writing = null;
  }

  async function writeBatch(): Promise<void> {
    const batch: { record: R; waiter: Waiting<R> }[] = [];
    const lines: string[] = [];
    let size = 0;
    const room = Math.max(1, segmentRecords - open.records.length);
    while (size < batchBytes && batch.length < room) {
      const waiter = waiting.shift();
      if (!waiter) break;
      const record = waiter.make(nextSeq + batch.length);
      const line = encodeLine(JSON.stringify(record));
      batch.push({ record, waiter });
      lines.push(line);
      size += line.length;
    }
    const bytes = Buffer.from(lines.join(''));
    try {
      await open.appender.append(bytes);
    } catch (error) {
      // A half-written line must never be followed by a good one.
      await open.appender.truncate(open.bytes).catch(() => {});
      for (const { waiter } of batch) waiter.reject(error);
      return;
    }
    open.bytes += bytes.byteLength;
    nextSeq += batch.length;
    for (const { record, waiter } of batch) {
      open.records.push(record);
      waiter.resolve(record);
    }
  }

  const isFull = () => open.records.length >= segmentRecords || open.bytes >= segmentBytes;

  async function roll(): Promise<void> {
    try {
      const appender = await folder.openAppender(journalFile(open.number + 1));
      await folder.sync();
      unsealed.push(open);
      open = { number: open.number + 1, records: [], appender, bytes: 0, mirrored: 0 };
    } catch {
      return; // The full journal goes on taking records; rolling is tried again after the next batch.
    }
    sealing = sealing.then(sealAll);
  }

  async function sealAll(): Promise<void> {
    while (unsealed[0]) {
      try {
        await seal(unsealed[0]);
      } catch {
        return; // The journal keeps it; tried again at the next seal.
      }
    }
  }

  async function seal(segment: UnsealedSegment<R>): Promise<void> {
    const info = await writeSegment(segment.number, segment.records);
    if (info) {
      folder.store('index').write(indexFile([...segments, info]));
      segments.push(info);
      remember(segment.number, segment.records);
    }
    unsealed.shift();
    onSealed?.();
    await segment.appender.close();
    await folder.remove(journalFile(segment.number));
  }

  async function writeSegment(number: number, records: readonly R[]): Promise<SegmentInfo | null> {
    if (records.length === 0) return null;
    const name = segmentName(number);
    folder.store(name).write(segmentFile(number, records));
    await folder.sync();
    const written = await folder.read(`${name}.json`);
    if (!written || eventsIn(written).length !== records.length) {
      throw new Error(`${name} was not written whole`);
    }
    return describeSegment(number, records, written.byteLength);
  }

  async function recordsOf(number: number): Promise<readonly R[]> {
    const inMemory = [...unsealed, open].find((segment) => segment.number === number)?.records;
    const known = inMemory ?? cache.get(number);
    if (known) return known;
    const bytes = await folder.read(`${segmentName(number)}.json`);
    const records = bytes ? eventsIn(bytes).flatMap((event) => parse(event) ?? []) : [];
    remember(number, records);
    return records;
  }

  function remember(number: number, records: R[]): void {
    cache.delete(number);
    cache.set(number, records);
    for (const oldest of cache.keys()) {
      if (cache.size <= cachedSegments) break;
      cache.delete(oldest);
    }
  }

  /** Every readable segment with its first sequence number, oldest first. */
  const readable = () => [
    ...segments
      .filter(({ damaged }) => !damaged)
      .map(({ number, firstSeq, lastSeq }) => ({ number, firstSeq, lastSeq })),
    ...[...unsealed, open].map(({ number, records }) => ({
      number,
      firstSeq: records[0]?.seq ?? nextSeq,
      lastSeq: records.at(-1)?.seq ?? nextSeq - 1,
    })),
  ];

  async function segmentRecordsOrNone(number: number): Promise<readonly R[]> {
    try {
      return await recordsOf(number);
    } catch {
      report(`${segmentName(number)} cannot be read`);
      return [];
    }
  }

  async function* newestFirst(before: number | null): AsyncGenerator<R> {
    const end = before ?? Number.POSITIVE_INFINITY;
    for (const { number } of readable()
      .filter(({ firstSeq }) => firstSeq < end)
      .reverse()) {
      const records = await segmentRecordsOrNone(number);
      for (let at = records.length - 1; at >= 0; at -= 1) {
        const record = records[at];
        if (record && record.seq < end) yield record;
      }
    }
  }

  async function* oldestFirst(from: number): AsyncGenerator<R> {
    for (const { number } of readable().filter(({ lastSeq }) => lastSeq >= from)) {
      for (const record of [...(await segmentRecordsOrNone(number))]) {
        if (record.seq >= from) yield record;
      }
    }
  }

  async function get(seq: number): Promise<R | null> {
    const home = readable().find(({ firstSeq, lastSeq }) => firstSeq <= seq && seq <= lastSeq);
    if (!home) return null;
    return (await segmentRecordsOrNone(home.number)).find((record) => record.seq === seq) ?? null;
  }

  async function dropOldest(
    drop: (oldest: SegmentInfo, kept: readonly SegmentInfo[]) => boolean,
  ): Promise<void> {
    await sealing;
    for (let oldest = segments[0]; oldest && drop(oldest, segments); oldest = segments[0]) {
      segments.shift();
      cache.delete(oldest.number);
      folder.store('index').write(indexFile(segments));
      await folder.remove(`${segmentName(oldest.number)}.json`);
    }
  }

  async function mirror(): Promise<void> {
    const segment = open;
    const records = [...segment.records];
    if (segment.mirrored === records.length) return;
    await writeSegment(segment.number, records);
    segment.mirrored = records.length;
  }

  async function close(): Promise<void> {
    while (writing) await writing;
    await sealing;
    await mirror().catch(() => {});
    await Promise.all([...unsealed, open].map(({ appender }) => appender.close()));
  }

  return {
    append,
    get lastSeq() {
      return nextSeq - 1;
    },
    get firstSeq() {
      return readable()[0]?.firstSeq ?? nextSeq;
    },
    segments,
    get unsealedCount() {
      return [...unsealed, open].reduce((sum, { records }) => sum + records.length, 0);
    },
    get,
    newestFirst,
    oldestFirst,
    dropOldest,
    mirror,
    close,
  };
}
