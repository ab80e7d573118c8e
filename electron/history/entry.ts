import type { Reading } from '../../shared/event.ts';
import type { TimelineEntry } from '../../shared/timeline.ts';
import type { Marks } from './marks.ts';
import type { HistoryRecord } from './record.ts';

/** The entry of a record, with its marks as they are now. `reread`: what this version understands of an unrecognized one. */
export const createEntryOf =
  (marks: Pick<Marks, 'of' | 'given'>, reread: (record: HistoryRecord) => Reading) =>
  (record: HistoryRecord): TimelineEntry => {
    const { seq, cameAfter, imported } = record;
    const mark = marks.of(seq);
    // Twelve fields: with more, or with what few entries have, the object below is made several times as slowly.
    const arrival = {
      seq,
      id: record.id,
      sourceId: record.sourceId,
      provider: record.provider,
      receivedAt: record.receivedAt,
      proof: record.proof,
      simulated: record.simulated,
      conflicts: record.conflicts,
      notes: mark.notes,
      notification: mark.notification,
      seen: marks.given.is('seen', seq),
      duplicates: mark.repeats,
    };
    const reading = record.reading.status === 'unrecognized' ? reread(record) : record.reading;
    const entry: TimelineEntry =
      reading.status === 'event'
        ? { status: 'event', event: reading.event, ...arrival }
        : { ...reading, ...arrival };
    const archived = marks.given.is('archived', seq) || undefined;
    const pinned = marks.given.is('pinned', seq) || undefined;
    const isUsual = !cameAfter && !imported && !archived && !pinned;
    return isUsual ? entry : { ...entry, cameAfter, importedAt: imported?.at, archived, pinned };
  };
