import { ask, onPush } from '../state.ts';
import { createTrials } from './create-trial.ts';

export const trials = createTrials(ask);

/** From now on it hears of what happens. */
export function startTrial(): void {
  onPush(trials.hear);
}
