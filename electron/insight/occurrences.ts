import type { Occurrence } from '../../shared/event.ts';
import type { TimelineEntry } from '../../shared/timeline.ts';

/** A repeated report of one occurrence. */
export type Repetition = {
  /** All entries that report it, oldest first. */
  readonly seqs: readonly number[];
  /** The note for each of them. */
  readonly note: string;
  /** The note that it replaces; null without one. */
  readonly noteBefore: string | null;
};

type Reported = { readonly seqs: number[]; readonly reporters: (string | null)[] };

/** Deliveries of one occurrence arrive within seconds, or within a sender's retries. */
const mostRemembered = 1000;
/** Further reports of one occurrence are not counted. */
const mostReports = 50;

/** Which entries report the same `Occurrence`, among the newest thousand. */
export type Occurrences = {
  /** Null when the entry is the first report. Idempotent. */
  readonly apply: (entry: TimelineEntry) => Repetition | null;
  readonly clear: () => void;
};

export const createOccurrences = (): Occurrences => {
  const byKey = new Map<string, Reported>();

  const keysOf = ({ sourceId, simulated }: TimelineEntry, { keys }: Occurrence): string[] =>
    keys.map((key) => `${simulated ? 'simulated' : 'real'} ${sourceId} ${key}`);

  const remember = (keys: readonly string[], reported: Reported) => {
    for (const key of keys) {
      byKey.delete(key);
      byKey.set(key, reported);
    }
    for (const oldest of byKey.keys()) {
      if (byKey.size <= mostRemembered) return;
      byKey.delete(oldest);
    }
  };

  return {
    apply: (entry) => {
      const occurrence = entry.status === 'event' ? entry.event.occurrence : undefined;
      if (!occurrence) return null;
      const keys = keysOf(entry, occurrence);
      const known = keys.map((key) => byKey.get(key)).find((reported) => reported);
      if (known?.seqs.includes(entry.seq)) return null;
      const reported = known ?? { seqs: [], reporters: [] };
      const noteBefore = known && known.seqs.length > 1 ? noteOf(known) : null;
      if (reported.seqs.length < mostReports) {
        reported.seqs.push(entry.seq);
        reported.reporters.push(occurrence.reporter);
      }
      remember(keys, reported);
      return known ? { seqs: [...reported.seqs], note: noteOf(reported), noteBefore } : null;
    },
    clear: () => byKey.clear(),
  };
};

function noteOf({ seqs, reporters }: Reported): string {
  const connections = new Set(reporters.filter((reporter) => reporter !== null)).size;
  return connections > 1 ? `Seen by ${connections} connections` : `Reported ${seqs.length} times`;
}
