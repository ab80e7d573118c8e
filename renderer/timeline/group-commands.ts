import { withSeen } from './changes.ts';
import type { Core } from './core.ts';
import { selectedHead, withFolded, withStepInto } from './folding.ts';

/** What a person does with groups. */
export type GroupCommands = {
  /** Opens or closes the group of an entry in place. */
  fold: (seq: number, isOpen: boolean) => void;
  /** Opens or closes the selected group. False where the selection is none. */
  foldSelected: () => boolean;
  /** A step into the selected group (opens it, then goes to its first entry), or out of it. False where there is none. */
  stepInto: (into: boolean) => boolean;
  /** Marks the entries of the selected group as read, or as unread where all are read. Null where the selection is no group. */
  toggleGroupSeen: () => Promise<void> | null;
};

/** What main takes at once. */
const mostMarked = 500;

export function groupCommands(core: Core): GroupCommands {
  const { view, position, ask } = core;
  const { get, set } = view;
  const fold = (seq: number, isOpen: boolean) => {
    position.shown = null;
    set(withFolded(get(), seq, isOpen));
  };

  const mark = async (seqs: readonly number[], seen: boolean) => {
    set(withSeen(get(), new Set(seqs), seen));
    for (let at = 0; at < seqs.length; at += mostMarked)
      await ask('markSeen', { seqs: seqs.slice(at, at + mostMarked), seen });
  };

  return {
    fold,
    foldSelected: () => {
      const head = selectedHead(get());
      const { selected } = get();
      if (!head || selected === null) return false;
      fold(selected, !head.open);
      return true;
    },
    stepInto: (into) => {
      const change = withStepInto(get(), into);
      if (!change) return false;
      position.shown = null;
      set(change);
      return true;
    },
    toggleGroupSeen: () => {
      const head = selectedHead(get());
      if (!head) return null;
      const { rows } = get();
      const members = head.group.members.flatMap((index) => rows[index] ?? []);
      const seqs = members.map(({ seq }) => seq);
      return mark(
        seqs,
        members.some(({ seen }) => !seen),
      );
    },
  };
}
