import { OpenFolder } from '../open-folder/OpenFolder.tsx';
import type { Missing } from '../words/missing.ts';
import styles from './MissingRow.module.css';

export function MissingRow({ missing }: { missing: Missing }) {
  return (
    <div className={styles.missing} title={missing.words}>
      <span>{missing.words}</span>
      {missing.damaged ? <OpenFolder inRow /> : null}
    </div>
  );
}
