import type { DetailLevel } from '../../shared/settings.ts';
import type { Schedule } from '../schedule.ts';
import { type Announcement, type EntryToAnnounce, isGrave } from './announcement.ts';
import { createBudget, type Spending } from './budget.ts';
import type { NativeNotification, Notifier } from './notifier.ts';
import { createRetries, notShownWords, type PendingAnnouncement } from './retries.ts';

export type OutletOptions = {
  readonly notifier: Notifier;
  readonly schedule: Schedule;
  /** Epoch ms. */
  readonly now: () => number;
  readonly detail: () => DetailLevel;
  /**
   * Records on disk that these were announced, before the system shows them. A crash in between loses one notification; the other order
   * would show it twice. Never throws.
   */
  readonly commit: (entries: readonly EntryToAnnounce[]) => void;
};

export type OutletListener = {
  readonly onRetry: (pending: readonly PendingAnnouncement[]) => void;
  /** The system has the notification with this id, and does not show it. */
  readonly onHeldBack: (announcements: readonly Announcement[], id: string) => void;
  /** The system shows notifications again. */
  readonly onAvailable: () => void;
};

/** The way of notifications to the system: within a budget, recorded, and tried again. */
export type Outlet = {
  /** `how` it is shown, for the entries' records; null for an announcement by itself. */
  readonly show: (
    notification: NativeNotification,
    pending: readonly PendingAnnouncement[],
    how: string | null,
  ) => Promise<void>;
  readonly admits: (announcement: Announcement) => boolean;
  /** Whether the budget admits any of them. Asks once for each kind and source. */
  readonly admitsAny: (announcements: readonly Announcement[]) => boolean;
  /** Removes and returns what is to be tried again about a condition. */
  readonly takeOut: (conditionId: string) => readonly Announcement[];
  readonly newId: () => string;
};

export const createOutlet = (
  { notifier, now, commit }: OutletOptions,
  { onRetry, onHeldBack, onAvailable }: OutletListener,
): Outlet => {
  const budget = createBudget(now);
  const retries = createRetries();
  // A system may keep notifications for longer than the app runs.
  const run = now().toString(36);
  let lastId = 0;

  const available = (): void => {
    const pending = retries.take();
    if (pending.length > 0) onRetry(pending);
    onAvailable();
  };
  notifier.onAvailable?.(available);

  const admits = (announcement: Announcement): boolean => budget.admits(spendingOf(announcement));

  return {
    show: async (notification, pending, how) => {
      const announcements = pending.map(announcementOf);
      const gravest = announcements.find(isGrave) ?? announcements[0];
      if (gravest) budget.spend(spendingOf(gravest));
      commit(announcements.flatMap(({ entry }) => (entry ? [entry] : [])));
      const showing = await notifier.show(notification);
      switch (showing.status) {
        case 'held':
          return onHeldBack(announcements, notification.id);
        case 'not-shown':
          for (const one of pending)
            one.announcement.decided(false, notShownWords(showing, retries.note(showing, one)));
          return;
        case 'shown':
          for (const one of announcements) one.decided(true, how);
          available();
      }
    },
    admits,
    admitsAny: (announcements) => {
      const asked = new Set<string>();
      return announcements.some((one) => {
        const key = `${topicOf(one)} ${isGrave(one)}`;
        if (asked.has(key)) return false;
        asked.add(key);
        return admits(one);
      });
    },
    takeOut: retries.takeOut,
    newId: () => `announcement-${run}-${++lastId}`,
  };
};

export const announcementOf = ({ announcement }: PendingAnnouncement): Announcement => announcement;

export const firstTry = (announcement: Announcement): PendingAnnouncement => ({
  announcement,
  isRetry: false,
});

export const topicOf = ({ kind, sourceId, simulated }: Announcement): string =>
  `${kind} ${sourceId} ${simulated}`;

const spendingOf = (announcement: Announcement): Spending => ({
  sourceId: announcement.sourceId,
  kind: announcement.kind,
  isGrave: isGrave(announcement),
});
