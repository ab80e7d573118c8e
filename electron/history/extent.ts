import { byPlace } from '../../shared/place.ts';
import { rangesOf } from '../../shared/seq-ranges.ts';
import type { Extent, TimelineEntry } from '../../shared/timeline.ts';
import type { Log } from './log/log.ts';
import { difference, type Ranges } from './log/ranges.ts';
import { numbersIn } from './log/segments.ts';
import { newestFirst } from './order.ts';
import type { HistoryRecord, StoredEntry } from './record.ts';

type Parts = {
  readonly log: Log<HistoryRecord>;
  readonly archived: () => Ranges;
  readonly stored: (record: HistoryRecord) => StoredEntry;
};

const readableIn = ({ segments, unsealed }: Log<HistoryRecord>) =>
  [...segments, ...unsealed].filter(({ damaged }) => !damaged);

/** Where the entries of the timeline are. It comes from the index: no record is read. */
export const extentOf = ({ log, archived }: Pick<Parts, 'log' | 'archived'>): Extent => {
  const hidden = archived();
  const lateNumbers = rangesOf(log.late.map(({ seq }) => seq));
  const isHidden = (seq: number): boolean => difference([[seq, seq]], hidden).length === 0;
  return {
    spans: readableIn(log).flatMap((segment) => {
      const { firstAt, lastAt } = segment;
      const ranges = difference(difference(numbersIn(segment), lateNumbers), hidden);
      return ranges.length === 0 ? [] : [{ ranges, firstAt, lastAt }];
    }),
    late: [...log.late].filter(({ seq }) => !isHidden(seq)).sort(byPlace),
  };
};

/** The newest entry that was received before an instant, archived ones left out. One segment is read at a time. */
export async function entryBefore(
  { log, stored }: Pick<Parts, 'log' | 'stored'>,
  at: number,
): Promise<TimelineEntry | null> {
  const newest = readableIn(log).findLast(({ firstAt }) => firstAt < at);
  if (!newest) return null;
  const span = { below: { seq: newest.lastSeq + 1 }, from: null, inTime: true };
  for await (const record of newestFirst(log, span)) {
    if (record.receivedAt >= at) continue;
    const { entry } = stored(record);
    if (!entry.archived) return entry;
  }
  return null;
}
