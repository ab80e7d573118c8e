import { Download } from 'lucide-react';
import { useState } from 'react';
import type { Answer } from '../../shared/ipc.ts';
import { ask } from '../state.ts';
import { announce } from '../ui/announcer.ts';
import { Button } from '../ui/Button.tsx';
import styles from './Settings.module.css';

type Saving =
  | { status: 'idle' | 'busy' | 'failed' }
  | { status: 'done'; saved: NonNullable<Answer<'saveSettings'>> };

export function SaveSettings() {
  const [state, setState] = useState<Saving>({ status: 'idle' });

  const save = async () => {
    setState({ status: 'busy' });
    try {
      const saved = await ask('saveSettings', undefined);
      setState(saved ? { status: 'done', saved } : { status: 'idle' });
      if (saved) announce(`Settings saved in ${saved.name}`);
    } catch (error) {
      console.error(error);
      setState({ status: 'failed' });
    }
  };

  return (
    <>
      {state.status === 'done' ? (
        <span className={styles.done} title={state.saved.folder}>
          Saved in {state.saved.name}
        </span>
      ) : state.status === 'failed' ? (
        <span className={styles.failed}>They could not be saved. Choose another place.</span>
      ) : null}
      <Button
        icon={<Download size={16} />}
        disabled={state.status === 'busy'}
        onClick={() => void save()}
      >
        Save settings…
      </Button>
    </>
  );
}
