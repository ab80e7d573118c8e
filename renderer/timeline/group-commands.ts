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
};

export function groupCommands(core: Core): GroupCommands {
  const { view, position } = core;
  const { get, set } = view;
  const fold = (seq: number, isOpen: boolean) => {
    position.shown = null;
    set(withFolded(get(), seq, isOpen));
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
  };
}
