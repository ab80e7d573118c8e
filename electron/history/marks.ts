import type { Decided } from '../../shared/ipc.ts';
import type { MarkChange, MarkName } from '../../shared/marking.ts';
import type { NotificationDecision } from '../../shared/timeline.ts';
import type { Folder } from '../storage/folder.ts';
import { blockOf } from './blocks.ts';
import { type GivenMarks, openGivenMarks } from './given-marks.ts';
import type { Ranges } from './log/ranges.ts';
import { createMarkBlocks, type Mark, type MarkBlocks } from './mark-blocks.ts';

export type AllMarks = Mark & {
  readonly seen: boolean;
  readonly archived?: boolean | undefined;
  readonly pinned?: boolean | undefined;
  readonly notification: NotificationDecision | null;
};

export type MarksOptions = {
  readonly folder: Folder;
  readonly report: (trouble: string) => void;
  /** Entries below this number are gone for good: nothing is marked of them any more. */
  readonly storedFrom: () => number;
};

/**
 * What a person marked, repeats, notes and notification decisions: one file for each mark that a person gives, one per 2,048 entries for the rest. The caller schedules
 * `saving`; a crash loses the marks of the last moment. A file that the system refuses to read counts as unmarked, and is read-only until
 * the next start.
 */
export type Marks = {
  of(seq: number): Mark & Pick<AllMarks, 'notification'>;
  isSeen(seq: number): boolean;
  /** How many of these numbers were not seen. */
  countUnseen(among: Ranges): number;
  readonly given: Pick<GivenMarks, 'is' | 'isAny' | 'ranges'>;
  /** See `GivenMarks`. */
  give(mark: MarkName, on: boolean, ranges: Ranges): MarkChange[];
  addDuplicate(seq: number, note: string | null): void;
  /** Adds a note, in the place of `instead` where there is that one. */
  addNote(seq: number, note: string, instead?: string | null): void;
  decide(seq: number, notification: NotificationDecision): void;
  /** Marks an entry without marks as it was marked elsewhere. */
  adopt(seq: number, marks: AllMarks): void;
  /** Removes the marks of removed entries. Never rejects; a file that stays is tried again by the next call. Resolves with whether there is something to save. */
  removeOld(): Promise<boolean>;
  /** Writes what changed, a file at each step: each blocks for a moment. Throws the first error at the end; unwritten changes are tried again. */
  saving(): Generator<void, void>;
  /** Decides, and writes what changed in the files of these entries. Throws the system's error. */
  decideNow(decided: readonly Decided[]): void;
  save(): void;
};

const unmarked: Mark = { repeats: 0, notes: [] };
const mostNotes = 20;

export const openMarks = ({ folder, storedFrom, report }: MarksOptions): Marks => {
  const given = openGivenMarks(folder, report);
  const blocks = createMarkBlocks(folder, report);
  const { change, addNote, decide, markOf } = createMarking(blocks, storedFrom);

  function* saving(): Generator<void, void> {
    const errors: unknown[] = [];
    const attempt = (task: () => void) => {
      try {
        task();
      } catch (error) {
        errors.push(error);
      }
    };
    for (const save of given.saves) attempt(save);
    for (const number of blocks.unsaved) {
      yield;
      attempt(() => blocks.save(number));
    }
    // Read while that went on.
    for (const save of given.saves) attempt(save);
    if (errors.length > 0) throw errors[0];
  }

  return {
    of: (seq) => ({ ...markOf(seq), notification: blocks.of(seq).decisions.of(seq) }),
    isSeen: (seq) => given.is('seen', seq),
    countUnseen: given.countUnseen,
    given,
    give: given.give,
    addDuplicate: (seq, note) => {
      change(seq, { repeats: markOf(seq).repeats + 1 });
      if (note !== null) addNote(seq, note);
    },
    addNote,
    decide,
    adopt: (seq, { seen, archived, pinned, repeats, notes, notification }) => {
      given.adopt(seq, { seen, archived, pinned });
      if (notification) decide(seq, notification);
      if (repeats > 0 || notes.length > 0)
        change(seq, { repeats, notes: notes.slice(0, mostNotes) });
    },
    removeOld: async () => {
      if (folder.writtenByNewer) return false;
      const from = storedFrom();
      given.removeBelow(from);
      await blocks.removeBefore(blockOf(from));
      return given.isUnsaved;
    },
    saving,
    decideNow: (decided) => {
      for (const { seq, notification } of decided) decide(seq, notification);
      for (const number of new Set(decided.map(({ seq }) => blockOf(seq)))) blocks.save(number);
    },
    save: () => {
      for (const _ of saving());
    },
  };
};

const createMarking = (blocks: MarkBlocks, storedFrom: () => number) => {
  const markOf = (seq: number): Mark => blocks.of(seq).marks.get(seq) ?? unmarked;

  const change = (seq: number, changed: Partial<Mark>): void => {
    if (seq < storedFrom()) return;
    blocks.of(seq).marks.set(seq, { ...markOf(seq), ...changed });
    blocks.changed(seq);
  };

  return {
    markOf,
    change,
    addNote: (seq: number, note: string, instead: string | null = null): void => {
      const others = markOf(seq).notes.filter((one) => one !== instead);
      if (!others.includes(note) && others.length < mostNotes)
        change(seq, { notes: [...others, note] });
    },
    decide: (seq: number, notification: NotificationDecision): void => {
      if (seq < storedFrom()) return;
      blocks.of(seq).decisions.decide(seq, notification);
      blocks.changed(seq);
    },
  };
};
