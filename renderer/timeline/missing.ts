import type { Damage, Gap } from '../../shared/gap.ts';
import { clockOf, dayName, span, startOfDay } from '../time.ts';
import { count } from '../words.ts';

/** A span of time whose events are not in the list: nothing could be received, or what was kept cannot be read. */
export type Missing = {
  from: number;
  to: number;
  words: string;
  /** A file was set aside, which a person may want to look at. */
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

/** "02:10 – 08:31", or "02:10" where it is one minute; with the day where that is not today, and with both where it crosses one. */
export function spanWords(from: number, to: number, today: number): string {
  const isOneDay = startOfDay(from) === startOfDay(to);
  const starts =
    isOneDay && startOfDay(from) === startOfDay(today) ? '' : `${dayName(from, today)} `;
  if (isOneDay && clockOf(from) === clockOf(to)) return `${starts}${clockOf(from)}`;
  const ends = isOneDay ? '' : `${dayName(to, today)} `;
  return `${starts}${clockOf(from)} – ${ends}${clockOf(to)}`;
}

/** Newest first, in words. */
export const missingIn = (gaps: Gap[], damages: Damage[], today: number): Missing[] =>
  [
    ...gaps.map(({ from, to, reason }) => ({
      ...{ from, to },
      damaged: false,
      words: `${reasons[reason].what} ${spanWords(from, to, today)} (${span(to - from)}, ${reasons[reason].why})`,
    })),
    ...damages.map(({ from, to, entries, guessed }) => ({
      ...{ from, to },
      damaged: true,
      words: `${guessed ? 'About ' : ''}${count(entries, 'event')} cannot be read, ${spanWords(from, to, today)}: their file is damaged`,
    })),
  ].sort((a, b) => b.to - a.to);
