import { type Announcement, isGrave, isOf } from './announcement.ts';
import type { NotShown, Showing } from './notifier.ts';

/** An announcement to be shown. `isRetry`: the system was asked to show it before. */
export type PendingAnnouncement = {
  readonly announcement: Announcement;
  readonly isRetry: boolean;
};

type NotShownResult = Extract<Showing, { status: 'not-shown' }>;

export type Retries = {
  /** Whether what the system did not show is tried again. */
  readonly note: (showing: NotShownResult, pending: PendingAnnouncement) => boolean;
  /** Removes and returns what waits about a condition that has changed since. */
  readonly takeOut: (conditionId: string) => readonly Announcement[];
  /** Removes and returns all. */
  readonly take: () => readonly PendingAnnouncement[];
};

const mostMissed = 20;
const mostRemembered = 200;

/** Grave kinds that the system did not show are tried once more (N9), and so is the end of one. */
export const createRetries = (): Retries => {
  let missed: readonly Announcement[] = [];
  /** Conditions whose opening was missed, and which ended since. */
  const overtaken = new Set<string>();

  const isEndOfMissed = ({ condition }: Announcement): boolean =>
    condition?.does === 'ends' && overtaken.has(condition.id);

  return {
    note: ({ why }, { announcement, isRetry }) => {
      // A paused service was not asked, so that this try does not count.
      if (isRetry && why !== 'paused') return false;
      if (!isGrave(announcement) && !isEndOfMissed(announcement)) return false;
      missed = [...missed, announcement].slice(-mostMissed);
      return true;
    },
    takeOut: (conditionId) => {
      const taken = missed.filter(isOf(conditionId));
      missed = missed.filter((one) => !taken.includes(one));
      if (taken.length > 0) overtaken.add(conditionId);
      for (const oldest of overtaken) {
        if (overtaken.size <= mostRemembered) break;
        overtaken.delete(oldest);
      }
      return taken;
    },
    take: () => {
      const taken = missed;
      missed = [];
      return taken.map((announcement) => ({ announcement, isRetry: true }));
    },
  };
};

/** The result for the entry's record. */
export const notShownWords = ({ why }: NotShownResult, isTriedAgain: boolean): string =>
  `the system did not show it: ${reasons[why]}${
    isTriedAgain ? '; it is tried again when the system shows notifications' : ''
  }`;

const reasons: Readonly<Record<NotShown, string>> = {
  'no-service': 'it has no notification service',
  'no-answer': 'its notification service did not answer',
  refused: 'it refused',
  paused: 'two failed in a row, and it is asked again in a minute',
};
