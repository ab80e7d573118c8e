import { LoaderCircle } from 'lucide-react';
import styles from './Busy.module.css';

/** Becomes visible after a moment. */
export function Busy({ words }: { words: string }) {
  return (
    <p className={styles.busy}>
      <LoaderCircle size={16} className={styles.wheel} aria-hidden="true" />
      {words}
    </p>
  );
}
