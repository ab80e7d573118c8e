import type { Damage } from '../../shared/gap.ts';
import type { SegmentInfo } from './segments.ts';

/** What cannot be read: whole segments, and lines that segments miss; by number. What lies at an end is dated by its neighbour. */
export const damagesIn = (segments: readonly SegmentInfo[]): Damage[] =>
  segments.flatMap((segment, at) => {
    const entries = lostIn(segment);
    if (entries === 0) return [];
    const { firstAt, lastAt, guessed = false } = segment;
    const before = beginsLost(segment) ? segments[at - 1] : undefined;
    const after = endsLost(segment) ? segments[at + 1] : undefined;
    const from = Math.min(firstAt, before?.lastAt ?? firstAt);
    const to = Math.max(lastAt, after?.firstAt ?? lastAt);
    return [{ from, to, entries, guessed }];
  });

const lostIn = ({ damaged, count, missing = [] }: SegmentInfo): number =>
  missing.reduce((sum, [from, to]) => sum + to - from + 1, damaged ? count : 0);

const beginsLost = ({ firstSeq, missing = [] }: SegmentInfo): boolean =>
  missing[0]?.[0] === firstSeq;

/** Also one that nothing followed when it was found damaged: nobody could say then when it ended. */
const endsLost = ({ lastSeq, missing = [], damaged, firstAt, lastAt }: SegmentInfo): boolean =>
  missing.at(-1)?.[1] === lastSeq || (damaged && firstAt === lastAt);
