import type { Reading } from '../../shared/event.ts';
import type { TimelineEntry } from '../../shared/timeline.ts';
import type { Marks } from './marks.ts';
import type { HistoryRecord } from './record.ts';

/** Makes the entry of a record, with its marks as they are now. `reread`: what this version understands of one that was not understood. */
export const createEntryOf =
  (marks: Pick<Marks, 'of' | 'isSeen'>, reread: (record: HistoryRecord) => Reading) =>
  (kept: HistoryRecord): TimelineEntry => {
    const { seq, cameAfter, imported } = kept;
    const mark = marks.of(seq);
    // Twelve fields: with more, or with what few entries have, the object below is made several times as slowly.
    const arrival = {
      seq,
      id: kept.id,
      sourceId: kept.sourceId,
      provider: kept.provider,
      receivedAt: kept.receivedAt,
      proof: kept.proof,
      simulated: kept.simulated,
      conflicts: kept.conflicts,
      notes: mark.notes,
      notification: mark.notification,
      seen: marks.isSeen(seq),
      repeats: mark.repeats,
    };
    const reading = kept.reading.status === 'unrecognized' ? reread(kept) : kept.reading;
    const entry: TimelineEntry =
      reading.status === 'event'
        ? { status: 'event', event: reading.event, ...arrival }
        : { ...reading, ...arrival };
    return cameAfter || imported ? { ...entry, cameAfter, importedAt: imported?.at } : entry;
  };
