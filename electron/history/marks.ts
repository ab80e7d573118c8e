import * as z from 'zod/mini';
import { NotificationDecision } from '../../shared/timeline.ts';
import type { Folder } from './folder.ts';
import { contains, countMissingAmong, type Ranges, without, withRange } from './seen.ts';

/** What is known of an entry beyond its delivery. */
export const Mark = z.object({
  repeats: z.int(),
  notes: z.array(z.string()),
  notification: z.nullable(NotificationDecision),
});
export type Mark = z.infer<typeof Mark>;

const Block = z.object({ v: z.literal(1), marks: z.record(z.string(), Mark) });
const SeenFile = z.object({ v: z.literal(1), seen: z.array(z.tuple([z.int(), z.int()])) });

const unmarked: Mark = { repeats: 0, notes: [], notification: null };
const blockSize = 256;
const blockName = (number: number) => `marks-${String(number).padStart(6, '0')}`;
const mostNotes = 20;

export type Marks = ReturnType<typeof openMarks>;

/**
 * Seen, repeats, notes and notification decisions, in small stores beside the log: one file for what was seen and one per
 * 256 entries for the rest, so that a mark costs the same however long the history is. Saved by `save`, which the caller
 * schedules; a crash loses the marks of the last moment, never an entry. A damaged file is set aside and begins anew.
 */
export const openMarks = (folder: Folder, report: (damage: string) => void) => {
  const blocks = new Map<number, Map<number, Mark>>();
  const changedBlocks = new Set<number>();
  let seen: Ranges = readSeen();
  let seenChanged = false;

  function readOr<T>(name: string, parse: (value: unknown) => T, fallback: T): T {
    try {
      const value = folder.store(name).read();
      return value === undefined ? fallback : parse(value);
    } catch {
      report(`${name}.json was damaged: some read marks are lost`);
      void folder.rename(`${name}.json`, `${name}.json.corrupt`).catch(() => {});
      return fallback;
    }
  }

  function readSeen(): Ranges {
    return readOr('seen', (value) => SeenFile.parse(value).seen, []);
  }

  function blockOf(seq: number): Map<number, Mark> {
    const number = Math.floor(seq / blockSize);
    const known = blocks.get(number);
    if (known) return known;
    const read = readOr(
      blockName(number),
      (value) =>
        new Map(Object.entries(Block.parse(value).marks).map(([key, mark]) => [Number(key), mark])),
      new Map<number, Mark>(),
    );
    blocks.set(number, read);
    return read;
  }

  const of = (seq: number): Mark => blockOf(seq).get(seq) ?? unmarked;

  const change = (seq: number, changed: Partial<Mark>) => {
    blockOf(seq).set(seq, { ...of(seq), ...changed });
    changedBlocks.add(Math.floor(seq / blockSize));
  };

  const addNote = (seq: number, note: string) => {
    const { notes } = of(seq);
    if (!notes.includes(note) && notes.length < mostNotes) change(seq, { notes: [...notes, note] });
  };

  return {
    of,
    isSeen: (seq: number) => contains(seen, seq),
    /** How many of these numbers were not seen. */
    countUnseen: (among: Ranges) => countMissingAmong(seen, among),
    setSeen: (seq: number, isSeen: boolean) => {
      seen = isSeen ? withRange(seen, seq, seq) : without(seen, seq);
      seenChanged = true;
    },
    setSeenUpTo: (seq: number) => {
      seen = withRange(seen, 1, seq);
      seenChanged = true;
    },
    addRepeat: (seq: number, note: string | null) => {
      change(seq, { repeats: of(seq).repeats + 1 });
      if (note !== null) addNote(seq, note);
    },
    addNote,
    decide: (seq: number, notification: NotificationDecision) => change(seq, { notification }),
    /** Writes what changed. Throws the system's error; what was not written is tried again at the next call. */
    save: () => {
      if (seenChanged) folder.store('seen').write({ v: 1, seen });
      seenChanged = false;
      for (const number of changedBlocks) {
        folder
          .store(blockName(number))
          .write({ v: 1, marks: Object.fromEntries(blocks.get(number) ?? []) });
        changedBlocks.delete(number);
      }
    },
  };
};
