import type { Coalescer } from './coalescer.ts';
import {
  conditionAnnouncement,
  type EndWords,
  endAnnouncement,
  type OpenCondition,
} from './own-announcements.ts';

/** Conditions that are not about an entry. */
export type Conditions = {
  /** One opened. Of one that is open already nothing is told. */
  readonly opened: (condition: OpenCondition) => void;
  /** An open one grew: its notification is changed where it is still there. */
  readonly grew: (condition: OpenCondition) => void;
  /**
   * One ended. `words` replace its notification; of one of the run before only where that is still there. Null: it is no news, and the
   * notification is withdrawn.
   */
  readonly ended: (id: string, words: EndWords | null) => void;
  /** One ended, which an event tells. Where none did, its notification is withdrawn. */
  readonly closed: (id: string) => void;
};

/** Conditions that are not about an entry: each is told once while it is open, and its end once. */
export const createConditions = ({
  notify,
  grew,
  ended,
  closed,
}: Pick<Coalescer, 'notify' | 'grew' | 'ended' | 'closed'>): Conditions => {
  const open = new Map<string, OpenCondition>();

  return {
    opened: (condition) => {
      if (open.has(condition.id)) return;
      open.set(condition.id, condition);
      notify(conditionAnnouncement(condition));
    },
    grew: (condition) => grew(condition.id, conditionAnnouncement(condition)),
    ended: (id, words) => {
      const opened = open.get(id) ?? null;
      open.delete(id);
      if (words === null) ended(id);
      else if (opened === null) ended(id, endAnnouncement(id, words, null));
      else notify(endAnnouncement(id, words, opened));
    },
    closed: (id) => {
      open.delete(id);
      closed(id);
    },
  };
};
