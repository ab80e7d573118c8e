import { byPlace, isBelow, type Place } from '../../shared/place.ts';
import type { Log } from './log/log.ts';
import type { Sequenced } from './log/segments.ts';

type Late<R extends Sequenced> = Pick<Log<R>, 'late' | 'get'>;

/**
 * What lies below a place (null: everything), down to the record of a number that was admitted in time (null: to the first). `inTime`:
 * whether there can be others than those that were admitted late.
 */
export type Span = {
  readonly below: Place | null;
  readonly from: number | null;
  readonly inTime: boolean;
};

/** All records below a place that were admitted in time are below this number; null: all are. */
export const limitOf = (below: Place | null): number | null => {
  if (below === null) return null;
  return below.cameAfter === undefined ? below.seq : below.cameAfter[0] + 1;
};

/** The records of a span as they came, newest first. */
export const newestFirst = <R extends Sequenced>(
  log: Late<R> & Pick<Log<R>, 'newestFirst'>,
  { below, from, inTime }: Span,
): AsyncIterable<R> | Iterable<R> => {
  const records = inTime ? log.newestFirst(limitOf(below), from) : [];
  const { late } = log;
  // One generator more for each record costs a page much of its time.
  if (late.length === 0) return records;
  const isIn = (place: Place) =>
    isBelow(place, below) && (from === null || !isBelow(place, { seq: from }));
  return merged(
    log,
    records,
    late.filter(isIn).sort((a, b) => byPlace(b, a)),
    isBelow,
  );
};

/** All records as they came, oldest first. */
export const oldestFirst = <R extends Sequenced>(
  log: Late<R> & Pick<Log<R>, 'oldestFirst'>,
): AsyncIterable<R> => {
  const records = log.oldestFirst(1);
  const late = [...log.late].sort(byPlace);
  return late.length === 0 ? records : merged(log, records, late, isAbove);
};

const isAbove = (one: Place, other: Place): boolean => isBelow(other, one);

/** Late records come before the first record that is past them. */
async function* merged<R extends Sequenced>(
  log: Late<R>,
  records: AsyncIterable<R> | Iterable<R>,
  late: Place[],
  isPast: (record: Place, place: Place) => boolean,
): AsyncGenerator<R> {
  for await (const record of records) {
    if (record.cameAfter !== undefined) continue;
    for (let next = late[0]; next && isPast(record, next); next = late[0]) {
      late.shift();
      yield* readable(await log.get(next.seq));
    }
    yield record;
  }
  for (const { seq } of late) yield* readable(await log.get(seq));
}

const readable = <R>(record: R | null): R[] => (record === null ? [] : [record]);
