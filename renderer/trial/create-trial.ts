import type { Push } from '../../shared/ipc.ts';
import type { SimulatedAnswer } from '../../shared/simulation.ts';
import type { NotificationDecision } from '../../shared/timeline.ts';
import { createStore, type Readable } from '../store.ts';

/** How far a test has come. */
export type Trial =
  | { readonly at: 'sending'; readonly sourceId: string }
  /** Null: nothing was sent. */
  | { readonly at: 'refused'; readonly answer: SimulatedAnswer | null }
  | { readonly at: 'kept'; readonly sourceId: string }
  | { readonly at: 'in-timeline'; readonly seq: number }
  | { readonly at: 'decided'; readonly seq: number; readonly notification: NotificationDecision }
  | { readonly at: 'clicked'; readonly seq: number };

export type Trials = {
  readonly view: Readable<{ trial: Trial | null }>;
  /** Sends a test to a source, in the place of an earlier one. Settles when the receiver has answered; never rejects. */
  readonly start: (sourceId: string, send: () => Promise<SimulatedAnswer | null>) => Promise<void>;
  readonly close: () => void;
  readonly hear: (push: Push) => void;
};

/** Follows a test from the receiver's answer to the click on its notification. */
export function createTrials(): Trials {
  const view = createStore<{ trial: Trial | null }>({ trial: null });

  const answered = (answer: SimulatedAnswer | null): void => {
    const { trial } = view.get();
    // The entry may have been pushed before the answer.
    if (trial?.at !== 'sending') return;
    const { sourceId } = trial;
    view.set({
      trial: answer?.status === 200 ? { at: 'kept', sourceId } : { at: 'refused', answer },
    });
  };

  return {
    view,
    start: async (sourceId, send) => {
      view.set({ trial: { at: 'sending', sourceId } });
      answered(
        await send().catch((error) => {
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
    const { sourceId } = trial;
    const entry =
      push.what === 'added' &&
      push.entries.findLast((one) => one.simulated && one.sourceId === sourceId);
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

const withDecision = (seq: number, notification: NotificationDecision | null): Trial =>
  notification ? { at: 'decided', seq, notification } : { at: 'in-timeline', seq };
