import { OpenFolder } from '../history-folder/OpenFolder.tsx';
import styles from './MissingRow.module.css';
import type { Missing } from './missing.ts';

/** A hatched line where events may be missing. Providers say in Health what that means for them. */
export function MissingRow({ missing }: { missing: Missing }) {
  return (
    <div className={styles.missing} title={missing.words}>
      <span>{missing.words}</span>
      {missing.damaged ? <OpenFolder inRow /> : null}
    </div>
  );
}
