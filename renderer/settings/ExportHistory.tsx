import { Download } from 'lucide-react';
import { useState } from 'react';
import { ask } from '../state.ts';
import { announce } from '../ui/announcer.ts';
import { Button } from '../ui/Button.tsx';
import { count } from '../words.ts';
import styles from './Settings.module.css';

type Export = { status: 'idle' | 'busy' | 'failed' } | { status: 'done'; entries: number };

type Props = { entries: number; format: 'jsonl' | 'csv' };

export function ExportHistory({ entries, format }: Props) {
  const [state, setState] = useState<Export>({ status: 'idle' });

  const save = async () => {
    setState({ status: 'busy' });
    try {
      const saved = await ask('exportHistory', { format });
      setState(saved ? { status: 'done', entries: saved.entries } : { status: 'idle' });
      if (saved) announce(`${count(saved.entries, 'event')} saved`);
    } catch (error) {
      console.error(error);
      setState({ status: 'failed' });
    }
  };

  return (
    <>
      {state.status === 'done' ? (
        <span className={styles.done}>{count(state.entries, 'event')} saved</span>
      ) : state.status === 'failed' ? (
        <span className={styles.failed}>It could not be saved. Choose another place.</span>
      ) : null}
      <Button
        icon={<Download size={16} />}
        disabled={entries === 0 || state.status === 'busy'}
        onClick={() => void save()}
      >
        {entries === 0 ? 'Nothing to export' : `Export ${count(entries, 'event')}`}
      </Button>
    </>
  );
}
