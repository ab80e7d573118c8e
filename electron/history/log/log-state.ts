import type { Schedule } from '../../schedule.ts';
import type { Appender, Folder } from '../../storage/folder.ts';
import type { OnWriteResult } from '../../storage/write-result.ts';
import { inOrder, type SegmentInfo, type Sequenced } from './segments.ts';

/** The steps at which a test may end the process or hold it up (L4). Recovery, writing, rolling, sealing, removing. */
export const failpoints = [
  ...['open:listed', 'open:looked', 'open:tidied', 'open:set-aside', 'open:indexed'],
  ...['open:opened', 'open:cut'],
  ...['write:before', 'write:after', 'write:refused', 'write:cut'],
  ...['roll:before', 'roll:opened', 'roll:done'],
  ...['segment:before', 'segment:cleared', 'segment:written', 'segment:synced', 'segment:read'],
  ...['seal:indexed', 'seal:derived', 'seal:done'],
  ...['remove:indexed', 'remove:done'],
] as const;
export type Failpoint = (typeof failpoints)[number];

export type Context<R> = {
  readonly folder: Folder;
  /** Null for what is no record of this log. */
  readonly parse: (value: unknown) => R | null;
  readonly report: (damage: string) => void;
  readonly segmentRecords: number;
  readonly segmentBytes: number;
  readonly onWriteResult: OnWriteResult;
  readonly schedule: Schedule;
  readonly at: (name: Failpoint) => void | Promise<void>;
};

/** A segment may grow to so many times its limit while its successor cannot be opened; sealing it blocks for that much longer (H4). */
export const overfull = 8;
/** No segment holds more than so many times its limit: the last batch may add one limit more. */
export const mostOverfull = overfull + 1;

/** The segment that takes what is appended. */
export type OpenSegment<R> = {
  readonly number: number;
  readonly records: R[];
  /** Null until its journal could be opened. */
  appender: Appender | null;
  /** Where the last durable line ends. */
  bytes: number;
  /** There may be bytes after `bytes` that are cut off before the next line. */
  torn: boolean;
};

export type LogState<R> = {
  sealed: SegmentInfo[];
  /** Full segments that are not sealed yet; `bytes` are the journal's. By number. */
  full: SegmentInfo[];
  /** Full segments whose journals are not as they were written. */
  readonly damagedJournals: ReadonlySet<number>;
  /** Removed segments of which some files are still there. By number. */
  retired: readonly SegmentInfo[];
  /** Segments whose journals could not be read: they count again at a start when they can. */
  readonly unread: ReadonlySet<number>;
  open: OpenSegment<R>;
  nextSeq: number;
  /** A newer Hookbell wrote here: nothing in the folder is changed (H17). */
  readonly readOnly: boolean;
};

/** Below this number no record is stored, nor will one be readable again. 1 while the oldest segment cannot be read: where it begins is not known. */
export const storedFrom = <R extends Sequenced>(state: LogState<R>): number => {
  const { sealed, full, retired, open, nextSeq } = state;
  const [oldest] = inOrder([retired[0], sealed[0], full[0]].flatMap((info) => info ?? []));
  if (oldest?.damaged) return 1;
  return oldest?.firstSeq ?? open.records[0]?.seq ?? nextSeq;
};

export const emptySegment = <R>(number: number, appender: Appender | null): OpenSegment<R> => ({
  number,
  records: [],
  appender,
  bytes: 0,
  torn: false,
});
