import type { Query } from '../../shared/query.ts';
import { number } from '../words.ts';
import { remarksOn } from './query-words.ts';
import styles from './SearchLine.module.css';

type Props = {
  query: Query;
  found: number;
  of: number;
  progress: 'searching' | 'more' | 'done';
  onClear: () => void;
};

/** How many rows answer the search, whether more may come, and how to see everything again. */
export function SearchLine({ query, found, of, progress, onClear }: Props) {
  return (
    <div className={styles.line}>
      <p className={styles.count} data-search-count={progress}>
        {number(found)}
        {progress === 'more' ? '+' : ''} of {number(of)}
        {progress === 'searching' ? <span className={styles.busy}> · searching…</span> : null}
      </p>
      <button type="button" className={styles.clear} onClick={onClear}>
        Clear
      </button>
      {remarksOn(query).map((remark) => (
        <p key={remark} className={styles.remark}>
          {remark}
        </p>
      ))}
    </div>
  );
}
