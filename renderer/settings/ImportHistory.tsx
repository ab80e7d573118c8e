import { Upload, X } from 'lucide-react';
import { useState } from 'react';
import type { AppState } from '../../shared/app-state.ts';
import { cancelTransfer } from '../export/use-export.ts';
import { ask } from '../state.ts';
import { announce } from '../ui/announcer.ts';
import { Button } from '../ui/Button.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Line } from '../ui/Page.tsx';
import { importTone, importWords } from '../words/imports.ts';
import { transferWords } from '../words/transfers.ts';
import styles from './Settings.module.css';

type Props = { app: Pick<AppState, 'importable' | 'lastImport' | 'transfer'> };

/** Imports an export into an empty history, or goes on with an import that was begun. */
export function ImportHistory({ app: { importable, lastImport, transfer } }: Props) {
  const [isAsking, setIsAsking] = useState(false);
  const isUnderWay = transfer?.what === 'import';

  const read = async () => {
    setIsAsking(true);
    try {
      const result = await ask('importHistory', undefined);
      if (result) announce(importWords(result));
    } catch (error) {
      console.error(error);
    }
    setIsAsking(false);
  };

  return (
    <Line
      label="Import"
      hint={
        <>
          An export of another computer, into an empty history.
          {lastImport && !isUnderWay ? (
            <span className={styles.became} data-tone={importTone(lastImport)}>
              {importWords(lastImport)}
            </span>
          ) : null}
        </>
      }
    >
      {isUnderWay ? (
        <span className={styles.progress}>
          {transfer.of === null ? 'Checking the file, ' : ''}
          {transferWords(transfer)}
        </span>
      ) : lastImport ? (
        <IconButton label="I have read it" onClick={() => void ask('dismissImport', undefined)}>
          <X size={16} />
        </IconButton>
      ) : null}
      {/* One button for both, so that the focus stays. */}
      <Button
        icon={isUnderWay ? <X size={16} /> : <Upload size={16} />}
        disabled={!isUnderWay && (importable === null || transfer !== null || isAsking)}
        onClick={() => (isUnderWay ? cancelTransfer() : void read())}
      >
        {isUnderWay ? 'Cancel' : importable === 'rest' ? 'Import the rest' : 'Import'}
      </Button>
    </Line>
  );
}
