import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reachableTimeOf } from '../../electron/insight/reachable-time.ts';
import {
  judgeRhythm,
  noRhythm,
  pastSilences,
  Rhythm,
  silenceOf,
  withArrival,
} from '../../electron/insight/rhythm.ts';
import { day, hour, minute } from '../renderer/entries.ts';

const start = Date.UTC(2026, 2, 2, 9);
type Span = { readonly from: number; readonly to: number };

const rhythmOf = (arrivals: readonly number[]): Rhythm =>
  arrivals.reduce((rhythm, at) => withArrival(rhythm, at), noRhythm);
const every = (ms: number, times: number): number[] =>
  Array.from({ length: times }, (_, index) => start + index * ms);
const judge = (arrivals: readonly number[], now: number, gaps: readonly Span[] = []) =>
  judgeRhythm(rhythmOf(arrivals), now, reachableTimeOf(gaps));
const isSilent = (arrivals: readonly number[], now: number, gaps: readonly Span[] = []) =>
  silenceOf(rhythmOf(arrivals), now, reachableTimeOf(gaps)) !== null;
/** Days after the last arrival until it is silent, in hours; null when never within 60 days. */
const hoursToAlarm = (arrivals: readonly number[], gaps: readonly Span[] = []): number | null => {
  const last = Math.max(...arrivals);
  for (let passed = 1; passed < 60 * 24; passed += 1)
    if (isSilent(arrivals, last + passed * hour, gaps)) return passed;
  return null;
};

describe('when it is silent', () => {
  test('what came daily is silent after three days, and was usual daily', () => {
    const arrivals = every(day, 14);
    expect(hoursToAlarm(arrivals)).toBe(73);
    const now = start + 17 * day;
    expect(silenceOf(rhythmOf(arrivals), now, reachableTimeOf([]))).toEqual({
      since: start + 13 * day,
      usualMs: day,
    });
  });

  test('it is learned from the second week on, and from five arrivals', () => {
    expect(judge(every(day, 7), start + 30 * day).status).toBe('learning');
    expect(judge(every(day, 8), start + 30 * day).status).toBe('silent');
    expect(judge(every(3 * day, 4), start + 30 * day).status).toBe('learning');
    expect(judge([], start).status).toBe('learning');
  });

  test('what came every few minutes is silent after a day', () => {
    const arrivals = every(10 * minute, 6 * 24 * 8);
    expect(hoursToAlarm(arrivals)).toBe(25);
    expect(judge(arrivals, start + 8 * day)).toMatchObject({ status: 'regular' });
  });

  test('what comes in office hours is not silent over a long weekend', () => {
    const arrivals = every(day, 19)
      .filter((at) => ![0, 6].includes(new Date(at).getUTCDay()))
      .flatMap((at) => [0, 1, 2, 3, 4, 5, 6, 7, 8].map((n) => at + n * hour));
    const easterTuesday = arrivals.at(-1) ?? 0;
    expect(isSilent(arrivals, easterTuesday + 4 * day)).toBe(false);
    expect(hoursToAlarm(arrivals)).toBeLessThan(9 * 24);
  });

  test('a burst of a hundred counts as no more than it lasts', () => {
    const arrivals = every(day, 10).flatMap((at) =>
      Array.from({ length: 100 }, (_, n) => at + n * minute),
    );
    // Three pauses of 22 h 21 min each.
    expect(hoursToAlarm(arrivals)).toBe(68);
    expect(judge(arrivals, start + 9 * day + hour)).toMatchObject({ usualMs: day - 99 * minute });
  });

  test('what comes weekly is not judged', () => {
    expect(judge(every(7 * day, 12), start + 300 * day).status).toBe('irregular');
    expect(judge(every(5 * day, 12), start + 300 * day).status).toBe('silent');
  });

  test('what is so irregular that it would take long to tell is not judged', () => {
    const arrivals = [0, 1, 1.5, 4, 5, 5.2, 9, 10, 13, 14, 15, 21, 22, 23, 24, 31].map(
      (at) => start + at * day,
    );
    expect(judge(arrivals, start + 300 * day).status).toBe('irregular');
  });
});

describe('our own gaps', () => {
  const arrivals = every(day, 14);
  const last = start + 13 * day;

  test('a computer that was off for a week makes nobody silent', () => {
    const gap = { from: last + hour, to: last + 7 * day };
    expect(isSilent(arrivals, gap.to + hour, [gap])).toBe(false);
    expect(hoursToAlarm(arrivals, [gap])).toBe(73 + 7 * 24 - 1);
  });

  test('a computer that is off each night learns the days', () => {
    const nights = every(day, 60).map((at) => ({ from: at + 9 * hour, to: at + 23 * hour }));
    expect(hoursToAlarm(arrivals, nights)).toBe(73);
  });

  test('gaps may overlap', () => {
    const reachable = reachableTimeOf([
      { from: 50, to: 80 },
      { from: 10, to: 30 },
      { from: 20, to: 40 },
      { from: 55, to: 60 },
    ]);
    expect(reachable(0, 100)).toBe(40);
    expect(reachable(25, 58)).toBe(10);
    expect(reachable(60, 70)).toBe(0);
    expect(reachable(85, 90)).toBe(5);
  });

  test('reachable time is what a count of each ms finds', () => {
    const span = fc.tuple(fc.nat(60), fc.nat(20)).map(([from, ms]) => ({ from, to: from + ms }));
    fc.assert(
      fc.property(fc.array(span), fc.nat(80), fc.nat(40), (gaps, from, ms) => {
        const each = Array.from({ length: ms }, (_, index) => from + index);
        const open = each.filter((at) => !gaps.some((gap) => gap.from <= at && at < gap.to));
        expect(reachableTimeOf(gaps)(from, from + ms)).toBe(open.length);
      }),
    );
  });
});

test('a clock that was ahead hides no silence for long, and makes none', () => {
  const arrivals = [...every(day, 14), Date.UTC(2030, 0, 1)];
  expect(hoursToAlarm(arrivals.slice(0, -1))).toBe(73);
  expect(isSilent(arrivals, start + 14 * day)).toBe(false);
  expect(isSilent(arrivals, start + 17 * day)).toBe(true);
});

test('a clock that was set back makes nothing silent', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 14 * 24 * 60 }), (minutes) => {
      expect(isSilent(every(day, 14), start + 13 * day - minutes * minute)).toBe(false);
    }),
  );
});

test('an import is no sign of life, and its silence counts from it on', () => {
  const imported = every(day, 14).reduce(
    (rhythm, at) => withArrival(rhythm, at, start + 100 * day),
    noRhythm,
  );
  const silentAt = (now: number) => silenceOf(imported, now, reachableTimeOf([]));
  expect(silentAt(start + 102 * day)).toBe(null);
  expect(silentAt(start + 104 * day)).toMatchObject({ since: start + 13 * day });
});

test('a past silence is known, and makes the source more patient', () => {
  const arrivals = every(day, 30).filter((_, index) => index < 14 || index > 18);
  expect(pastSilences(rhythmOf(arrivals), reachableTimeOf([]))).toEqual([
    { from: start + 13 * day, to: start + 19 * day },
  ]);
  expect(hoursToAlarm(arrivals)).toBe((6 + 1 + 1) * 24 + 1);
});

describe('of any rhythm', () => {
  /** A period, an early or late arrival of up to an eighth of it, and how long it is known: always enough to judge. */
  const regular = fc
    .record({
      periodMs: fc.integer({ min: 10 * minute, max: 3 * day }),
      weeks: fc.integer({ min: 2, max: 8 }),
      jitters: fc.infiniteStream(fc.double({ min: -1, max: 1, noNaN: true })),
    })
    .map(({ periodMs, weeks, jitters }) => {
      const times = Math.min(600, Math.max(10, Math.ceil((weeks * 7 * day) / periodMs)));
      return {
        periodMs,
        arrivals: every(periodMs, times).map(
          (at) => at + Math.round((jitters.next().value ?? 0) * (periodMs / 8)),
        ),
      };
    });

  test('none with a regular rhythm is ever called silent, whatever single gaps there were', () => {
    const gapStarts = fc.array(fc.tuple(fc.nat(1000), fc.integer({ min: 1, max: 200 })), {
      maxLength: 4,
    });
    fc.assert(
      fc.property(regular, gapStarts, ({ periodMs, arrivals }, starts) => {
        // Two gaps are further apart than two arrivals.
        let free = start;
        const gaps = starts.map(([wait, length]) => {
          const from = free + Math.round((3 + wait / 10) * periodMs);
          free = from + Math.round((length / 20) * periodMs);
          return { from, to: free };
        });
        const received = arrivals.filter(
          (at) => !gaps.some(({ from, to }) => from <= at && at < to),
        );
        let known = noRhythm;
        const reachable = reachableTimeOf(gaps);
        for (const at of received) {
          expect(silenceOf(known, at, reachable)).toBe(null);
          known = withArrival(known, at);
        }
      }),
      { numRuns: 200 },
    );
  });

  test('none is called silent on a computer that is off at some hours of each day', () => {
    const minutes = fc.integer({ min: -60, max: 60 });
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 22 }),
        fc.nat(20),
        fc.array(minutes, { minLength: 30, maxLength: 30 }),
        (offAfter, offHours, jitters) => {
          const isOnAgain = Math.min(offAfter + offHours, 22);
          const gaps = every(day, 30).map((at) => ({
            from: at + offAfter * hour,
            to: at + isOnAgain * hour,
          }));
          const reachable = reachableTimeOf(gaps);
          let known = noRhythm;
          for (const [index, at] of every(day, 30).entries()) {
            const arrivedAt = at + (jitters[index] ?? 0) * minute;
            expect(silenceOf(known, arrivedAt, reachable)).toBe(null);
            known = withArrival(known, arrivedAt);
          }
        },
      ),
    );
  });

  test('each is called silent when it stops for long, and stays so', () => {
    fc.assert(
      fc.property(regular, fc.nat(30), ({ periodMs, arrivals }, later) => {
        const last = Math.max(...arrivals);
        const known = Math.max(...arrivals) - Math.min(...arrivals);
        fc.pre(known > 7 * day && known > 9 * periodMs);
        const longAfter = last + Math.max(day, 4 * periodMs) + (1 + later) * hour;
        expect(isSilent(arrivals, longAfter)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  const anyArrivals = fc.array(fc.integer({ min: start, max: start + 60 * day }), {
    maxLength: 60,
  });
  const anyGaps = fc.array(
    fc
      .tuple(fc.integer({ min: start, max: start + 90 * day }), fc.nat(10 * day))
      .map(([from, ms]) => ({ from, to: from + ms })),
    { maxLength: 6 },
  );

  test('a silence only ends with an arrival, and a gap after the last arrival begins none', () => {
    fc.assert(
      fc.property(
        anyArrivals,
        anyGaps,
        fc.nat(40 * day),
        fc.nat(40 * day),
        (arrivals, gaps, wait, longer) => {
          const last = Math.max(start, ...arrivals);
          const known = gaps.filter(({ to }) => to <= last);
          if (isSilent(arrivals, last + wait, known))
            expect(isSilent(arrivals, last + wait + longer, known)).toBe(true);
          else
            expect(
              isSilent(arrivals, last + wait, [
                ...known,
                ...gaps.filter(({ from }) => from > last),
              ]),
            ).toBe(false);
          expect(isSilent([...arrivals, last + wait], last + wait, gaps)).toBe(false);
        },
      ),
    );
  });

  test('the order of arrivals, repetitions, and a restart change nothing', () => {
    fc.assert(
      fc.property(
        anyArrivals.chain((arrivals) =>
          fc.tuple(
            fc.constant(arrivals),
            fc.shuffledSubarray(arrivals, { minLength: arrivals.length }),
          ),
        ),
        ([arrivals, shuffled]) => {
          const reread = (rhythm: Rhythm) => Rhythm.parse(JSON.parse(JSON.stringify(rhythm)));
          const other = shuffled.reduce(
            (rhythm, at) => withArrival(reread(withArrival(rhythm, at)), at),
            noRhythm,
          );
          expect(other).toEqual(rhythmOf(arrivals));
        },
      ),
    );
  });

  test('it stays small', () => {
    const rhythm = rhythmOf(every(7 * minute, 20_000));
    expect(rhythm.days).toHaveLength(40);
    expect(JSON.stringify(rhythm).length).toBeLessThan(2000);
  });
});
