import type { RejectionReason } from '../../shared/quarantine.ts';
import { withRejection } from '../../shared/rejections.ts';
import type { SourceDay } from '../../shared/source.ts';
import { calendarDay } from '../../shared/time-words.ts';

/** More than the window shows, because a clock that was ahead leaves days in the future. */
const mostDays = 20;

/** A delivery that reached an endpoint. `at` is epoch ms. */
export type DayDelivery = { readonly at: number; readonly simulated: boolean } & (
  | { readonly outcome: 'accepted' }
  | { readonly outcome: 'rejected'; readonly reason: RejectionReason }
);

/** Adds a delivery to its day. The days stay in the order of their first delivery, and the first goes where there are too many. */
export const withDelivery = (
  days: readonly SourceDay[],
  delivery: DayDelivery,
): readonly SourceDay[] => {
  const day = calendarDay(delivery.at);
  if (!days.some((one) => one.day === day))
    return [...days, counted({ day, accepted: 0, tests: 0, rejected: [] }, delivery)].slice(
      -mostDays,
    );
  return days.map((one) => (one.day === day ? counted(one, delivery) : one));
};

const counted = (day: SourceDay, delivery: DayDelivery): SourceDay => {
  if (delivery.simulated) return { ...day, tests: day.tests + 1 };
  if (delivery.outcome === 'accepted') return { ...day, accepted: day.accepted + 1 };
  return { ...day, rejected: withRejection(day.rejected, delivery.reason) };
};
