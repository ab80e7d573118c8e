import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { quietAt } from '../../electron/notifications/quiet-hours.ts';
import { openZoneClock, type ZoneClock } from '../../electron/notifications/zone-clock.ts';
import type { QuietHours, QuietSpan } from '../../shared/quiet-hours.ts';

/** The end of the quiet period that contains an instant, epoch ms; null outside of one, or where it has no end. */
const quietUntil = (...asked: Parameters<typeof quietAt>): number | null => {
  const { quiet, changesAt } = quietAt(...asked);
  return quiet ? changesAt : null;
};

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const everyDay = [1, 2, 3, 4, 5, 6, 7];

let clock: ZoneClock;
beforeAll(async () => {
  clock = await openZoneClock();
});

const quiet = (...spans: QuietSpan[]): QuietHours => ({ on: true, spans, admitsGrave: false });
const daily = (from: string, to: string): QuietHours => quiet({ days: everyDay, from, to });

/** Both changes of 2026 in each zone, at the minute; an ordinary instant where there are none. Taken from the tz database. */
const changes: Readonly<Record<string, readonly number[]>> = {
  'Europe/Berlin': [Date.UTC(2026, 2, 29, 1), Date.UTC(2026, 9, 25, 1)],
  'America/New_York': [Date.UTC(2026, 2, 8, 7), Date.UTC(2026, 10, 1, 6)],
  'America/Sao_Paulo': [Date.UTC(2026, 1, 15, 2), Date.UTC(2026, 9, 18, 3)],
  'Australia/Lord_Howe': [Date.UTC(2026, 3, 4, 15), Date.UTC(2026, 9, 3, 15, 30)],
  'Africa/Casablanca': [Date.UTC(2026, 1, 15, 2), Date.UTC(2026, 2, 22, 2)],
  'Asia/Kolkata': [Date.UTC(2026, 2, 29, 1), Date.UTC(2026, 9, 25, 1)],
  'America/Santiago': [Date.UTC(2026, 3, 5, 3), Date.UTC(2026, 8, 6, 4)],
};
const zones = Object.keys(changes);

const formats = new Map(
  zones.map((zone) => [
    zone,
    new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    }),
  ]),
);
const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Slow and independent: only reads the wall clock that Intl shows, by the minute. */
const isQuietByWall = ({ spans }: QuietHours, at: number, zone: string): boolean => {
  const parts = new Map(
    formats
      .get(zone)
      ?.formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const day = weekdays.indexOf(parts.get('weekday') ?? '') + 1;
  const time = `${parts.get('hour')}:${parts.get('minute')}`;
  const yesterday = day === 1 ? 7 : day - 1;
  return spans.some(({ days, from, to }) =>
    from < to
      ? days.includes(day) && from <= time && time < to
      : (days.includes(day) && from <= time) || (days.includes(yesterday) && time < to),
  );
};

const wallTime = fc
  .record({ hour: fc.integer({ min: 0, max: 23 }), minute: fc.constantFrom(0, 1, 15, 30, 59) })
  .map(({ hour, minute }) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
/** Mostly near the hours in which clocks change. */
const nearChange = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom('00:00', '00:30', '01:00', '01:30', '02:00', '02:15') },
  { weight: 2, arbitrary: fc.constantFrom('02:30', '02:45', '03:00', '03:30', '23:00', '23:30') },
  { weight: 1, arbitrary: wallTime },
);
const quietHours: fc.Arbitrary<QuietHours> = fc
  .array(
    fc.record({
      days: fc.uniqueArray(fc.constantFrom(...everyDay), { minLength: 1 }),
      from: nearChange,
      to: nearChange,
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((spans) => quiet(...spans));

/** Minutes around a change, from a day before to a day after it. */
const nearby = fc.integer({ min: -26 * 60, max: 26 * 60 });

describe.each(zones)('over both clock changes of a year in %s', (zone) => {
  test('it is quiet exactly while the wall clock is inside a span, and until the first instant that is not', () => {
    fc.assert(
      fc.property(
        quietHours,
        fc.constantFrom(...(changes[zone] ?? [])),
        nearby,
        (hours, change, minutes) => {
          const at = change + minutes * minuteMs;
          const found = quietAt(hours, at, zone, clock);
          expect(found.quiet).toBe(isQuietByWall(hours, at, zone));
          // A reference that walks a day ahead is far enough to cross the change.
          const end = Math.min(found.changesAt ?? Number.POSITIVE_INFINITY, at + 30 * hourMs);
          for (let one = at; one < end; one += minuteMs)
            if (isQuietByWall(hours, one, zone) !== found.quiet)
              throw new Error(`changes at ${new Date(one).toISOString()} already`);
          if (found.changesAt === null) return;
          expect(found.changesAt).toBeGreaterThan(at);
          expect(isQuietByWall(hours, found.changesAt, zone)).toBe(!found.quiet);
          expect(isQuietByWall(hours, found.changesAt - minuteMs, zone)).toBe(found.quiet);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('clock changes in Berlin', () => {
  const zone = 'Europe/Berlin';
  const spring = Date.UTC(2026, 2, 29, 1);
  const autumn = Date.UTC(2026, 9, 25, 1);

  test('of a span in the skipped hour nothing is left that day', () => {
    const hours = daily('02:15', '02:45');
    expect(quietAt(hours, spring - minuteMs, zone, clock)).toEqual({
      quiet: false,
      changesAt: spring + 23 * hourMs + 15 * minuteMs,
    });
    expect(quietUntil(hours, spring, zone, clock)).toBe(null);
  });

  test('a span that begins in the skipped hour begins when clocks go forward, and one that ends there ends then', () => {
    expect(quietUntil(daily('02:30', '07:00'), spring, zone, clock)).toBe(spring + 4 * hourMs);
    expect(quietUntil(daily('22:00', '02:30'), spring - hourMs, zone, clock)).toBe(spring);
  });

  test('a span in the repeated hour is quiet both times', () => {
    const hours = daily('02:15', '02:45');
    const first = autumn - hourMs + 15 * minuteMs;
    expect(quietUntil(hours, first, zone, clock)).toBe(first + 30 * minuteMs);
    expect(quietAt(hours, first + 30 * minuteMs, zone, clock)).toEqual({
      quiet: false,
      changesAt: first + hourMs,
    });
    expect(quietUntil(hours, first + hourMs, zone, clock)).toBe(first + 90 * minuteMs);
  });

  test('a night is an hour shorter in spring and an hour longer in autumn', () => {
    const night = daily('22:00', '07:00');
    const length = (change: number) => {
      const { changesAt } = quietAt(night, change - 8 * hourMs, zone, clock);
      const began = changesAt ?? 0;
      return ((quietUntil(night, began, zone, clock) ?? 0) - began) / hourMs;
    };
    expect([length(spring), length(autumn), length(autumn + 72 * hourMs)]).toEqual([8, 10, 9]);
  });
});

describe('the spans of a week', () => {
  const zone = 'Asia/Kolkata';
  /** A Monday, 12:00 in India. */
  const monday = Date.UTC(2026, 0, 5, 6, 30);

  test('spans that touch or overlap are one', () => {
    const hours = quiet(
      { days: [1], from: '11:00', to: '13:00' },
      { days: [1], from: '13:00', to: '15:00' },
      { days: [1], from: '14:00', to: '14:30' },
    );
    expect(quietUntil(hours, monday, zone, clock)).toBe(monday + 3 * hourMs);
  });

  test('a span across midnight belongs to the day on which it begins', () => {
    const hours = quiet({ days: [1], from: '22:00', to: '07:00' });
    expect(quietUntil(hours, monday + 18 * hourMs, zone, clock)).toBe(monday + 19 * hourMs);
    expect(quietUntil(hours, monday - 6 * hourMs, zone, clock)).toBe(null);
  });

  test('equal times are 24 hours', () => {
    const hours = quiet({ days: [1], from: '09:00', to: '09:00' });
    expect(quietUntil(hours, monday, zone, clock)).toBe(monday + 21 * hourMs);
  });

  test('a whole quiet week has no end', () => {
    expect(quietAt(daily('00:00', '00:00'), monday, zone, clock)).toEqual({
      quiet: true,
      changesAt: null,
    });
  });

  test('one span a week is found a week ahead', () => {
    const hours = quiet({ days: [1], from: '11:00', to: '12:00' });
    expect(quietAt(hours, monday, zone, clock)).toEqual({
      quiet: false,
      changesAt: monday + 7 * 24 * hourMs - hourMs,
    });
  });

  test('nothing is quiet while it is switched off or has no span', () => {
    const never = { quiet: false, changesAt: null };
    expect(quietAt({ ...daily('00:00', '00:00'), on: false }, monday, zone, clock)).toEqual(never);
    expect(quietAt(quiet(), monday, zone, clock)).toEqual(never);
  });
});

test('the next morning is the next 8:00 of the wall clock, also where clocks change in the night', () => {
  const evening = Date.UTC(2026, 2, 28, 21);
  expect(clock.nextHour(evening, 'Europe/Berlin', 8)).toBe(Date.UTC(2026, 2, 29, 6));
  expect(clock.nextHour(Date.UTC(2026, 2, 29, 4), 'Europe/Berlin', 8)).toBe(
    Date.UTC(2026, 2, 29, 6),
  );
  expect(clock.nextHour(Date.UTC(2026, 2, 29, 6), 'Europe/Berlin', 8)).toBe(
    Date.UTC(2026, 2, 30, 6),
  );
});
