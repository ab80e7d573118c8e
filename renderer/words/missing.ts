import { count } from '../../shared/english.ts';
import type { Damage, Gap } from '../../shared/gap.ts';
import { clockOf, dayName, span, startOfDay } from '../time.ts';

export type Missing = {
  from: number;
  to: number;
  words: string;
  /** Damage, whose file a person may want to see. */
  damaged: boolean;
};

const reasons: Record<Gap['reason'], { what: string; why: string }> = {
  asleep: { what: 'Not reachable', why: 'asleep' },
  quit: { what: 'Not reachable', why: 'Hookbell was not running' },
  crashed: { what: 'Not reachable', why: 'Hookbell ended unexpectedly' },
  tunnel: { what: 'Not reachable', why: 'no way in' },
  port: { what: 'Not reachable', why: 'the port was taken' },
  disk: { what: 'Nothing kept', why: 'the disk took nothing' },
};

/** "02:10 – 08:31", "02:10", "Yesterday 22:00 – Today 01:00". */
export function spanWords(from: number, to: number, today: number): string {
  const isOneDay = startOfDay(from) === startOfDay(to);
  const starts =
    isOneDay && startOfDay(from) === startOfDay(today) ? '' : `${dayName(from, today)} `;
  if (isOneDay && clockOf(from) === clockOf(to)) return `${starts}${clockOf(from)}`;
  const ends = isOneDay ? '' : `${dayName(to, today)} `;
  return `${starts}${clockOf(from)} – ${ends}${clockOf(to)}`;
}

export const missingIn = (gaps: Gap[], damages: Damage[], today: number): Missing[] =>
  [
    ...gaps.map(({ from, to, reason }) => ({
      from,
      to,
      damaged: false,
      words: `${reasons[reason].what} ${spanWords(from, to, today)} (${span(to - from)}, ${reasons[reason].why})`,
    })),
    ...damages.map(({ from, to, entries }) => ({
      from,
      to,
      damaged: true,
      words: `${entries === null ? 'Some events' : count(entries, 'event')} cannot be read, ${spanWords(from, to, today)}: their file is damaged`,
    })),
  ].sort((a, b) => b.to - a.to);
