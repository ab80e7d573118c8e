import { type Announcement, isGrave } from './announcement.ts';
import type { NotShown, Showing } from './notifier.ts';

/** An announcement that is to be shown. `isRetry`: the system was asked for it before. */
export type Waiting = { readonly announcement: Announcement; readonly isRetry: boolean };

/** Of grave kinds that were not shown, the newest. */
const mostMissed = 20;
/** Of what the system held back, the newest. */
const mostHeldBack = 200;

/**
 * What the person has not seen because the system did not show it: a grave kind once more, and everything that was held back (N8). A
 * recovery is tried again with its failure.
 */
export const createRetries = () => {
  let missed: readonly Announcement[] = [];
  let heldBack: readonly Announcement[] = [];

  // While the service is paused it was not asked at all.
  const isTriedAgain = (why: NotShown, { announcement, isRetry }: Waiting): boolean =>
    (isGrave(announcement) || missed.some((one) => isEndOf(one, announcement))) &&
    (!isRetry || why === 'paused');

  return {
    /** Whether it is tried again. */
    note: (showing: Showing, waiting: Waiting): boolean => {
      const { announcement } = waiting;
      if (showing.status === 'shown') return false;
      if (showing.status === 'held') {
        heldBack = [...heldBack, announcement].slice(-mostHeldBack);
        return true;
      }
      if (!isTriedAgain(showing.why, waiting)) return false;
      missed = [...missed, announcement].slice(-mostMissed);
      return true;
    },
    /** All of it, which is not kept any longer. */
    take: (): readonly Waiting[] => {
      const taken = [...missed, ...heldBack];
      missed = [];
      heldBack = [];
      return taken.map((announcement) => ({ announcement, isRetry: true }));
    },
  };
};

const isEndOf = (failure: Announcement, end: Announcement): boolean =>
  failure.kind === 'sync.failed' &&
  end.kind === 'sync.recovered' &&
  failure.sourceId === end.sourceId &&
  failure.thing === end.thing;

/** What became of one, for its entry's record. `how` says how it was shown; null when it was shown by itself. */
export const becameOf = (
  showing: Showing,
  how: string | null,
  isTriedAgain: boolean,
): string | null => {
  switch (showing.status) {
    case 'shown':
      return how;
    case 'held':
      return 'the system holds notifications back; a digest follows when it shows them again';
    case 'not-shown':
      return `the system did not show it: ${notShownWords[showing.why]}${
        isTriedAgain ? '; it is tried again when the system shows notifications' : ''
      }`;
  }
};

const notShownWords: Readonly<Record<NotShown, string>> = {
  'no-service': 'it has no notification service',
  'no-answer': 'its notification service did not answer',
  refused: 'it refused',
  paused: 'two failed in a row, and it is asked again in a minute',
};
