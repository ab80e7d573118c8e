import { Download } from 'lucide-react';
import { useState } from 'react';
import { withStop } from '../../shared/english.ts';
import { ask } from '../state.ts';
import { announce } from '../ui/announcer.ts';
import { Button } from '../ui/Button.tsx';
import { explain } from '../words/problems.ts';
import styles from './Settings.module.css';

type Saving =
  | { status: 'idle' | 'busy' }
  | { status: 'done'; name: string; folder: string }
  | { status: 'failed'; why: string };

const failed = 'They could not be saved. Choose another place.';

export function SaveDiagnostics() {
  const [state, setState] = useState<Saving>({ status: 'idle' });

  const save = async () => {
    setState({ status: 'busy' });
    setState(await saved());
  };

  return (
    <>
      {state.status === 'done' ? (
        <span className={styles.done} title={state.folder}>
          Saved in {state.name}
        </span>
      ) : state.status === 'failed' ? (
        <span className={styles.failed} role="alert">
          {state.why}
        </span>
      ) : null}
      <Button
        icon={<Download size={16} />}
        disabled={state.status === 'busy'}
        onClick={() => void save()}
      >
        Save diagnostics…
      </Button>
    </>
  );
}

const saved = async (): Promise<Saving> => {
  try {
    const outcome = await ask('saveDiagnostics', undefined);
    if (outcome.status === 'failed') {
      const { title, advice } = explain(outcome.problem, () => 'a source');
      return { status: 'failed', why: `${withStop(title)} ${advice}` };
    }
    if (!outcome.value) return { status: 'idle' };
    announce(`Diagnostics saved in ${outcome.value.name}`);
    return { status: 'done', ...outcome.value };
  } catch (error) {
    console.error(error);
    return { status: 'failed', why: failed };
  }
};
