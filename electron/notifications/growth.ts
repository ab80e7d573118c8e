import type { Announcement } from './announcement.ts';
import type { OutletOptions } from './outlet.ts';
import { singleNotification } from './wording.ts';

const growMs = 10_000;

export type GrowthOptions = Pick<OutletOptions, 'notifier' | 'schedule' | 'detail'> & {
  /** Whether the person wants to hear no more of a condition for now. */
  readonly isMuted: (conditionId: string) => boolean;
};

/**
 * Tells that open conditions grew: changes the notification of each where it is still there, silently, and at most every 10 s. It never
 * appears again.
 */
export const createGrowth = ({ notifier, schedule, detail, isMuted }: GrowthOptions) => {
  /** The newest growth that waits, by condition; null where none does. */
  const waiting = new Map<string, Announcement | null>();

  const grew = (conditionId: string, announcement: Announcement): void => {
    if (isMuted(conditionId)) return;
    if (waiting.has(conditionId)) {
      waiting.set(conditionId, announcement);
      return;
    }
    waiting.set(conditionId, null);
    const notification = singleNotification(conditionId, announcement, detail());
    notifier.refresh?.({ ...notification, silent: true, urgency: 'low' });
    schedule(growMs, () => {
      const newest = waiting.get(conditionId);
      waiting.delete(conditionId);
      if (newest) grew(conditionId, newest);
    });
  };

  return grew;
};
