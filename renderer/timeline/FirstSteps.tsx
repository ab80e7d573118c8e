import type { AppState } from '../../shared/app-state.ts';
import { useStore } from '../store.ts';
import { TrialSteps, TryNow } from '../trial/TrialSteps.tsx';
import { trials } from '../trial/trial.ts';
import { Button } from '../ui/Button.tsx';
import styles from './FirstSteps.module.css';

type Props = { app: AppState; onAdd: () => void };

/** Shown while there is neither a source nor an event. */
export function FirstSteps({ app, onAdd }: Props) {
  const { trial } = useStore(trials.view);
  return (
    <div className={styles.page}>
      <div className={styles.sheet}>
        <h1 className={styles.title}>Your first event is one click away</h1>
        <p className={styles.lead}>
          Hookbell receives the webhooks of your data providers on this computer, checks that they
          are genuine, keeps them and tells you what matters.
        </p>
        <div className={styles.choice}>
          {trial ? (
            <TrialSteps trial={trial} isConnected={app.sources.length > 0} />
          ) : (
            <>
              <TryNow primary words="Try it now" />
              <p>
                Hookbell sends itself a failed sync, made up but genuine on its way, and notifies
                you. Click the notification, and you are at the event. No account, no internet.
              </p>
            </>
          )}
        </div>
        {trial ? null : (
          <div className={styles.choice}>
            <Button onClick={onAdd}>Add a source</Button>
            <p>
              Connect a provider. The source gets a URL of its own, which you paste into the
              provider's portal.
            </p>
          </div>
        )}
      </div>
    </div>
  );
}
