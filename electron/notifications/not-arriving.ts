import type { ReasonOf } from '../../shared/condition.ts';
import type { Notifier, Showing } from './notifier.ts';

export type NotArriving = ReasonOf<'notifications-not-arriving'>;

/** The last notifications in a row that were not shown; null when the last one was shown. */
export type Missed = {
  readonly times: number;
  /** The first attempt, epoch ms. */
  readonly since: number;
  /** The newest known reason. */
  readonly why: NotArriving['why'];
} | null;

/** Adds one more result. A held back notification has arrived: the service shows it later. */
export const afterShowing = (missed: Missed, showing: Showing, triedAt: number): Missed => {
  if (showing.status !== 'not-shown') return null;
  const { times, since, why } = missed ?? { times: 0, since: triedAt, why: 'no-answer' };
  // A paused service was not asked, and gave no reason.
  return { times: times + 1, since, why: showing.why === 'paused' ? why : showing.why };
};

/** The problem after two failures in a row, until one is shown (N9). */
export const notArriving = (missed: Missed): NotArriving | null =>
  missed === null || missed.times < 2
    ? null
    : { code: 'notifications-not-arriving', why: missed.why, since: missed.since };

export type ArrivalOptions = {
  /** Epoch ms. */
  readonly now: () => number;
  /** Called where the first since the start is shown, when the condition begins or its reason changes, and with null when it ends. */
  readonly onChange: (problem: NotArriving | null) => void;
};

/** The same notifier, which also reports that notifications do not arrive. */
export const watchArrival = (notifier: Notifier, { now, onChange }: ArrivalOptions): Notifier => {
  let missed: Missed = null;
  let isFirst = true;
  return {
    ...notifier,
    show: async (notification) => {
      const triedAt = now();
      const showing = await notifier.show(notification);
      const before = notArriving(missed);
      missed = afterShowing(missed, showing, triedAt);
      const after = notArriving(missed);
      // One from before the start ends with the first that is shown.
      const endsOlder = isFirst && missed === null;
      isFirst = false;
      if (endsOlder || before?.why !== after?.why) onChange(after);
      return showing;
    },
  };
};
