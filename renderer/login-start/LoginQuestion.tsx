import { Power } from 'lucide-react';
import type { AppState } from '../../shared/app-state.ts';
import { ask } from '../state.ts';
import { BottomLine } from '../ui/BottomLine.tsx';
import { Button } from '../ui/Button.tsx';
import styles from './LoginStart.module.css';
import { useLoginStart } from './use-login-start.ts';

type Props = { app: Pick<AppState, 'preferences' | 'sources'> };

/** Asks once whether to start at login, after the first delivery that was no test. */
export const LoginQuestion = ({ app: { preferences, sources } }: Props) =>
  !preferences.askedAboutLogin && sources.some(({ accepted }) => accepted > 0) ? (
    <Question />
  ) : null;

function Question() {
  const { state, failure, change } = useLoginStart();
  if (state?.status !== 'off') return null;
  return (
    <BottomLine
      label="Start at login"
      icon={<Power size={16} aria-hidden="true" />}
      words={
        <>
          <strong>Start Hookbell when you log in?</strong>{' '}
          {failure === null ? (
            'It then receives in the tray, without opening a window.'
          ) : (
            <span className={styles.refused} role="alert">
              {failure}
            </span>
          )}
        </>
      }
    >
      <Button small onClick={() => void change(true)}>
        Start at login
      </Button>
      <Button
        small
        look="quiet"
        onClick={() => void ask('changePreferences', { askedAboutLogin: true })}
      >
        Not now
      </Button>
    </BottomLine>
  );
}
