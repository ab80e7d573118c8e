import * as z from 'zod/mini';
import { CameAfter } from '../../shared/timeline.ts';
import { EncodedList, objectIn, wholeContent } from './lines.ts';
import type { Sequenced } from './log-state.ts';
import type { Ranges } from './seen.ts';

/** What the index knows of a segment. `damaged` ones cannot be read; their file is set aside under another name. */
export const SegmentInfo = z.object({
  number: z.int(),
  count: z.int(),
  firstSeq: z.int(),
  lastSeq: z.int(),
  /** Those of its numbers that no record has, because its line was lost: inclusive ranges. Left out when there are none. */
  missing: z.optional(z.array(z.tuple([z.int(), z.int()]))),
  /** The numbers of those that were admitted late, and after what each had come. Left out when there are none. */
  late: z.optional(z.array(z.tuple([z.int(), CameAfter]))),
  /** Epoch ms of the earliest and latest receipt; of what was admitted late only where there is nothing else. */
  firstAt: z.int(),
  lastAt: z.int(),
  bytes: z.int(),
  damaged: z.boolean(),
  /** How many of its entries cannot be read is a guess. Left out where it is known. */
  guessed: z.optional(z.boolean()),
});
export type SegmentInfo = z.infer<typeof SegmentInfo>;

/** The format of index and segments. A file with a larger one comes from a newer Hookbell (H17). */
export const formatVersion = 1;

const digits = (number: number): string => String(number).padStart(6, '0');
export const segmentName = (number: number): string => `seg-${digits(number)}`;
export const segmentFileName = (number: number): string => `${segmentName(number)}.json`;
export const journalFile = (number: number): string => `${segmentName(number)}.journal`;

const numberIn = (file: string, pattern: RegExp): number | null => {
  const found = pattern.exec(file)?.[1];
  return found === undefined ? null : Number(found);
};
export const journalNumber = (file: string) => numberIn(file, /^seg-(\d{6,})\.journal$/);
export const segmentNumber = (file: string) => numberIn(file, /^seg-(\d{6,})\.json$/);
export const setAsideNumber = (file: string) =>
  numberIn(file, /^seg-(\d{6,})\.(?:json|journal)\.corrupt-/);

const Versioned = z.object({ v: z.int() });
const SegmentFile = z.object({ v: z.int(), events: z.array(z.unknown()) });
const IndexFile = z.object({ v: z.int(), segments: z.array(z.unknown()) });

const headOf = (number: number, count: number) => ({ v: formatVersion, segment: number, count });

/** What a segment's file holds; each event is given as its JSON. */
export const segmentFile = (number: number, events: readonly Uint8Array[]) => ({
  ...headOf(number, events.length),
  events: new EncodedList(events),
});

/** Whether a file is that segment with so many events, every byte as it was written. */
export const isSegmentFile = (bytes: Uint8Array, number: number, count: number): boolean => {
  const head = `${JSON.stringify(headOf(number, count)).slice(1, -1)},`;
  return wholeContent(bytes)?.toString('latin1', 0, head.length) === head;
};

export const indexFile = (segments: readonly SegmentInfo[]) => ({ v: formatVersion, segments });

const isNewer = (value: unknown): boolean =>
  (Versioned.safeParse(value).data?.v ?? 0) > formatVersion;

const ourHead = `,"v":${formatVersion},`;
const checksumLength = '{"crc":"01234567"'.length;

/** Whether a newer Hookbell wrote a segment's file. What cannot be read says nothing of that. */
export const isNewerSegment = (bytes: Uint8Array): boolean => {
  const head = Buffer.from(bytes.subarray(checksumLength, checksumLength + ourHead.length));
  // Of ours there is nothing more to ask, and all of the file would be read for it.
  if (head.toString('latin1') === ourHead) return false;
  try {
    return segmentIn(bytes).newer;
  } catch {
    return false;
  }
};

/** What a sealed segment holds, not yet parsed. Throws when the file is damaged; a newer one may have nothing for us. */
export const segmentIn = (bytes: Uint8Array): { events: unknown[]; newer: boolean } => {
  const value = objectIn(bytes);
  const newer = isNewer(value);
  const read = SegmentFile.safeParse(value);
  if (!read.success && !newer) throw new SyntaxError('Not a segment');
  return { events: read.data?.events ?? [], newer };
};

const wholeNumbers = ['number', 'count', 'firstSeq', 'lastSeq', 'firstAt', 'lastAt', 'bytes'];

/** As `SegmentInfo` would say: for the hundreds that a start reads, it takes longer than reading them. */
const isSegmentInfo = (value: unknown): value is SegmentInfo => {
  if (typeof value !== 'object' || value === null) return false;
  if (['missing', 'late', 'guessed'].some((name) => name in value))
    return SegmentInfo.safeParse(value).success;
  const fields = new Map<string, unknown>(Object.entries(value));
  return (
    typeof fields.get('damaged') === 'boolean' &&
    wholeNumbers.every((name) => Number.isSafeInteger(fields.get(name)))
  );
};

/** The segments an index names. Throws when it makes no sense; a newer one may have nothing for us. */
export const indexIn = (value: unknown): { segments: SegmentInfo[]; newer: boolean } => {
  const newer = isNewer(value);
  const read = IndexFile.safeParse(value);
  const segments = (read.data?.segments ?? []).filter(isSegmentInfo);
  const isWhole = read.data?.segments.length === segments.length;
  if (!isWhole && !newer) throw new SyntaxError('Not an index');
  return { segments: isWhole ? segments : [], newer };
};

/** What the index says of a segment that holds these records; `records` is not empty. */
export const describeSegment = (
  number: number,
  records: readonly Sequenced[],
  bytes: number,
): SegmentInfo => {
  const [first, last] = [records[0], records.at(-1)];
  if (!first || !last) throw new SyntaxError('No events in it');
  const missing = records.flatMap(({ seq }, at): [number, number][] => {
    const before = records[at - 1]?.seq ?? seq;
    return seq > before + 1 ? [[before + 1, seq - 1]] : [];
  });
  const late = records.flatMap(({ seq, cameAfter }): [number, z.infer<typeof CameAfter>][] =>
    cameAfter === undefined ? [] : [[seq, cameAfter]],
  );
  const dated = late.length < records.length ? records.filter(isInTime) : records;
  const times = dated.map(({ receivedAt }) => receivedAt);
  return {
    number,
    count: records.length,
    firstSeq: first.seq,
    lastSeq: last.seq,
    ...(missing.length > 0 ? { missing } : {}),
    ...(late.length > 0 ? { late } : {}),
    firstAt: Math.min(...times),
    lastAt: Math.max(...times),
    bytes,
    damaged: false,
  };
};

const isInTime = ({ cameAfter }: Sequenced): boolean => cameAfter === undefined;

/** A segment that also lost what came before its first record or after its last, as far as these numbers. */
export const withLostEnds = (info: SegmentInfo, firstSeq: number, lastSeq: number): SegmentInfo => {
  const before: [number, number][] =
    firstSeq < info.firstSeq ? [[firstSeq, info.firstSeq - 1]] : [];
  const after: [number, number][] = lastSeq > info.lastSeq ? [[info.lastSeq + 1, lastSeq]] : [];
  if (before.length + after.length === 0) return info;
  return {
    ...info,
    firstSeq: Math.min(firstSeq, info.firstSeq),
    lastSeq: Math.max(lastSeq, info.lastSeq),
    missing: [...before, ...(info.missing ?? []), ...after],
  };
};

/** Whether an index that knows of lost lines wrote it: an older one only counted what was left. */
export const knowsItsNumbers = ({ count, firstSeq, lastSeq, missing }: SegmentInfo): boolean =>
  count === lastSeq - firstSeq + 1 || missing !== undefined;

/** The numbers of a segment's records. */
export const numbersIn = ({
  firstSeq,
  lastSeq,
  missing = [],
}: Pick<SegmentInfo, 'firstSeq' | 'lastSeq' | 'missing'>): Ranges => {
  const starts = [firstSeq, ...missing.map(([, end]) => end + 1)];
  const ends = [...missing.map(([start]) => start - 1), lastSeq];
  return starts
    .map((start, at) => [start, ends[at] ?? lastSeq] as const)
    .filter(([start, end]) => start <= end);
};

/** The oldest of them, as long as each is to go; it is asked with those that would still be there. */
export const oldestWhile = (
  segments: readonly SegmentInfo[],
  goes: (oldest: SegmentInfo, kept: readonly SegmentInfo[]) => boolean,
): readonly SegmentInfo[] => {
  let kept = segments;
  while (kept[0] && goes(kept[0], kept)) kept = kept.slice(1);
  return segments.slice(0, segments.length - kept.length);
};

export const inOrder = (segments: readonly SegmentInfo[]): SegmentInfo[] =>
  [...segments].sort((a, b) => a.number - b.number);
