import { useEffect, useRef } from 'react';

const typing = 'input, textarea, select, [contenteditable], [role=textbox], [role=combobox]';
const elsewhere = '[role=dialog], [role=alertdialog], [role=menu]';

/** No single key means anything while the person types, or while a dialog or a menu has the keyboard. */
export const isFree = (event: KeyboardEvent): boolean =>
  !event.defaultPrevented &&
  !event.isComposing &&
  !(event.target instanceof Element && event.target.closest(`${typing}, ${elsewhere}`)) &&
  document.querySelector(elsewhere) === null;

/** Hears keys of the whole window. The listener returns true for a key it has taken. */
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
