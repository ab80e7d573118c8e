import type { Ask, Push } from '../../shared/ipc.ts';
import type { SimulatedAnswer } from '../../shared/simulation.ts';
import type { NotificationDecision, TimelineEntry } from '../../shared/timeline.ts';
import { trialSource } from '../../shared/trial.ts';
import { createStore, type Readable } from '../store.ts';

/** How far a trial has come. */
export type Trial =
  | { readonly at: 'sending' }
  /** Null: main did not answer, which is a bug. */
  | { readonly at: 'refused'; readonly answer: SimulatedAnswer | null }
  | { readonly at: 'kept' }
  | { readonly at: 'in-timeline'; readonly seq: number }
  | { readonly at: 'decided'; readonly seq: number; readonly notification: NotificationDecision }
  | { readonly at: 'clicked'; readonly seq: number };

export type Trials = {
  readonly view: Readable<{ trial: Trial | null }>;
  /** Begins a trial, in the place of an earlier one. Settles when the receiver has answered; never rejects. */
  readonly start: () => Promise<void>;
  readonly close: () => void;
  readonly hear: (push: Push) => void;
};

/** Follows *Try it now* from the receiver's answer to the click on the notification. */
export function createTrials(ask: Ask): Trials {
  const view = createStore<{ trial: Trial | null }>({ trial: null });

  const answered = (answer: SimulatedAnswer | null): void => {
    const { trial } = view.get();
    // The entry may have been pushed before the answer.
    if (trial?.at !== 'sending') return;
    view.set({ trial: answer?.status === 200 ? { at: 'kept' } : { at: 'refused', answer } });
  };

  return {
    view,
    start: async () => {
      view.set({ trial: { at: 'sending' } });
      answered(
        await ask('tryNow', undefined).catch((error) => {
          console.error(error);
          return null;
        }),
      );
    },
    close: () => view.set({ trial: null }),
    hear: (push) => {
      const { trial } = view.get();
      const next = trial && after(trial, push);
      if (next) view.set({ trial: next });
    },
  };
}

/** The trial after a push that concerns it; null after any other. */
function after(trial: Trial, push: Push): Trial | null {
  if (trial.at === 'sending' || trial.at === 'kept') {
    const entry = push.what === 'added' && push.entries.findLast(isOfTrial);
    return entry ? withDecision(entry.seq, entry.notification) : null;
  }
  if (trial.at === 'refused' || trial.at === 'clicked') return null;
  const { seq } = trial;
  if (push.what === 'decided') {
    const found = push.decided.findLast((one) => one.seq === seq);
    return found ? withDecision(seq, found.notification) : null;
  }
  const isOpened =
    push.what === 'open' && push.opening.what === 'entry' && push.opening.seq === seq;
  return isOpened ? { at: 'clicked', seq } : null;
}

const isOfTrial = ({ sourceId }: TimelineEntry): boolean => sourceId === trialSource.id;

const withDecision = (seq: number, notification: NotificationDecision | null): Trial =>
  notification ? { at: 'decided', seq, notification } : { at: 'in-timeline', seq };
