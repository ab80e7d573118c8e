import type { Loss, Retention } from '../../shared/settings.ts';
import type { Log } from './log.ts';
import type { Sequenced, Tried } from './log-state.ts';
import type { Marks } from './marks.ts';
import { goes, lossOf } from './retention.ts';
import type { Drop } from './sealing.ts';

export type ForgettingOptions = {
  readonly log: Pick<
    Log<Sequenced>,
    'unsealedCount' | 'firstSeq' | 'readOnly' | 'dropOldest' | 'wouldDrop'
  >;
  readonly marks: Pick<Marks, 'forget'>;
  /** Saves marks, a moment later. */
  readonly saveSoon: () => void;
  readonly retention: () => Retention;
  /** Epoch ms. */
  readonly now: () => number;
  readonly tried: Tried;
  /** See `HistoryOptions`. */
  readonly onForgotten?: (upTo: number) => void;
};

/** Lets go of what is over the limits: entries, and what is known of them. */
export const createForgetting = (options: ForgettingOptions) => {
  const { log, marks, saveSoon, retention, now, tried, onForgotten = () => {} } = options;

  const over =
    (limits: Retention): Drop =>
    (oldest, kept) =>
      goes(oldest, kept, log.unsealedCount, limits, now());

  return {
    /** Lets the oldest entries go, never the ones no file is sealed for. Called after every few seals, when it is quiet, and when less is to be kept. */
    forget: async (): Promise<void> => {
      const { firstSeq } = log;
      try {
        await log.dropOldest((oldest, kept) => over(retention())(oldest, kept));
        tried('retention', null);
      } catch (error) {
        tried('retention', error);
      }
      if (log.firstSeq > firstSeq) onForgotten(log.firstSeq - 1);
      if (!log.readOnly && (await marks.forget())) saveSoon();
    },
    /** What `forget` would remove at once if these were the limits; null where that is nothing. */
    lossUnder: async (limits: Retention): Promise<Loss | null> =>
      lossOf(await log.wouldDrop(over(limits))),
  };
};
