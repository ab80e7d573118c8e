import type { Place } from '../../shared/place.ts';
import type { Later } from '../later.ts';
import type { Appender, Folder } from './folder.ts';
import { inOrder, type SegmentInfo } from './segments.ts';

export type Sequenced = Place & { readonly receivedAt: number };

/** The steps at which a test may end the process or hold it up (L4). Recovery, writing, rolling, sealing, forgetting. */
export const failpoints = [
  ...['open:listed', 'open:looked', 'open:tidied', 'open:set-aside', 'open:indexed'],
  ...['open:opened', 'open:cut'],
  ...['write:before', 'write:after', 'write:refused', 'write:cut'],
  ...['roll:before', 'roll:opened', 'roll:done'],
  ...['segment:before', 'segment:cleared', 'segment:written', 'segment:synced', 'segment:read'],
  ...['seal:kept', 'seal:indexed', 'seal:derived', 'seal:done'],
  ...['forget:indexed', 'forget:done'],
] as const;
export type Failpoint = (typeof failpoints)[number];

/** What is written, as far as a person may have to know that it was not. */
export type Written = 'events' | 'segments' | 'marks' | 'repeats' | 'retention' | 'quarantine';
/** Told of every try to write one of these, with the error; null when it is on disk. */
export type Tried = (what: Written, error: unknown) => void;

/** What every part of a log works with. */
export type Context<R> = {
  readonly folder: Folder;
  /** Null for what is no record of this log. */
  readonly parse: (value: unknown) => R | null;
  readonly report: (damage: string) => void;
  readonly segmentRecords: number;
  readonly segmentBytes: number;
  readonly tried: Tried;
  readonly later: Later;
  readonly looksLater: boolean;
  readonly at: (name: Failpoint) => void | Promise<void>;
};

/** The segment that takes what is appended. */
export type OpenSegment<R> = {
  readonly number: number;
  readonly records: R[];
  /** Null until its journal could be opened. */
  appender: Appender | null;
  /** Where the last durable line ends. */
  bytes: number;
  /** There is, or may be, something after `bytes` that has to go before the next line. */
  torn: boolean;
  mirrored: number;
};

/** A segment that takes no more, but whose truth is still its journal. `bytes` are the journal's. */
export type FullSegment<R> = {
  readonly info: SegmentInfo;
  /** All that can be read of a damaged journal and of its mirrors; null where the journal is as it was written. */
  readonly salvaged: readonly R[] | null;
  /** Its mirror could not be read: it is sealed after a start when it can. */
  readonly mayHaveMore: boolean;
};

export type LogState<R> = {
  /** By number. */
  sealed: SegmentInfo[];
  /** By number. */
  full: FullSegment<R>[];
  /** Forgotten, but some of their files are still there. By number. */
  leaving: readonly SegmentInfo[];
  /** The sealed ones whose journals are there and could not be read: they count again at a start when they can. */
  readonly unread: ReadonlySet<number>;
  open: OpenSegment<R>;
  nextSeq: number;
  /** A newer Hookbell wrote here: nothing in the folder is changed (H17). */
  readOnly: boolean;
};

/**
 * Below this number no record is kept, and none may be read again one day. 1 where that is not certain: while the oldest
 * segment cannot be read, nobody knows for sure where it begins.
 */
export const keptFrom = <R extends Sequenced>(state: LogState<R>): number => {
  const { sealed, full, leaving, open, nextSeq } = state;
  const [oldest] = inOrder([leaving[0], sealed[0], full[0]?.info].flatMap((info) => info ?? []));
  if (oldest?.damaged) return 1;
  return oldest?.firstSeq ?? open.records[0]?.seq ?? nextSeq;
};

export const emptySegment = <R>(number: number, appender: Appender | null): OpenSegment<R> => ({
  ...{ number, records: [], appender, bytes: 0, torn: false, mirrored: 0 },
});
