import { type RefObject, useEffect, useRef } from 'react';

/** A ref for the first button of a dialog's new content, because the focused button is gone. */
export const takeFocus = (button: HTMLButtonElement | null): void => button?.focus();

/** The focused button went with its line: the first button of `place`, else `place` itself, takes the focus. `length`: of the list. */
export function useFocusAfterRemoval(length: number, place: RefObject<HTMLElement | null>): void {
  const before = useRef(length);
  useEffect(() => {
    if (length < before.current && document.activeElement === document.body)
      (place.current?.querySelector('button') ?? place.current)?.focus();
    before.current = length;
  }, [length, place]);
}

/**
 * What has the focus may go with its page or its row, and the browser would move the focus to the body. It goes to the nearest thing
 * around it that is left and can have it, else to the list or the heading of the page. A page that opens while nothing has the focus
 * takes it too.
 */
export function useFocusNeverLost(page: string): void {
  const shown = useRef(page);
  useEffect(() => {
    if (shown.current === page) return;
    shown.current = page;
    return soon(() => mend([]));
  }, [page]);

  useEffect(() => {
    let path: readonly EventTarget[] = [];
    let cancel = () => {};
    const note = (event: FocusEvent) => {
      path = event.composedPath();
    };
    const isLost = () => isOnBody() && path[0] instanceof Node && !path[0].isConnected;
    const look = () => {
      if (!isLost()) return;
      cancel();
      cancel = soon(() => isLost() && mend(path));
    };
    const watched = new MutationObserver(look);
    watched.observe(document.body, { childList: true, subtree: true });
    document.addEventListener('focusin', note);
    return () => {
      cancel();
      watched.disconnect();
      document.removeEventListener('focusin', note);
    };
  }, []);
}

const isOnBody = (): boolean => document.activeElement === document.body;

/** After two frames: a menu or a dialog that closes gives its focus back first. */
function soon(task: () => void): () => void {
  let frame = requestAnimationFrame(() => {
    frame = requestAnimationFrame(task);
  });
  return () => cancelAnimationFrame(frame);
}

/** `path`: what had the focus, and all around it. */
function mend(path: readonly EventTarget[]): void {
  if (!isOnBody()) return;
  const left = path.find((one): one is Element => one instanceof Element && one.isConnected);
  const around = left?.closest<HTMLElement>('[tabindex]');
  const main = document.querySelector<HTMLElement>('main');
  const heir =
    around && around !== main
      ? around
      : (main?.querySelector<HTMLElement>('[data-list], h1[tabindex]') ?? main);
  heir?.focus({ preventScroll: true });
}
