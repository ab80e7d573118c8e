import * as z from 'zod/mini';
import type { Decided } from '../../shared/ipc.ts';
import type { NotificationDecision } from '../../shared/timeline.ts';
import type { Folder } from '../storage/folder.ts';
import { openSmallStore, reportTrouble } from '../storage/small-store.ts';
import { blockOf } from './blocks.ts';
import {
  contains,
  countMissingAmong,
  type Ranges,
  rangesFrom,
  without,
  withRange,
} from './log/ranges.ts';
import { createMarkBlocks, type Mark, type MarkBlocks } from './mark-blocks.ts';

const Seen = z.object({ seen: z.array(z.tuple([z.int(), z.int()])) });

export type AllMarks = Mark & {
  readonly seen: boolean;
  readonly notification: NotificationDecision | null;
};

export type MarksOptions = {
  readonly folder: Folder;
  readonly report: (trouble: string) => void;
  /** Entries below this number are gone for good: nothing is marked of them any more. */
  readonly storedFrom: () => number;
};

/**
 * Seen, repeats, notes and notification decisions: one file for what was seen, one per 2,048 entries for the rest. The caller schedules
 * `saving`; a crash loses the marks of the last moment. A file that the system refuses to read counts as unmarked, and is read-only until
 * the next start.
 */
export type Marks = {
  of(seq: number): Omit<AllMarks, 'seen'>;
  isSeen(seq: number): boolean;
  /** How many of these numbers were not seen. */
  countUnseen(among: Ranges): number;
  setSeen(seq: number, isSeen: boolean): void;
  setSeenUpTo(seq: number): void;
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
  const seen = openSeen(folder, report);
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
    attempt(seen.save);
    for (const number of blocks.unsaved) {
      yield;
      attempt(() => blocks.save(number));
    }
    // Read while that went on.
    attempt(seen.save);
    if (errors.length > 0) throw errors[0];
  }

  return {
    of: (seq) => ({ ...markOf(seq), notification: blocks.of(seq).decisions.of(seq) }),
    isSeen: (seq) => contains(seen.ranges(), seq),
    countUnseen: (among) => countMissingAmong(seen.ranges(), among),
    setSeen: seen.set,
    setSeenUpTo: (seq) => seen.change((ranges) => withRange(ranges, 1, seq)),
    addDuplicate: (seq, note) => {
      change(seq, { repeats: markOf(seq).repeats + 1 });
      if (note !== null) addNote(seq, note);
    },
    addNote,
    decide,
    adopt: (seq, { seen: wasSeen, repeats, notes, notification }) => {
      if (wasSeen) seen.set(seq, true);
      if (notification) decide(seq, notification);
      if (repeats > 0 || notes.length > 0)
        change(seq, { repeats, notes: notes.slice(0, mostNotes) });
    },
    removeOld: async () => {
      if (folder.writtenByNewer) return false;
      const from = storedFrom();
      seen.removeBelow(from);
      await blocks.removeBefore(blockOf(from));
      return seen.isUnsaved();
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

const openSeen = (folder: Folder, report: (trouble: string) => void) => {
  const store = openSmallStore<{ seen: Ranges }>({
    folder,
    name: 'seen',
    parse: (value) => Seen.parse(value),
  });
  const found = store.read();
  reportTrouble(found, 'seen.json was damaged: some read marks are lost', report);
  let seen = found.status === 'fine' ? found.value.seen : [];
  let isUnsaved = false;

  const change = (changed: (ranges: Ranges) => Ranges): void => {
    seen = changed(seen);
    isUnsaved = true;
  };
  return {
    ranges: () => seen,
    isUnsaved: () => isUnsaved,
    change,
    set: (seq: number, isSeen: boolean): void =>
      change((ranges) => (isSeen ? withRange(ranges, seq, seq) : without(ranges, seq))),
    removeBelow: (least: number): void => {
      const few = rangesFrom(seen, least);
      if (few.length < seen.length) isUnsaved = true;
      seen = few;
    },
    save: (): void => {
      if (!isUnsaved) return;
      store.write({ seen });
      isUnsaved = false;
    },
  };
};
