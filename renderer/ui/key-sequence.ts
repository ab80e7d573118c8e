import { keyOf } from './key-of.ts';
import { windowShortcut } from './key-table.ts';

const patienceMs = 1_500;

let begun: { readonly key: string; readonly at: number } | null = null;

/** Notes the key that began a shortcut of two keys; null where none did. */
export const beginSequence = (key: string | null, { timeStamp: at }: KeyboardEvent): void => {
  begun = key === null ? null : { key, at };
};

/** The first key of a shortcut of two keys, pressed a moment ago; null without one. */
export const sequenceBegun = ({ timeStamp }: KeyboardEvent): string | null =>
  begun !== null && timeStamp - begun.at < patienceMs ? begun.key : null;

/** Whether a key is the second of a shortcut of the window. It then means nothing by itself. */
export const goesOn = (event: KeyboardEvent): boolean => {
  const before = sequenceBegun(event);
  return before !== null && windowShortcut(before, keyOf(event))?.keys.length === 2;
};
