import type { TimelineEntry } from '../../shared/timeline.ts';
import type { EntryReader } from '../insight/account-store.ts';
import type { AccountChange } from '../insight/accounts.ts';
import type { Repetition } from '../insight/occurrences.ts';
import type { Announcement } from './announcement.ts';
import type { LeftOver } from './coalescer.ts';
import { type Announced, type Decision, decide, type RulesInForce } from './policy.ts';

export type UnannouncedOptions = {
  /** Epoch ms. */
  readonly now: () => number;
  /** The entry with the person's own name for its account. */
  readonly named: (entry: TimelineEntry) => TimelineEntry;
  /** Null where the entry's source was removed. */
  readonly announcementOf: (entry: TimelineEntry, decision: Announced) => Announcement | null;
  readonly rulesFor: (entry: TimelineEntry) => RulesInForce;
  readonly keepSilent: (entry: TimelineEntry, why: string) => void;
  readonly onRepetition: (change: Repetition, seq: number) => void;
  readonly onRead: (left: readonly LeftOver[]) => void;
};

const oldestMs = 24 * 60 * 60 * 1000;

/**
 * Finds the entries that were not decided before the app ended. Those of the last 24 h are announced, unless they were imported or came
 * out of the quarantine; those that were held are, whatever their age.
 */
export const createUnannouncedReader = (options: UnannouncedOptions): EntryReader => {
  const found = new Map<number, LeftOver>();

  const decideNow = (entry: TimelineEntry, change: AccountChange): Decision => {
    if (entry.cameAfter) return { notify: false, why: readmittedWhy };
    const isOld = Math.abs(options.now() - entry.receivedAt) > oldestMs;
    if (isOld && !entry.notification?.held)
      return { notify: false, why: 'Hookbell ended before it was announced, more than a day ago' };
    return decide(options.named(entry), change, options.rulesFor(entry));
  };

  return {
    read: (entry, change) => {
      if (change.status === 'reported-before' && !entry.notification)
        options.onRepetition(change, entry.seq);
      const held = entry.notification?.held ?? null;
      if (entry.notification && held === null) return;
      if (entry.importedAt !== undefined || found.has(entry.seq)) return;
      const decision = decideNow(entry, change);
      const announcement = decision.notify ? options.announcementOf(entry, decision) : null;
      if (announcement) found.set(entry.seq, { announcement, held });
      else options.keepSilent(entry, decision.notify ? 'Its source was removed' : decision.why);
    },
    done: () => {
      options.onRead([...found].sort(([one], [other]) => one - other).map(([, one]) => one));
      found.clear();
    },
  };
};

export const readmittedWhy = 'It came out of the quarantine; these are announced together';
