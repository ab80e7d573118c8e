import { useState } from 'react';
import { askedIn, type Query } from '../../shared/query.ts';
import { ExportOutcome } from '../export/ExportOutcome.tsx';
import { transferWords } from '../export/transfer-words.ts';
import { callOffTransfer, useExport } from '../export/use-export.ts';
import { appStore } from '../state.ts';
import { useStore } from '../store.ts';
import { number } from '../words.ts';
import { ExportFound } from './ExportFound.tsx';
import { remarksOn } from './query-words.ts';
import styles from './SearchLine.module.css';

type Props = {
  query: Query;
  found: number;
  of: number;
  progress: 'searching' | 'more' | 'done';
  onClear: () => void;
};

/** How many rows answer the search, whether more may come, a way to save them, and how to see everything again. */
export function SearchLine({ query, found, of, progress, onClear }: Props) {
  const { state, save, forget } = useExport();
  const { app } = useStore(appStore);
  const transfer = app?.transfer?.what === 'found' ? app.transfer : null;
  const told = state.status === 'done' || state.status === 'failed';
  const asked = askedIn(query);
  const [toldFor, setToldFor] = useState(asked);
  // What was saved of one search is no word on the next; what is still being saved will be told all the same.
  if (toldFor !== asked) {
    setToldFor(asked);
    if (told) forget();
  }

  return (
    <div className={styles.line}>
      <p className={styles.count} data-search-count={progress}>
        {number(found)}
        {progress === 'more' ? '+' : ''} of {number(of)}
        {progress === 'searching' ? <span className={styles.busy}> · searching…</span> : null}
      </p>
      {found > 0 ? (
        <ExportFound
          events={progress === 'done' ? found : null}
          busy={state.status === 'busy' || app?.transfer !== null}
          onExport={(format) => void save(format, query.text)}
        />
      ) : null}

      <button type="button" className={styles.action} onClick={onClear}>
        Clear
      </button>
      {transfer ? (
        <p className={styles.transfer}>
          {transferWords(transfer)}
          <button type="button" className={styles.action} onClick={callOffTransfer}>
            Cancel export
          </button>
        </p>
      ) : null}
      {told ? (
        <p className={styles.outcome}>
          <ExportOutcome state={state} />
        </p>
      ) : null}
      {remarksOn(query).map((remark) => (
        <p key={remark} className={styles.remark}>
          {remark}
        </p>
      ))}
    </div>
  );
}
