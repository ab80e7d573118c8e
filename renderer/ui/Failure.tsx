import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './Failure.module.css';

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
