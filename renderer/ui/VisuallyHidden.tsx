import type { ReactNode } from 'react';
import styles from './VisuallyHidden.module.css';

/** For screen readers only. */
export const VisuallyHidden = ({ children }: { children: ReactNode }) => (
  <div className={styles.hidden}>{children}</div>
);

/** The heading of a page that shows none. */
export const HiddenHeading = ({ text }: { text: string }) => (
  <VisuallyHidden>
    <h1 tabIndex={-1}>{text}</h1>
  </VisuallyHidden>
);
