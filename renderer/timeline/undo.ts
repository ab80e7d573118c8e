import { number } from '../../shared/english.ts';
import type { MarkChange, MarkName } from '../../shared/marking.ts';
import { countOf } from '../../shared/seq-ranges.ts';

/** What the person did at once, newest last. */
export type UndoStack = readonly (readonly MarkChange[])[];

const mostUndone = 50;

/** The stack with what was done just now. What changed nothing is not worth undoing. */
export const withDone = (stack: UndoStack, changes: readonly MarkChange[]): UndoStack =>
  changes.length === 0 ? stack : [...stack, changes].slice(-mostUndone);

/** What undoes these changes, in the order in which it has to be done. */
export const undoing = (changes: readonly MarkChange[]): MarkChange[] =>
  changes.map((change) => ({ ...change, on: !change.on })).reverse();

const words = {
  seen: ['marked as read', 'marked as unread'],
  archived: ['archived', 'moved out of the archive'],
  pinned: ['pinned', 'unpinned'],
} as const satisfies Record<MarkName, readonly [on: string, off: string]>;

/** "12 marked as read". The first change is what the person asked for; the others went with it. */
export function doneWords(changes: readonly MarkChange[]): string {
  const [asked] = changes;
  if (!asked) return '';
  return `${number(countOf(asked.ranges))} ${words[asked.mark][asked.on ? 0 : 1]}`;
}
