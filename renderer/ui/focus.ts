/** A ref for a button of a dialog whose content was replaced: the focus would be lost with the button that had it. */
export const takeFocus = (button: HTMLButtonElement | null): void => button?.focus();
