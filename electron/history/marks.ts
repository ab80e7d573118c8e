import * as z from 'zod/mini';
import type { NotificationDecision } from '../../shared/timeline.ts';
import { blockName, blockOf, blockOfFile } from './blocks.ts';
import { createDecisions, DecidedList, type Decisions } from './decisions.ts';
import type { Folder } from './folder.ts';
import {
  contains,
  countMissingAmong,
  notBelow,
  type Ranges,
  united,
  without,
  withRange,
} from './seen.ts';
import {
  type Found,
  openSmallStore,
  type SmallStore,
  type Telling,
  tellFound,
} from './small-store.ts';

/** What later deliveries said of an entry. */
const Mark = z.object({ repeats: z.int(), notes: z.array(z.string()) });
type Mark = z.infer<typeof Mark>;

const Block = z.object({ marks: z.record(z.string(), Mark), decisions: DecidedList });
const parseBlock = (value: unknown) => Block.parse(value);
const Seen = z.object({ seen: z.array(z.tuple([z.int(), z.int()])) });

/** All that is marked of an entry. */
export type AllMarks = Mark & {
  readonly seen: boolean;
  readonly notification: NotificationDecision | null;
};

/** The marks of 2,048 entries, by sequence number. */
type MarkBlock = {
  readonly store: SmallStore<{ marks: Readonly<Record<string, Mark>>; decisions: DecidedList }>;
  readonly marks: Map<number, Mark>;
  readonly decisions: Decisions;
};

export type MarksOptions = Telling & {
  readonly folder: Folder;
  /** A newer Hookbell wrote the log beside them. */
  readonly readOnly: boolean;
  /** Entries below this number are forgotten for good: nothing is marked of them any more. */
  readonly keptFrom: () => number;
};

const unmarked: Mark = { repeats: 0, notes: [] };
const mostNotes = 20;

export type Marks = ReturnType<typeof openMarks>;

/**
 * Seen, repeats, notes and notification decisions, in small stores beside the log: one file for what was seen and one per
 * 2,048 entries for the rest, so that a mark costs the same however long the history is. Saved by `save`, which the caller
 * schedules; a crash loses the marks of the last moment, never an entry. What the system refuses to read counts as unmarked
 * until it can be read, and then goes together with what was marked since.
 */
export const openMarks = ({ folder, readOnly, keptFrom, ...telling }: MarksOptions) => {
  const blocks = new Map<number, MarkBlock>();
  const changedBlocks = new Set<number>();
  const seenStore = openSmallStore<{ seen: Ranges }>({
    ...{ folder, name: 'seen', readOnly, parse: (value) => Seen.parse(value) },
  });
  let seen = valueIn('seen', seenStore.read())?.seen ?? [];
  let seenChanged = false;
  /** All files of blocks before it are gone. */
  let firstBlock = 0;

  function valueIn<T>(name: string, found: Found<T>): T | null {
    tellFound(found, `${name}.json was damaged: some read marks are lost`, telling);
    return 'value' in found ? found.value : null;
  }

  function blockAt(number: number): MarkBlock {
    const known = blocks.get(number);
    if (known) return known;
    const name = blockName('marks', number);
    const store: MarkBlock['store'] = openSmallStore({ folder, name, readOnly, parse: parseBlock });
    const saved = valueIn(name, store.read());
    const marks = new Map(numbered(saved?.marks ?? {}));
    const block = { store, marks, decisions: createDecisions(saved?.decisions) };
    blocks.set(number, block);
    return block;
  }

  const blockWith = (seq: number): MarkBlock => blockAt(blockOf(seq));

  const markOf = (seq: number): Mark => blockWith(seq).marks.get(seq) ?? unmarked;

  const isKept = (seq: number): boolean => seq >= keptFrom();

  const change = (seq: number, changed: Partial<Mark>) => {
    if (!isKept(seq)) return;
    blockWith(seq).marks.set(seq, { ...markOf(seq), ...changed });
    changedBlocks.add(blockOf(seq));
  };

  const addNote = (seq: number, note: string, instead: string | null = null) => {
    const { notes } = markOf(seq);
    const others = notes.filter((one) => one !== instead);
    if (!others.includes(note) && others.length < mostNotes)
      change(seq, { notes: [...others, note] });
  };

  const setSeen = (seq: number, isSeen: boolean) => {
    seen = isSeen ? withRange(seen, seq, seq) : without(seen, seq);
    seenChanged = true;
  };

  const decide = (seq: number, notification: NotificationDecision) => {
    if (!isKept(seq)) return;
    blockWith(seq).decisions.decide(seq, notification);
    changedBlocks.add(blockOf(seq));
  };

  function saveSeen(): void {
    seen = united(seen, seenStore.lookAgain()?.seen ?? []);
    seenStore.write({ seen });
    seenChanged = false;
  }

  function saveBlock(number: number): void {
    // Forgotten since it was its turn.
    if (!changedBlocks.has(number)) return;
    const { store, marks, decisions } = blockAt(number);
    const before = store.lookAgain();
    for (const [seq, mark] of numbered(before?.marks ?? {}))
      marks.set(seq, together(mark, marks.get(seq) ?? unmarked));
    decisions.adopt(before?.decisions ?? []);
    store.write({ marks: Object.fromEntries(marks), decisions: decisions.list() });
    changedBlocks.delete(number);
  }

  function decideNow(
    decided: readonly { readonly seq: number; readonly notification: NotificationDecision }[],
  ): void {
    for (const { seq, notification } of decided) decide(seq, notification);
    for (const number of new Set(decided.map(({ seq }) => blockOf(seq)))) saveBlock(number);
  }

  function* saving(): Generator<void, void> {
    const errors: unknown[] = [];
    const attempt = (task: () => void) => {
      try {
        task();
      } catch (error) {
        errors.push(error);
      }
    };
    if (seenChanged) attempt(saveSeen);
    for (const number of changedBlocks) {
      yield;
      attempt(() => saveBlock(number));
    }
    // Read while that went on.
    if (seenChanged) attempt(saveSeen);
    if (errors.length > 0) throw errors[0];
  }

  async function forget(): Promise<boolean> {
    if (readOnly) return false;
    const from = keptFrom();
    const few = notBelow(seen, from);
    seenChanged ||= few.length < seen.length;
    seen = few;
    const least = blockOf(from);
    for (const marked of [blocks, changedBlocks])
      for (const number of marked.keys()) if (number < least) marked.delete(number);
    if (firstBlock < least && (await removeBlocks(least))) firstBlock = least;
    return seenChanged;
  }

  /** Whether all files of blocks before `least` are gone. */
  async function removeBlocks(least: number): Promise<boolean> {
    try {
      const files = await folder.list();
      const old = files.filter((file) => (blockOfFile('marks', file) ?? least) < least);
      // Else a power cut may bring back the entries without their marks.
      if (old.length > 0) await folder.sync();
      const going = old.filter(mayGo);
      await Promise.all(going.map(folder.remove));
      return going.length === old.length;
    } catch {
      return false;
    }
  }

  /** What a newer Hookbell wrote is never changed (H17), and what cannot be looked at may be that. */
  function mayGo(file: string): boolean {
    if (!file.endsWith('.json')) return true;
    const name = file.slice(0, -'.json'.length);
    const { status } = openSmallStore({ folder, name, readOnly: true, parse: parseBlock }).read();
    return status !== 'newer' && status !== 'refused';
  }

  return {
    of: (seq: number) => {
      const { repeats, notes } = markOf(seq);
      return { repeats, notes, notification: blockWith(seq).decisions.of(seq) };
    },
    isSeen: (seq: number) => contains(seen, seq),
    /** How many of these numbers were not seen. */
    countUnseen: (among: Ranges) => countMissingAmong(seen, among),
    setSeen,
    setSeenUpTo: (seq: number) => {
      seen = withRange(seen, 1, seq);
      seenChanged = true;
    },
    addRepeat: (seq: number, note: string | null) => {
      change(seq, { repeats: markOf(seq).repeats + 1 });
      if (note !== null) addNote(seq, note);
    },
    addNote,
    decide,
    /** What an entry without marks was marked with elsewhere. */
    adopt: (seq: number, { seen: wasSeen, repeats, notes, notification }: AllMarks) => {
      if (wasSeen) setSeen(seq, true);
      if (notification) decide(seq, notification);
      if (repeats > 0 || notes.length > 0)
        change(seq, { repeats, notes: notes.slice(0, mostNotes) });
    },
    /**
     * Lets go of what belongs only to forgotten entries: whole files, and ranges of what was seen. Never rejects; what the
     * system does not let go is tried again by the next call. Settles with whether there is something to save after it.
     */
    forget,
    /**
     * Writes what changed, also what changes meanwhile, a file at each step: each blocks for a moment. Throws the first error at
     * the end; what was not written is tried again the next time.
     */
    saving,
    /** Decides, and writes what changed in the files of these entries. Throws the system's error. */
    decideNow,
    /** All of it at once. */
    save: () => {
      for (const _ of saving());
    },
  };
};

const numbered = (marks: Readonly<Record<string, Mark>>): [number, Mark][] =>
  Object.entries(marks).map(([seq, mark]) => [Number(seq), mark]);

/** What was marked before and what since, when neither knew of the other. */
const together = (before: Mark, since: Mark): Mark => ({
  repeats: before.repeats + since.repeats,
  notes: [...new Set([...before.notes, ...since.notes])].slice(0, mostNotes),
});
