import * as z from 'zod/mini';
import type { TimelineEntry } from '../../shared/timeline.ts';
import type { AccountChange } from '../insight/accounts.ts';
import type { Announcement } from './announcement.ts';
import { type Announced, AnnouncedChange, type Decision, decide } from './policy.ts';

/** An entry that is to be announced, as it is saved beside the accounts, which cannot be asked for its change any more. */
export const Untold = z.object({ seq: z.int(), change: AnnouncedChange });
export type Untold = z.infer<typeof Untold>;

export type UntoldOptions = {
  /** Epoch ms. */
  readonly now: () => number;
  /** Null where the entry's source was removed. */
  readonly announcementOf: (entry: TimelineEntry, decision: Announced) => Announcement | null;
  readonly keepSilent: (entry: TimelineEntry, why: string) => void;
  readonly takeUp: (announcements: readonly Announcement[]) => void;
};

const oldestMs = 24 * 60 * 60 * 1000;

/**
 * What was recorded before the app ended, and not decided: it is announced once after the start, if it came within the last 24 h.
 * What was read from an export or came out of the quarantine is not announced.
 */
export const createUntoldReader = ({ now, announcementOf, keepSilent, takeUp }: UntoldOptions) => {
  const found = new Map<number, Announcement>();

  const decideNow = (entry: TimelineEntry, change: AccountChange): Decision => {
    if (entry.cameAfter) return { tell: false, why: readmittedWhy };
    if (Math.abs(now() - entry.receivedAt) > oldestMs)
      return { tell: false, why: 'Hookbell ended before it was announced, more than a day ago' };
    return decide(entry, change);
  };

  return {
    /** Given the entries in their order, each with what it did to its account. Idempotent. */
    read: (entry: TimelineEntry, change: AccountChange): void => {
      if (entry.notification || entry.importedAt !== undefined || found.has(entry.seq)) return;
      const decision = decideNow(entry, change);
      const announcement = decision.tell ? announcementOf(entry, decision) : null;
      if (announcement) found.set(entry.seq, announcement);
      else keepSilent(entry, decision.tell ? 'Its source was removed' : decision.why);
    },
    /** All were given. */
    done: (): void => {
      takeUp([...found].sort(([one], [other]) => one - other).map(([, announced]) => announced));
      found.clear();
    },
  };
};

export const readmittedWhy = 'It came out of the quarantine; these are told together';
