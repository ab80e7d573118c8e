import { count, number } from '../../shared/english.ts';
import { totalOf } from '../../shared/rejections.ts';
import type { Source, SourceDay } from '../../shared/source.ts';
import { calendarDay } from '../../shared/time-words.ts';

export const shownDays = 14;

/** What came on one day. `at`: its first instant, epoch ms. */
export type DayCounts = { at: number; accepted: number; rejected: number; tests: number };
type Counts = Omit<DayCounts, 'at'>;

/** The last 14 days, oldest first. `today`: the first instant of today, epoch ms. */
export const lastDays = (days: readonly SourceDay[], today: number): DayCounts[] =>
  Array.from({ length: shownDays }, (_, place) => {
    const at = new Date(today);
    at.setDate(at.getDate() - (shownDays - 1 - place));
    const day = calendarDay(at.getTime());
    const found = days.find((one) => one.day === day);
    return {
      at: at.getTime(),
      accepted: found?.accepted ?? 0,
      rejected: totalOf(found?.rejected ?? []),
      tests: found?.tests ?? 0,
    };
  });

/** How often a delivery was rejected for each reason in the last 14 days. */
export const lastRejections = ({ days }: Pick<Source, 'days'>, today: number) => {
  const shown = new Set(lastDays([], today).map(({ at }) => calendarDay(at)));
  const times = new Map<SourceDay['rejected'][number]['reason'], number>();
  for (const { day, rejected } of days)
    if (shown.has(day))
      for (const one of rejected) times.set(one.reason, (times.get(one.reason) ?? 0) + one.times);
  return [...times].map(([reason, times]) => ({ reason, times }));
};

export const sumOf = (days: readonly Counts[]): Counts => ({
  accepted: days.reduce((sum, day) => sum + day.accepted, 0),
  rejected: days.reduce((sum, day) => sum + day.rejected, 0),
  tests: days.reduce((sum, day) => sum + day.tests, 0),
});

/** "3 accepted", "1 rejected" and "2 tests", without those that did not come. */
export const countWords = ({ accepted, rejected, tests }: Counts) =>
  [
    { what: 'accepted', times: accepted, words: `${number(accepted)} accepted` },
    { what: 'rejected', times: rejected, words: `${number(rejected)} rejected` },
    { what: 'tests', times: tests, words: count(tests, 'test') },
  ].filter(({ times }) => times > 0);

/** "3 accepted, 1 rejected, 2 tests", or "nothing". */
export const countSentence = (counts: Counts): string =>
  countWords(counts)
    .map(({ words }) => words)
    .join(', ') || 'nothing';
