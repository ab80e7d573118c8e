import type { LoginStart } from '../../shared/login-start.ts';
import { Line } from '../ui/Page.tsx';
import { Segments } from '../ui/Segments.tsx';
import styles from './LoginStart.module.css';
import { useLoginStart } from './use-login-start.ts';

const label = 'Start when you log in';

const reasons = {
  'not-installed': 'Only the installed app can start at login.',
  flatpak:
    'A Flatpak cannot see whether it starts at login. Add Hookbell to the startup apps of your desktop.',
  'needs-approval':
    'macOS waits for your approval. Allow Hookbell in System Settings, General, Login Items.',
} satisfies Record<Extract<LoginStart, { status: 'unavailable' }>['reason'], string>;

/** Whether Hookbell starts at login, and the switch for it where there can be one. */
export function LoginStartLine() {
  const { state, failure, change } = useLoginStart();
  return (
    <>
      <Line
        label={label}
        hint={
          state?.status === 'unavailable' ? reasons[state.reason] : 'In the tray, without a window.'
        }
      >
        {state === null ? null : state.status === 'unavailable' ? (
          'Not available'
        ) : (
          <Segments
            label={label}
            value={state.status}
            onChange={(chosen) => void change(chosen === 'on')}
            choices={[
              { value: 'on', label: 'On' },
              { value: 'off', label: 'Off' },
            ]}
          />
        )}
      </Line>
      {failure === null ? null : (
        <p className={styles.failed} role="alert">
          {failure}
        </p>
      )}
    </>
  );
}
