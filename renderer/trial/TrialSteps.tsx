import { Check, Circle, CircleDot, OctagonAlert } from 'lucide-react';
import { useEffect } from 'react';
import type { AppState } from '../../shared/app-state.ts';
import { addSource, goTo } from '../navigation.ts';
import { ask } from '../state.ts';
import { useStore } from '../store.ts';
import { announce } from '../ui/announcer.ts';
import { Button } from '../ui/Button.tsx';
import type { Trial } from './create-trial.ts';
import { type Failure, failureOf, type Step, stepsOf } from './steps.ts';
import styles from './Trial.module.css';
import { trials, tryNow } from './trial.ts';

/** Above the list: a trial that goes on, or that all there is so far are tests. */
export function TrialBar({ app }: { app: AppState }) {
  const { trial } = useStore(trials.view);
  if (trial) {
    return (
      <div className={styles.bar}>
        <TrialSteps trial={trial} isConnected={app.sources.length > 0} />
      </div>
    );
  }
  if (app.sources.length > 0 || app.entries === 0 || app.tests.entries < app.entries) return null;
  return (
    <div className={styles.bar}>
      <p>Only tests so far. Add a source to receive real events.</p>
      <div className={styles.actions}>
        <Button small look="primary" onClick={addSource}>
          Add a source
        </Button>
        <TryNow words="Try it again" />
      </div>
    </div>
  );
}

export const TryNow = ({ words, primary }: { words: string; primary?: boolean }) => (
  <Button small={!primary} look={primary ? 'primary' : 'plain'} onClick={tryNow}>
    {words}
  </Button>
);

/** Each step of a trial, and what to do about the one that failed. */
export function TrialSteps({ trial, isConnected }: { trial: Trial; isConnected: boolean }) {
  const failure = failureOf(trial);
  const title = failure
    ? 'One step did not work'
    : trial.at === 'clicked'
      ? 'It worked'
      : 'Trying it';
  const spoken = failure ? `${title}. ${failure.words}` : title;
  useEffect(() => announce(spoken), [spoken]);

  return (
    <section aria-label="Try it now">
      <h2>{title}</h2>
      <ol className={styles.steps}>
        {stepsOf(trial).map((step) => (
          <li key={step.words} data-state={step.state}>
            {icons[step.state]}
            {step.words}
          </li>
        ))}
      </ol>
      {failure ? <p className={styles.why}>{failure.words}</p> : null}
      <div className={styles.actions}>
        {failure ? <Mend mend={failure.mend} /> : null}
        {failure ? <TryNow words="Try again" /> : null}
        {isConnected ? null : (
          <Button small look={trial.at === 'clicked' ? 'primary' : 'plain'} onClick={addSource}>
            Add a source
          </Button>
        )}
        <Button small look="quiet" onClick={trials.close}>
          Close
        </Button>
      </div>
    </section>
  );
}

const icons: Readonly<Record<Step['state'], React.ReactNode>> = {
  done: <Check size={14} aria-label="Done" />,
  now: <CircleDot size={14} aria-label="Now" />,
  failed: <OctagonAlert size={14} aria-label="Failed" />,
  later: <Circle size={14} aria-label="Later" />,
};

function Mend({ mend }: Pick<Failure, 'mend'>) {
  switch (mend) {
    case 'resume':
      return (
        <Button small look="primary" onClick={() => void ask('resume', undefined)}>
          Resume notifications
        </Button>
      );
    case 'open-health':
      return (
        <Button small onClick={() => goTo('health')}>
          Open Health
        </Button>
      );
    case 'open-notify':
      return (
        <Button small onClick={() => goTo('notifications')}>
          Open Notify
        </Button>
      );
    case null:
      return null;
  }
}
