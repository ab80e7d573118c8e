import { expect, test } from 'vitest';
import { type DayDelivery, withDelivery } from '../../electron/insight/source-days.ts';
import type { SourceDay } from '../../shared/source.ts';
import { calendarDay } from '../../shared/time-words.ts';

const noonOf = (day: number) => new Date(2026, 10, day, 12).getTime();
const accepted = (at: number): DayDelivery => ({ outcome: 'accepted', at, simulated: false });
const after = (deliveries: readonly DayDelivery[], before: readonly SourceDay[] = []) =>
  deliveries.reduce(withDelivery, before);

test('a delivery counts on its day: as accepted, as rejected for a reason, or as a test', () => {
  const at = noonOf(27);
  const rejected = (
    reason: 'content-type' | 'signature-wrong',
    simulated = false,
  ): DayDelivery => ({
    outcome: 'rejected',
    ...{ at, reason, simulated },
  });
  expect(
    after([
      accepted(at),
      accepted(at + 1),
      rejected('signature-wrong'),
      rejected('content-type'),
      rejected('signature-wrong'),
      rejected('signature-wrong', true),
      { ...accepted(at), simulated: true },
    ]),
  ).toEqual([
    {
      ...{ day: '2026-11-27', accepted: 2, tests: 2 },
      rejected: [
        { reason: 'signature-wrong', times: 2 },
        { reason: 'content-type', times: 1 },
      ],
    },
  ]);
});

test('a day begins at midnight of this computer', () => {
  const midnight = new Date(2026, 2, 29).getTime();
  expect(after([accepted(midnight - 1), accepted(midnight)]).map(({ day }) => day)).toEqual([
    '2026-03-28',
    '2026-03-29',
  ]);
});

test('twenty days are kept, the first of them going first, also where a clock was ahead', () => {
  const days = after(Array.from({ length: 19 }, (_, day) => accepted(noonOf(day + 1))));
  const ahead = after([accepted(new Date(2099, 0, 1).getTime())], days);
  expect(ahead).toHaveLength(20);
  const later = after(
    [20, 21].map((day) => accepted(noonOf(day))),
    ahead,
  );
  expect(later).toHaveLength(20);
  expect(later.at(0)?.day).toBe('2026-11-03');
  expect(later.at(-1)?.day).toBe(calendarDay(noonOf(21)));
});
