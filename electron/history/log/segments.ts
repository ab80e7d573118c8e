import * as z from 'zod/mini';
import type { Damage } from '../../../shared/gap.ts';
import { InsertAfter } from '../../../shared/insert-after.ts';
import type { Place } from '../../../shared/place.ts';
import { EncodedList, objectIn, wholeContent } from '../../storage/checked-json.ts';
import { formatVersion } from '../../storage/format.ts';
import type { Ranges } from './ranges.ts';

/** A record as far as the log knows it. `receivedAt`: epoch ms. */
export type Sequenced = Place & { readonly receivedAt: number };

/** What the index lists of a segment. The file of a damaged one is set aside under another name. */
export const SegmentInfo = z.object({
  number: z.int(),
  /** 0 where nobody knows how many entries a damaged one held. */
  count: z.int(),
  firstSeq: z.int(),
  lastSeq: z.int(),
  /** Its numbers whose lines were lost, as inclusive ranges. Left out when there are none. */
  missing: z.optional(z.array(z.tuple([z.int(), z.int()]))),
  /** The numbers of records that were admitted late, and after what each had come. Left out when there are none. The name is the format's. */
  late: z.optional(z.array(z.tuple([z.int(), InsertAfter]))),
  /** Epoch ms of the earliest and latest receipt; records that were admitted late count only where there is nothing else. */
  firstAt: z.int(),
  lastAt: z.int(),
  bytes: z.int(),
  damaged: z.boolean(),
  /** An older Hookbell guessed how many entries a damaged segment held. */
  guessed: z.optional(z.boolean()),
});
export type SegmentInfo = Omit<z.infer<typeof SegmentInfo>, 'guessed'>;

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

const SegmentFile = z.object({ events: z.array(z.unknown()) });
const IndexFile = z.object({ segments: z.array(z.unknown()) });

const headOf = (number: number, count: number) => ({ v: formatVersion, segment: number, count });

/** What a segment's file holds; each event is given as its JSON. */
export const segmentFile = (number: number, events: readonly Uint8Array[]) => ({
  ...headOf(number, events.length),
  events: new EncodedList(events),
});

/** Whether a file is that segment, whole, with so many events. */
export const isSegmentFile = (bytes: Uint8Array, number: number, count: number): boolean => {
  const head = `${JSON.stringify(headOf(number, count)).slice(1, -1)},`;
  return wholeContent(bytes)?.toString('latin1', 0, head.length) === head;
};

export const indexFile = (segments: readonly SegmentInfo[]) => ({ v: formatVersion, segments });

/** The events of a segment's file, not yet parsed. Throws when the file is damaged. */
export const eventsIn = (bytes: Uint8Array): unknown[] => {
  const read = SegmentFile.safeParse(objectIn(bytes)).data;
  if (!read) throw new SyntaxError('Not a segment');
  return read.events;
};

const wholeNumbers = ['number', 'count', 'firstSeq', 'lastSeq', 'firstAt', 'lastAt', 'bytes'];

/** As `SegmentInfo` decides, but faster: a start checks hundreds. */
const isSegmentInfo = (value: unknown): value is z.infer<typeof SegmentInfo> => {
  if (typeof value !== 'object' || value === null) return false;
  if (['missing', 'late', 'guessed'].some((name) => name in value))
    return SegmentInfo.safeParse(value).success;
  const fields = new Map<string, unknown>(Object.entries(value));
  return (
    typeof fields.get('damaged') === 'boolean' &&
    wholeNumbers.every((name) => Number.isSafeInteger(fields.get(name)))
  );
};

/** The segments an index names. Throws when it makes no sense. */
export const segmentsIn = (index: unknown): SegmentInfo[] => {
  const listed = IndexFile.safeParse(index).data?.segments ?? [null];
  const segments = listed.filter(isSegmentInfo);
  if (segments.length < listed.length) throw new SyntaxError('Not an index');
  return segments.map(({ guessed = false, ...info }) => (guessed ? { ...info, count: 0 } : info));
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
  const late = records.flatMap(({ seq, cameAfter }): [number, z.infer<typeof InsertAfter>][] =>
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

/** A segment that also lost lines before its first record or after its last, as far as these numbers. */
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

/** An index of an older version only counted the records that were left. */
export const knowsItsNumbers = ({ count, firstSeq, lastSeq, missing }: SegmentInfo): boolean =>
  count === lastSeq - firstSeq + 1 || missing !== undefined;

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

/** The oldest segments, as long as `goes` says so of each; it is called with those that are still there. */
export const oldestWhile = (
  segments: readonly SegmentInfo[],
  goes: (oldest: SegmentInfo, stored: readonly SegmentInfo[]) => boolean,
): readonly SegmentInfo[] => {
  let stored = segments;
  while (stored[0] && goes(stored[0], stored)) stored = stored.slice(1);
  return segments.slice(0, segments.length - stored.length);
};

export const inOrder = (segments: readonly SegmentInfo[]): SegmentInfo[] =>
  [...segments].sort((a, b) => a.number - b.number);

/** Damaged segments, and lines that segments lost; by number. A loss at an end is dated by the neighbour. */
export const damagesIn = (segments: readonly SegmentInfo[]): Damage[] =>
  segments.flatMap((segment, at) => {
    const entries = lostIn(segment);
    if (entries === 0) return [];
    const { firstAt, lastAt } = segment;
    const before = beginsLost(segment) ? segments[at - 1] : undefined;
    const after = endsLost(segment) ? segments[at + 1] : undefined;
    const from = Math.min(firstAt, before?.lastAt ?? firstAt);
    const to = Math.max(lastAt, after?.firstAt ?? lastAt);
    return [{ from, to, entries }];
  });

/** How many entries cannot be read; null where nobody knows. */
const lostIn = ({ damaged, count, missing = [] }: SegmentInfo): number | null =>
  damaged && count === 0
    ? null
    : missing.reduce((sum, [from, to]) => sum + to - from + 1, damaged ? count : 0);

const beginsLost = ({ firstSeq, missing = [] }: SegmentInfo): boolean =>
  missing[0]?.[0] === firstSeq;

/** Also where nothing followed the segment when it was found damaged: its end was not known. */
const endsLost = ({ lastSeq, missing = [], damaged, firstAt, lastAt }: SegmentInfo): boolean =>
  missing.at(-1)?.[1] === lastSeq || (damaged && firstAt === lastAt);
