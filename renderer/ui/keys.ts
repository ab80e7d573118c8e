import { useEffect, useRef } from 'react';

const typing = 'input, textarea, select, [contenteditable], [role=textbox], [role=combobox]';
const elsewhere = '[role=dialog], [role=alertdialog], [role=menu]';

/** Shortcuts rest while the person types, and while a dialog or a menu is open. */
export const isFree = (event: KeyboardEvent): boolean =>
  !event.defaultPrevented &&
  !event.isComposing &&
  !(event.target instanceof Element && event.target.closest(`${typing}, ${elsewhere}`)) &&
  document.querySelector(elsewhere) === null;

/** Listens to the keys of the whole window. The listener returns whether it has handled the key. */
export function useKeys(listener: (event: KeyboardEvent) => boolean): void {
  const newest = useRef(listener);
  useEffect(() => {
    newest.current = listener;
  });

  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (isFree(event) && newest.current(event)) event.preventDefault();
    };
    window.addEventListener('keydown', hear);
    return () => window.removeEventListener('keydown', hear);
  }, []);
}

export const isPlain = ({ ctrlKey, metaKey, altKey }: KeyboardEvent): boolean =>
  !ctrlKey && !metaKey && !altKey;
