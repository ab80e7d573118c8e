import { type Decided, Push } from '../../shared/ipc.ts';
import type { TimelineEntry } from '../../shared/timeline.ts';
import type { Schedule } from '../schedule.ts';

/** A batch follows a batch this soon, and up to the longest pause in a burst: one message per entry would keep the window painting. */
const firstPauseMs = 30;
const longestPauseMs = 240;
const mostInMessage = 200;

export type PushQueue = {
  /** Sends a single entry at once, a burst a few times a second, at most 200 entries in a message. Oldest first. */
  readonly added: (entries: readonly TimelineEntry[]) => void;
  /** As `added`, for decisions about entries: they follow the entries that wait. */
  readonly decided: (decided: Decided) => void;
  /** Sends a message; new entries that wait go first, because the window must know an entry before a change of it. */
  readonly send: (push: Push) => void;
  /** Sends the entries that wait, so that an answer given next contains nothing that comes as new after it. */
  readonly flush: () => void;
};

/** What waits for the next batch, in the order in which the window has to know it. */
type Batch = { readonly entries: TimelineEntry[]; readonly decided: Decided[] };

/** The one queue through which main tells the window anything. */
export const createPushQueue = (schedule: Schedule, push: (push: Push) => void): PushQueue => {
  /** Null while no batch was sent just now. */
  let waiting: Batch | null = null;

  function sendBatch({ entries, decided }: Batch): void {
    // Entries were parsed when they were read from the disk.
    for (const some of chunksOf(entries)) push({ what: 'added', entries: some });
    for (const some of chunksOf(decided)) push({ what: 'decided', decided: some });
  }

  function begin(batch: Batch, pauseMs: number): void {
    waiting = emptyBatch();
    schedule(pauseMs, () => {
      const next = waiting;
      waiting = null;
      if (next && !isEmpty(next)) begin(next, Math.min(pauseMs * 2, longestPauseMs));
    });
    sendBatch(batch);
  }

  function enqueue(batch: Batch): void {
    if (isEmpty(batch)) return;
    if (waiting) {
      waiting.entries.push(...batch.entries);
      waiting.decided.push(...batch.decided);
    } else begin(batch, firstPauseMs);
  }

  function flush(): void {
    if (!waiting) return;
    sendBatch(waiting);
    waiting.entries.length = 0;
    waiting.decided.length = 0;
  }

  return {
    added: (entries) => enqueue({ entries: [...entries], decided: [] }),
    decided: (decided) => enqueue({ entries: [], decided: [decided] }),
    send: (message) => {
      // The state names no entry, and is pushed more often than batches are.
      if (message.what !== 'state') flush();
      push(message.what === 'changed' ? message : Push.parse(message));
    },
    flush,
  };
};

const emptyBatch = (): Batch => ({ entries: [], decided: [] });

const isEmpty = ({ entries, decided }: Batch): boolean => entries.length + decided.length === 0;

const chunksOf = <T>(all: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(all.length / mostInMessage) }, (_, at) =>
    all.slice(at * mostInMessage, (at + 1) * mostInMessage),
  );
