import type { Occurrence } from '../../shared/event.ts';
import type { TimelineEntry } from '../../shared/timeline.ts';

/** What an entry reports again, and how often that was reported so far. */
export type Repetition = {
  /** The entries that report it, oldest first, this one included. */
  readonly seqs: readonly number[];
  /** How it is told on each of them. */
  readonly note: string;
  /** What was told on them before this one; null where nothing was. */
  readonly noteBefore: string | null;
};

type Reported = { readonly seqs: number[]; readonly reporters: (string | null)[] };

/** So many things are remembered: deliveries of one thing come within seconds, or within a sender's retries. */
const mostRemembered = 1000;
/** More deliveries of one thing are not counted. */
const mostReports = 50;

/** Which entries report one and the same thing (`Occurrence`), of the newest thousand. */
export const createOccurrences = () => {
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
    /** Null where the entry is the first to report it. Idempotent. */
    apply: (entry: TimelineEntry): Repetition | null => {
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
    clear: (): void => byKey.clear(),
  };
};

function noteOf({ seqs, reporters }: Reported): string {
  const connections = new Set(reporters.filter((reporter) => reporter !== null)).size;
  return connections > 1 ? `Seen by ${connections} connections` : `Reported ${seqs.length} times`;
}
