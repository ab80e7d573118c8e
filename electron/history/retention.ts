import type { Retention } from '../../shared/settings.ts';
import type { SegmentInfo } from './segments.ts';

export const keepEverything: Retention = {
  days: Number.POSITIVE_INFINITY,
  entries: Number.POSITIVE_INFINITY,
  bytes: Number.POSITIVE_INFINITY,
};

const day = 24 * 60 * 60 * 1000;

/** Whether the oldest sealed segment goes (H15): when it is wholly older than the days, or the rest holds enough entries, or all is too large. */
export const goes = (
  oldest: SegmentInfo,
  kept: readonly SegmentInfo[],
  unsealed: number,
  { days, entries, bytes }: Retention,
  now: number,
): boolean => {
  const all = kept.reduce((sum, { count }) => sum + count, unsealed);
  return (
    now - oldest.lastAt > days * day ||
    all - oldest.count >= entries ||
    kept.reduce((sum, segment) => sum + segment.bytes, 0) > bytes
  );
};
