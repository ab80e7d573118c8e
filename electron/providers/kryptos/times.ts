import { epochTime, isoTime } from '../fields.ts';

/** No wallet and no exchange is older, so an earlier number of milliseconds has another unit. */
const startOf2009 = Date.UTC(2009, 0);
const day = 86_400_000;

/**
 * Parses a time of Kryptos to epoch ms: milliseconds, or ISO 8601 text (v2 read API). A number before 2009 is read as seconds, unless that
 * is after the day of `sentAt`, the envelope's time. Null for anything else, and for 0, which means unknown.
 */
export function timeOf(value: unknown, sentAt: number | null): number | null {
  const written = isoTime.parse(value);
  if (written !== null) return written;
  const ms = epochTime.parse(value);
  if (ms === null || ms >= startOf2009) return ms;
  const at = ms * 1000;
  return sentAt !== null && at >= startOf2009 && at <= endOfDay(sentAt) ? at : null;
}

const endOfDay = (at: number): number => (Math.floor(at / day) + 1) * day - 1;
