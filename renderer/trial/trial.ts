import { trialSource } from '../../shared/trial.ts';
import { ask, onPush } from '../state.ts';
import { createTrials } from './create-trial.ts';

export const trials = createTrials();
export const tryNow = (): void => void trials.start(trialSource.id, () => ask('tryNow', undefined));

/** The last *Send a test*. */
export const sentTests = createTrials();
export const sendTest = (id: string): void =>
  void sentTests.start(id, () => ask('sendTest', { id }));

/** From now on they hear of what happens. */
export function startTrial(): void {
  onPush(trials.hear);
  onPush(sentTests.hear);
}
