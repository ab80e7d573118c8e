import type { QuietHours, QuietSpan } from '../../shared/quiet-hours.ts';
import type { ZoneClock } from './zone-clock.ts';

/** Whether it is quiet, and when that changes next (epoch ms); null where it never does. */
export type Quiet = { readonly quiet: boolean; readonly changesAt: number | null };

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** A week, and the longest span that may begin at its end. */
const farthestMs = 9 * dayMs;

/**
 * Whether the wall clock of an instant is within quiet hours. Spans that touch or overlap are one. Where clocks change, what the wall clock
 * shows decides: of a span in a skipped hour nothing is left, and a repeated hour is quiet both times.
 */
export const quietAt = (
  { on, spans }: QuietHours,
  at: number,
  zone: string,
  clock: ZoneClock,
): Quiet => {
  if (!on || spans.length === 0) return { quiet: false, changesAt: null };
  const quietOnWall = (wall: number) => periodsAround(spans, wall, 0).some(holds(wall));
  let from = at;
  let wall = from + clock.offsetAt(from, zone);
  let transition = clock.nextChange(from, zone);
  const quiet = quietOnWall(wall);
  while (from - at < farthestMs) {
    const boundary = from + (nextBoundary(spans, wall) - wall);
    const isTransition = transition !== null && transition <= boundary;
    from = transition !== null && isTransition ? transition : boundary;
    wall = from + clock.offsetAt(from, zone);
    if (isTransition) transition = clock.nextChange(from, zone);
    if (quietOnWall(wall) !== quiet) return { quiet, changesAt: from };
  }
  return { quiet, changesAt: null };
};

/** A span on one day, in ms of the wall clock as if it were UTC. */
type Period = { readonly from: number; readonly to: number };

const holds =
  (wall: number) =>
  ({ from, to }: Period): boolean =>
    from <= wall && wall < to;

/** The periods that begin on the day before, on that day, and on so many days after it. */
const periodsAround = (spans: readonly QuietSpan[], wall: number, daysAfter: number): Period[] => {
  const today = Math.floor(wall / dayMs);
  const periods: Period[] = [];
  for (let day = today - 1; day <= today + daysAfter; day += 1)
    for (const span of spans)
      if (span.days.includes(weekdayOf(day))) {
        const from = day * dayMs + msOf(span.from);
        periods.push({ from, to: from + lengthOf(span) });
      }
  return periods;
};

const nextBoundary = (spans: readonly QuietSpan[], wall: number): number =>
  Math.min(
    ...periodsAround(spans, wall, 7)
      .flatMap(({ from, to }) => [from, to])
      .filter((boundary) => boundary > wall),
  );

/** 1970-01-01 was a Thursday. */
const weekdayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1;

const msOf = (time: string): number => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return (hours * 60 + minutes) * minuteMs;
};

const lengthOf = ({ from, to }: QuietSpan): number => {
  const length = msOf(to) - msOf(from);
  return length > 0 ? length : length + dayMs;
};
