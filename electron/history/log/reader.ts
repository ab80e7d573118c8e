import { type Place, placeOf } from '../../../shared/place.ts';
import type { LogState } from './log-state.ts';
import { joined, type Ranges } from './ranges.ts';
import type { SegmentCache } from './segment-cache.ts';
import { inOrder, numbersIn, type SegmentInfo, type Sequenced } from './segments.ts';

/** Reads the records of a log, a segment at a time. What cannot be read is reported, never thrown. */
export type Reader<R> = {
  /** The sequence number of the first record that can be read; null where there is none. */
  firstSeq(): number | null;
  numbers(): Ranges;
  late(): Place[];
  newestFirst(before: number | null, from?: number | null): AsyncGenerator<R>;
  oldestFirst(from: number): AsyncGenerator<R>;
  get(seq: number): Promise<R | null>;
};

export const createReader = <R extends Sequenced>(
  state: LogState<R>,
  { recordsOrNone }: Pick<SegmentCache<R>, 'recordsOrNone'>,
): Reader<R> => ({
  firstSeq: () => readable(state)[0]?.firstSeq ?? null,
  numbers: () => numbersOf(state),
  late: () => lateIn(state),
  newestFirst: async function* (before, from = null) {
    const end = before ?? Number.POSITIVE_INFINITY;
    const start = from ?? 1;
    const segments = readable(state).filter(
      ({ firstSeq, lastSeq }) => firstSeq < end && lastSeq >= start,
    );
    for (const { number } of segments.reverse()) {
      const records = await recordsOrNone(number);
      for (let at = records.length - 1; at >= 0; at -= 1) {
        const record = records[at];
        if (record && record.seq < end && record.seq >= start) yield record;
      }
    }
  },
  oldestFirst: async function* (from) {
    for (const { number } of readable(state).filter(({ lastSeq }) => lastSeq >= from))
      for (const record of [...(await recordsOrNone(number))]) if (record.seq >= from) yield record;
  },
  get: async (seq) => {
    // Most that is asked for has just come, so the segments are not searched for it.
    const { records } = state.open;
    const [first] = records;
    if (first && seq >= first.seq) return records.find((record) => record.seq === seq) ?? null;
    const home = readable(state).find(({ firstSeq, lastSeq }) => firstSeq <= seq && seq <= lastSeq);
    if (!home) return null;
    return (await recordsOrNone(home.number)).find((record) => record.seq === seq) ?? null;
  },
});

const readable = <R extends Sequenced>({ sealed, full, open, nextSeq }: LogState<R>) =>
  [
    ...sealed.filter(({ damaged }) => !damaged),
    ...full,
    { number: open.number, firstSeq: open.records[0]?.seq ?? nextSeq, lastSeq: nextSeq - 1 },
  ].sort((a, b) => a.number - b.number);

/** The numbers of all records that can be read, as far as the index knows. */
const numbersOf = <R extends Sequenced>({ sealed, full, open }: LogState<R>): Ranges => {
  const [first, last] = [open.records[0], open.records.at(-1)];
  return joined([
    ...inOrder([...sealed.filter(({ damaged }) => !damaged), ...full]).flatMap(numbersIn),
    ...(first && last ? [[first.seq, last.seq] as const] : []),
  ]);
};

/** Called for every page; most histories have none, so segments without any allocate nothing. */
const lateIn = <R extends Sequenced>({ sealed, full, open }: LogState<R>): Place[] => {
  const places: Place[] = [];
  const inSegment = (segment: SegmentInfo) => {
    for (const [seq, cameAfter] of segment.late ?? []) places.push({ seq, cameAfter });
  };
  for (const segment of sealed) if (!segment.damaged) inSegment(segment);
  for (const segment of full) inSegment(segment);
  for (const record of open.records)
    if (record.cameAfter !== undefined) places.push(placeOf(record));
  return places;
};
