import type { TimelineEntry } from '../../shared/timeline.ts';
import type { Schedule } from '../schedule.ts';
import type { Marks } from './marks.ts';

export type AfterMarksOptions = {
  readonly marks: Pick<Marks, 'saving' | 'of'>;
  readonly schedule: Schedule;
  /** Called with the first error, or null. */
  readonly onSaved: (error: unknown) => void;
  readonly entryAt: (seq: number) => Promise<TimelineEntry | null>;
  /** At most 200 at once, oldest first. */
  readonly onMarked: (entries: TimelineEntry[]) => void;
};

const saveMs = 1000;
/** Time for deliveries between two files. */
const betweenFilesMs = 20;
/** Batch pushes: a sender that sends everything again makes thousands of marks a second. */
const pushMs = 50;
const mostPushed = 200;

/** Saves and pushes marks a moment later, all of that moment together. */
export type AfterMarks = {
  saveSoon(): void;
  marked(seq: number): void;
  /** Nothing is pushed any more: the log is about to be closed. */
  stop(): void;
};

export const createAfterMarks = (options: AfterMarksOptions): AfterMarks => {
  const { marks, schedule, entryAt, onMarked, onSaved } = options;
  const waiting = new Set<number>();
  let isSaving = false;
  let cancelPush = () => {};

  function save(saving: ReturnType<Marks['saving']>): void {
    isSaving = false;
    try {
      isSaving = saving.next().done === false;
      if (!isSaving) onSaved(null);
    } catch (error) {
      onSaved(error);
    }
    if (isSaving) schedule(betweenFilesMs, () => save(saving));
  }

  async function push(): Promise<void> {
    const seqs = [...waiting].sort((one, other) => one - other);
    waiting.clear();
    for (let at = 0; at < seqs.length; at += mostPushed) {
      const entries: TimelineEntry[] = [];
      for (const seq of seqs.slice(at, at + mostPushed)) {
        const entry = await entryAt(seq);
        if (entry) entries.push(entry);
      }
      onMarked(entries.map(withNewestDecision));
    }
  }

  /** A decision is pushed by itself, which may have happened while the other entries were read. */
  const withNewestDecision = (entry: TimelineEntry): TimelineEntry => ({
    ...entry,
    notification: marks.of(entry.seq).notification,
  });

  function saveSoon(): void {
    if (isSaving) return;
    isSaving = true;
    schedule(saveMs, () => save(marks.saving()));
  }

  return {
    saveSoon,
    marked: (seq) => {
      saveSoon();
      if (waiting.size === 0) cancelPush = schedule(pushMs, () => void push());
      waiting.add(seq);
    },
    stop: () => cancelPush(),
  };
};
