import { Upload } from 'lucide-react';
import { useState } from 'react';
import type { Answer } from '../../shared/ipc.ts';
import { ask } from '../state.ts';
import { Button } from '../ui/Button.tsx';
import { ExternalText } from '../ui/ExternalText.tsx';
import { Failure } from '../ui/Failure.tsx';
import { Line } from '../ui/Page.tsx';
import { RestoreDialog } from './RestoreDialog.tsx';
import styles from './Settings.module.css';

type Opened = NonNullable<Answer<'openSettingsFile'>> | { status: 'idle' | 'busy' | 'failed' };

const mistakesShown = 5;

export function RestoreSettings() {
  const [opened, setOpened] = useState<Opened>({ status: 'idle' });
  const close = () => setOpened({ status: 'idle' });

  const open = async () => {
    setOpened({ status: 'busy' });
    try {
      setOpened((await ask('openSettingsFile', undefined)) ?? { status: 'idle' });
    } catch (error) {
      console.error(error);
      setOpened({ status: 'failed' });
    }
  };

  return (
    <>
      <Line
        label="Restore settings"
        hint="From a file that was saved here or on another computer. You see what would change before it does."
      >
        {opened.status === 'failed' ? (
          <span className={styles.failed}>The file could not be read.</span>
        ) : null}
        <Button
          icon={<Upload size={16} />}
          disabled={opened.status === 'busy'}
          onClick={() => void open()}
        >
          Restore settings…
        </Button>
      </Line>
      {opened.status === 'mistaken' ? (
        <div className={styles.mistakes}>
          <Failure title={`${opened.name} cannot be used, and nothing was changed.`}>
            <ul>
              {opened.mistakes.slice(0, mistakesShown).map(({ path, message }) => (
                <li key={`${path} ${message}`}>
                  {path === null ? 'It' : <code>{path}</code>} <ExternalText text={message} />
                </li>
              ))}
              {opened.mistakes.length > mistakesShown ? (
                <li>and {opened.mistakes.length - mistakesShown} more</li>
              ) : null}
            </ul>
          </Failure>
        </div>
      ) : null}
      {opened.status === 'offered' ? (
        <RestoreDialog name={opened.name} changes={opened.changes} onClose={close} />
      ) : null}
    </>
  );
}
