import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';

export type Viewport = { readonly top: number; readonly height: number };

/**
 * The visible part of an element that begins scrolled to `initial`. It changes only where `differ` is true, and then in the same
 * frame: a list that follows a frame later shows a blank strip.
 */
export function useViewport(
  element: RefObject<HTMLElement | null>,
  initial: number,
  differ: (before: Viewport, now: Viewport) => boolean,
): Viewport {
  const [view, setView] = useState<Viewport>({ top: initial, height: 0 });
  const begin = useRef(initial);
  const differs = useRef(differ);
  useEffect(() => {
    differs.current = differ;
  });

  useLayoutEffect(() => {
    const scrolled = element.current;
    if (!scrolled) return;
    const look = () =>
      setView((before) => {
        const now = { top: scrolled.scrollTop, height: scrolled.clientHeight };
        return before.height !== now.height || differs.current(before, now) ? now : before;
      });
    const lookNow = () => flushSync(look);
    scrolled.scrollTop = begin.current;
    look();
    const resizes = new ResizeObserver(look);
    resizes.observe(scrolled);
    scrolled.addEventListener('scroll', lookNow, { passive: true });
    return () => {
      resizes.disconnect();
      scrolled.removeEventListener('scroll', lookNow);
    };
  }, [element]);

  return view;
}
