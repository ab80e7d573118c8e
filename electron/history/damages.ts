import type { Damage } from '../../shared/gap.ts';
import type { SegmentInfo } from './segments.ts';

/** What cannot be read: whole segments, and lines that segments miss. */
export const damagesIn = (segments: readonly SegmentInfo[]): Damage[] =>
  segments.flatMap((segment) => {
    const { firstAt: from, lastAt: to } = segment;
    const entries = lostIn(segment);
    return entries > 0 ? [{ from, to, entries }] : [];
  });

const lostIn = ({ damaged, count, missing = [] }: SegmentInfo): number =>
  damaged ? count : missing.reduce((sum, [from, to]) => sum + to - from + 1, 0);
