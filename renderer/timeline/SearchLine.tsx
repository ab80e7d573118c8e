import { useState } from 'react';
import { number } from '../../shared/english.ts';
import { effectiveText, type Query } from '../../shared/query.ts';
import { ExportOutcome } from '../export/ExportOutcome.tsx';
import { cancelTransfer, useExport } from '../export/use-export.ts';
import { appStore } from '../state.ts';
import { useStore } from '../store.ts';
import { transferWords } from '../words/transfers.ts';
import { EntriesChips } from './EntriesChips.tsx';
import { ExportFound } from './ExportFound.tsx';
import { remarksOn } from './query-words.ts';
import styles from './SearchLine.module.css';

type Props = {
  query: Query;
  found: number;
  of: number;
  progress: 'searching' | 'more' | 'done';
  onClear: () => void;
  onSearch: (text: string) => void;
};

export function SearchLine({ query, found, of, progress, onClear, onSearch }: Props) {
  const { state, save, dismiss } = useExport();
  const { app } = useStore(appStore);
  const transfer = app?.transfer?.what === 'found' ? app.transfer : null;
  const isSettled = state.status === 'done' || state.status === 'failed';
  const asked = effectiveText(query);
  const [settledFor, setSettledFor] = useState(asked);
  // An outcome belongs to its search. An export that is still running reports all the same.
  if (settledFor !== asked) {
    setSettledFor(asked);
    if (isSettled) dismiss();
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

      <EntriesChips query={query} onSearch={onSearch} />
      <button type="button" className={styles.action} onClick={onClear}>
        Clear
      </button>
      {transfer ? (
        <p className={styles.transfer}>
          {transferWords(transfer)}
          <button type="button" className={styles.action} onClick={cancelTransfer}>
            Cancel export
          </button>
        </p>
      ) : null}
      {isSettled ? (
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
