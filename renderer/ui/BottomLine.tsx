import { type ReactNode, useLayoutEffect, useRef } from 'react';
import styles from './BottomLine.module.css';

type Props = { label: string; icon: ReactNode; words: ReactNode; children: ReactNode };

/** A quiet line at the bottom, where it moves nothing that somebody reads. Gives its focus to the page when it goes. */
export function BottomLine({ label, icon, words, children }: Props) {
  const line = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const shown = line.current;
    return () => {
      const page = shown?.parentElement;
      // The hidden heading of a list takes no focus.
      const next = page?.querySelector<HTMLElement>('[data-list]') ?? page?.querySelector('h1');
      if (shown?.contains(document.activeElement)) next?.focus();
    };
  }, []);

  return (
    <section ref={line} className={styles.line} aria-label={label}>
      {icon}
      <p className={styles.words}>{words}</p>
      {children}
    </section>
  );
}
