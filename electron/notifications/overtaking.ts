import { type Announcement, type ConditionStep, overIdOf } from './announcement.ts';
import type { Posts } from './posts.ts';

/** Where announcements wait. */
export type Waiting = {
  /** Removes and returns what waits about a condition. */
  readonly takeOut: (conditionId: string) => readonly Announcement[];
};

export type OvertakingOptions = {
  readonly waiting: readonly Waiting[];
  readonly posts: Posts;
  readonly withdraw: (notificationId: string) => void;
};

/** Strangers may invent conditions. More than may wait at once. */
const mostKnown = 20_000;

/**
 * Of a condition only the newest news is told: what waits about it is not told any more, and its record says so; what is on the screen
 * counts it no longer.
 */
export const createOvertaking = ({ waiting, posts, withdraw }: OvertakingOptions) => {
  /** The last step of each condition announced in this run, the newest last. Of any other, nothing waits. */
  const known = new Map<string, ConditionStep['does']>();

  const know = ({ id, does }: ConditionStep): void => {
    known.delete(id);
    known.set(id, does);
    for (const oldest of known.keys()) {
      if (known.size <= mostKnown) break;
      known.delete(oldest);
    }
  };

  return {
    /** A step that was announced before. */
    know,
    /** Whether the end of a condition was announced, or it was withdrawn, in this run. */
    isOver: (conditionId: string): boolean => known.get(conditionId) === 'ends',
    /** To be called before the step is announced. */
    stepped: ({ id, does }: ConditionStep): void => {
      // A failure that is told anew does not stand beside its end, also not that of the run before.
      if (does === 'opens') withdraw(overIdOf(id));
      const isNew = !known.has(id);
      know({ id, does });
      if (isNew) return;
      for (const { takeOut } of waiting) for (const one of takeOut(id)) tellOvertaken(one);
      posts.takeOut(id);
    },
  };
};

export const tellOvertaken = ({ condition, decided }: Announcement): void =>
  decided(
    false,
    condition?.does === 'ends'
      ? 'it began again before its end was shown'
      : 'it was over before it was shown',
  );
