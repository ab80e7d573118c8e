import type { Problem } from '../../shared/problem.ts';
import type { Notifier, Showing } from './teller.ts';

type NotArriving = Extract<Problem, { code: 'notifications-not-arriving' }>;

/** The notifications in a row that were not shown; null when the last one was. */
export type Missed = {
  readonly times: number;
  /** When the first of them was tried, epoch ms. */
  readonly since: number;
  /** The newest reason that is known. */
  readonly why: NotArriving['why'];
} | null;

/** What one more notification makes of it. One that is held back has arrived: the service took it, and shows it later. */
export const afterShowing = (missed: Missed, showing: Showing, triedAt: number): Missed => {
  if (showing.status !== 'not-shown') return null;
  const { times, since, why } = missed ?? { times: 0, since: triedAt, why: 'no-answer' };
  // One that was not even tried has no reason of its own.
  return { times: times + 1, since, why: showing.why === 'paused' ? why : showing.why };
};

/** Two in a row are a condition, until one is shown (N9). */
export const notArriving = (missed: Missed): NotArriving | null =>
  missed === null || missed.times < 2
    ? null
    : { code: 'notifications-not-arriving', why: missed.why, since: missed.since };

export type ArrivalOptions = {
  /** Epoch ms. */
  readonly now: () => number;
  /** Called with the condition when it begins or its reason changes, and with null when it is over. */
  readonly onChange: (problem: NotArriving | null) => void;
};

/** The same notifier, watched for notifications that do not arrive. */
export const watchArrival = (notifier: Notifier, { now, onChange }: ArrivalOptions): Notifier => {
  let missed: Missed = null;
  return {
    ...notifier,
    show: async (notification) => {
      const triedAt = now();
      const showing = await notifier.show(notification);
      const before = notArriving(missed);
      missed = afterShowing(missed, showing, triedAt);
      const after = notArriving(missed);
      if (before?.why !== after?.why) onChange(after);
      return showing;
    },
  };
};
