import styles from './ExportOutcome.module.css';
import { type Export, exportFailed, savedWords } from './use-export.ts';

export function ExportOutcome({ state }: { state: Export }) {
  if (state.status === 'failed') return <span className={styles.failed}>{exportFailed}</span>;
  if (state.status !== 'done') return null;
  return (
    <span className={styles.done} title={state.folder}>
      {savedWords(state)}
    </span>
  );
}
