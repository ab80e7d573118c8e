import type { TimelineEntry } from '../../shared/timeline.ts';
import type { Later } from '../later.ts';
import type { Marks } from './marks.ts';

export type AfterMarksOptions = {
  readonly marks: Pick<Marks, 'saving'>;
  readonly later: Later;
  /** All of them were saved, or not: with the first error. */
  readonly onSaved: (error: unknown) => void;
  readonly entryAt: (seq: number) => Promise<TimelineEntry | null>;
  /** At most 200 at once, oldest first. */
  readonly onMarked: (entries: TimelineEntry[]) => void;
};

const saveMs = 1000;
/** Time for deliveries between two files. */
const betweenFilesMs = 20;
/** Soon enough for a person. Who sends everything again makes thousands of marks a second. */
const tellMs = 50;
const mostTold = 200;

/** What follows a mark, a moment later and for all marks of that moment: they are saved, a file at a time, and told. */
export const createAfterMarks = (options: AfterMarksOptions) => {
  const { marks, later, entryAt, onMarked, onSaved } = options;
  const untold = new Set<number>();
  let isSaving = false;
  let callOffTelling = () => {};

  function save(saving: ReturnType<Marks['saving']>): void {
    isSaving = false;
    try {
      isSaving = saving.next().done === false;
      if (!isSaving) onSaved(null);
    } catch (error) {
      onSaved(error);
    }
    if (isSaving) later(betweenFilesMs, () => save(saving));
  }

  async function tell(): Promise<void> {
    const seqs = [...untold].sort((one, other) => one - other);
    untold.clear();
    for (let at = 0; at < seqs.length; at += mostTold) {
      const entries: TimelineEntry[] = [];
      for (const seq of seqs.slice(at, at + mostTold)) {
        const entry = await entryAt(seq);
        if (entry) entries.push(entry);
      }
      onMarked(entries);
    }
  }

  function saveSoon(): void {
    if (isSaving) return;
    isSaving = true;
    later(saveMs, () => save(marks.saving()));
  }

  return {
    /** Of marks that nobody has to be told. */
    saveSoon,
    marked: (seq: number): void => {
      saveSoon();
      if (untold.size === 0) callOffTelling = later(tellMs, () => void tell());
      untold.add(seq);
    },
    /** Nobody is told any more: what would be told is about to be closed. */
    fallSilent: (): void => callOffTelling(),
  };
};
