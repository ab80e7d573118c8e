import type { ReactNode } from 'react';
import styles from './Chip.module.css';

type Props = {
  tone?: 'plain' | 'warning' | 'error' | 'success';
  title?: string;
  children: ReactNode;
};

export function Chip({ tone = 'plain', title, children }: Props) {
  return (
    <span className={styles.chip} data-tone={tone} title={title}>
      {children}
    </span>
  );
}
