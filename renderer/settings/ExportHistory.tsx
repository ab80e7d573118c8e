import { Download, X } from 'lucide-react';
import type { AppState } from '../../shared/app-state.ts';
import { count } from '../../shared/english.ts';
import { ExportOutcome } from '../export/ExportOutcome.tsx';
import { cancelTransfer, type Format, useExport } from '../export/use-export.ts';
import { Button } from '../ui/Button.tsx';
import { transferWords } from '../words/transfers.ts';
import styles from './Settings.module.css';

type Props = { app: Pick<AppState, 'entries' | 'transfer'>; format: Format };

export function ExportHistory({ app: { entries, transfer }, format }: Props) {
  const { state, save } = useExport();
  const isUnderWay = transfer?.what === (format === 'csv' ? 'table' : 'all');
  const label = entries === 0 ? 'Nothing to export' : `Export ${count(entries, 'event')}`;

  return (
    <>
      {isUnderWay ? (
        <span className={styles.progress}>{transferWords(transfer)}</span>
      ) : (
        <ExportOutcome state={state} />
      )}
      {/* One button for both, so that the focus stays. */}
      <Button
        icon={isUnderWay ? <X size={16} /> : <Download size={16} />}
        disabled={entries === 0 || (transfer !== null && !isUnderWay)}
        onClick={() => (isUnderWay ? cancelTransfer() : void save(format))}
      >
        {isUnderWay ? 'Cancel' : label}
      </Button>
    </>
  );
}
