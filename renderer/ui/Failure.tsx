import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './Failure.module.css';

/** An error at the thing it is about: cause, then what to do. */
export function Failure({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className={styles.failure} role="alert">
      <TriangleAlert size={16} aria-hidden="true" />
      <div className={styles.words}>
        <strong>{title}</strong>
        {children}
      </div>
    </div>
  );
}
