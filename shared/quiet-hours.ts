import * as z from 'zod/mini';

/** A time on the wall clock, such as `07:30`. */
export const WallTime = z.string().check(z.regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/));
export type WallTime = z.infer<typeof WallTime>;

/** `to` at or before `from` is on the next day; an equal one makes 24 hours. */
export const QuietSpan = z.object({
  /** ISO weekdays on which it begins, 1 for Monday. */
  days: z.array(z.int().check(z.minimum(1), z.maximum(7))).check(z.minLength(1), z.maxLength(7)),
  from: WallTime,
  to: WallTime,
});
export type QuietSpan = z.infer<typeof QuietSpan>;

/** The times of the week, by the wall clock, in which nothing notifies. */
export const QuietHours = z.object({
  on: z.boolean(),
  spans: z.array(QuietSpan).check(z.maxLength(10)),
  /** Failures, and NFTs sent and received, notify all the same. */
  admitsGrave: z.boolean(),
});
export type QuietHours = z.infer<typeof QuietHours>;
