import { Upload } from 'lucide-react';
import { useState } from 'react';
import type { AppState } from '../../shared/app-state.ts';
import type { Answer } from '../../shared/ipc.ts';
import { transferWords } from '../export/transfer-words.ts';
import { ask } from '../state.ts';
import { announce } from '../ui/announcer.ts';
import { Button } from '../ui/Button.tsx';
import { count } from '../words.ts';
import styles from './Settings.module.css';

type Props = { app: Pick<AppState, 'entries' | 'transfer'> };
type Imported = NonNullable<Answer<'importHistory'>> | { status: 'idle' | 'busy' | 'failed' };

function wordsFor(imported: Imported): string | null {
  switch (imported.status) {
    case 'idle':
    case 'busy':
      return null;
    case 'done': {
      const { entries, skipped, keptForDays } = imported;
      const leftOut = skipped === 0 ? '' : `, ${count(skipped, 'line')} left out`;
      const longer =
        keptForDays === null ? '' : `. Kept for ${count(keptForDays, 'day')} from now on`;
      return `${count(entries, 'event')} read${leftOut}${longer}`;
    }
    case 'not-empty':
      return 'There are events already. An import needs an empty history.';
    case 'unreadable':
      return `Line ${imported.line} is not from an export. Nothing was read.`;
    case 'stopped':
      return `${count(imported.entries, 'event')} read, then the disk took no more. ${imported.message}`;
    case 'failed':
      return 'The file could not be read.';
  }
}

/** Reads an export on a new computer. Only an empty history can take one. */
export function ImportHistory({ app: { entries, transfer } }: Props) {
  const [imported, setImported] = useState<Imported>({ status: 'idle' });
  const words = wordsFor(imported);

  const read = async () => {
    setImported({ status: 'busy' });
    try {
      const answer = await ask('importHistory', undefined);
      setImported(answer ?? { status: 'idle' });
      if (answer) announce(wordsFor(answer) ?? '');
    } catch (error) {
      console.error(error);
      setImported({ status: 'failed' });
    }
  };

  return (
    <>
      {transfer?.what === 'import' ? (
        <span className={styles.progress}>{transferWords(transfer)}</span>
      ) : null}
      {words ? (
        <span className={imported.status === 'done' ? styles.done : styles.failed}>{words}</span>
      ) : null}
      <Button
        icon={<Upload size={16} />}
        disabled={entries > 0 || imported.status === 'busy'}
        onClick={() => void read()}
      >
        Import
      </Button>
    </>
  );
}
