import { useEffect, useRef } from 'react';

const typing = 'input, textarea, select, [contenteditable], [role=textbox], [role=combobox]';
const elsewhere = '[role=dialog], [role=alertdialog], [role=menu]';

/** Shortcuts rest while the person types, and while a dialog or a menu is open. */
export const isFree = (event: KeyboardEvent): boolean => isInReach(event) && !isTyping(event);

/** No dialog and no menu is open, whether or not the person types. */
export const isInReach = (event: KeyboardEvent): boolean =>
  !event.defaultPrevented && !event.isComposing && document.querySelector(elsewhere) === null;

const isTyping = ({ target }: KeyboardEvent): boolean =>
  target instanceof Element && target.closest(typing) !== null;

/**
 * Listens to the keys of the whole window. The listener returns whether it has handled the key. `isHeard`: which keys it hears; always
 * the same function.
 */
export function useKeys(
  listener: (event: KeyboardEvent) => boolean,
  isHeard: (event: KeyboardEvent) => boolean = isFree,
): void {
  const newest = useRef(listener);
  useEffect(() => {
    newest.current = listener;
  });

  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (isHeard(event) && newest.current(event)) event.preventDefault();
    };
    window.addEventListener('keydown', hear);
    return () => window.removeEventListener('keydown', hear);
  }, [isHeard]);
}

export const isPlain = ({ ctrlKey, metaKey, altKey }: KeyboardEvent): boolean =>
  !ctrlKey && !metaKey && !altKey;
