import { byPlace, isBelow, type Place } from '../../shared/place.ts';
import type { Log } from './log.ts';
import type { Sequenced } from './log-state.ts';

type Records<R extends Sequenced> = Pick<Log<R>, 'late' | 'get' | 'newestFirst' | 'oldestFirst'>;

/** What lies between two places; `from` is part of it, null is the beginning. `to` is not, null is the end. */
export type Span = { readonly from: Place | null; readonly to: Place | null };

const isIn = ({ from, to }: Span, place: Place): boolean =>
  isBelow(place, to) && (from === null || !isBelow(place, from));

/** The number below which all records lie that are below a place and were admitted in time; null: all do. */
export const limitOf = (to: Place | null): number | null => {
  if (to === null) return null;
  return to.cameAfter === undefined ? to.seq : to.cameAfter[0] + 1;
};

/** The records of a span as they came, newest first. `inTime`: whether there can be others than those that were admitted late. */
export async function* newestFirst<R extends Sequenced>(
  log: Records<R>,
  span: Span,
  inTime = true,
): AsyncGenerator<R> {
  const late = log.late.filter((place) => isIn(span, place)).sort((a, b) => byPlace(b, a));
  for await (const record of inTime ? log.newestFirst(limitOf(span.to)) : []) {
    if (record.cameAfter !== undefined) continue;
    if (span.from !== null && isBelow(record, span.from)) break;
    yield* at(
      log,
      taken(late, (place) => isBelow(record, place)),
    );
    yield record;
  }
  yield* at(log, late);
}

/** All records as they came, oldest first. */
export async function* oldestFirst<R extends Sequenced>(log: Records<R>): AsyncGenerator<R> {
  const late = [...log.late].sort(byPlace);
  for await (const record of log.oldestFirst(1)) {
    if (record.cameAfter !== undefined) continue;
    yield* at(
      log,
      taken(late, (place) => isBelow(place, record)),
    );
    yield record;
  }
  yield* at(log, late);
}

/** Takes away the first places, as long as they belong here. */
const taken = (places: Place[], belongs: (place: Place) => boolean): Place[] => {
  const end = places.findIndex((place) => !belongs(place));
  return places.splice(0, end < 0 ? places.length : end);
};

async function* at<R extends Sequenced>(
  log: Records<R>,
  places: readonly Place[],
): AsyncGenerator<R> {
  for (const { seq } of places) {
    const record = await log.get(seq);
    if (record) yield record;
  }
}
