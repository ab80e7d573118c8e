import type { ReactNode } from 'react';
import styles from './Spoken.module.css';

/** For screen readers only: what a shape or a place says to the eye. */
export const Spoken = ({ children }: { children: ReactNode }) => (
  <span className={styles.spoken}>{children}</span>
);
