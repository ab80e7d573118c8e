import type { HeldBy } from '../../shared/timeline.ts';
import { createAfterGap } from './after-gap.ts';
import { type Announcement, type EntryToAnnounce, overIdOf } from './announcement.ts';
import { createDeferral, firstTries } from './deferral.ts';
import { createDigest } from './digest.ts';
import { createGroups } from './groups.ts';
import { createGrowth, type GrowthOptions } from './growth.ts';
import { createHeld } from './held.ts';
import {
  distinctSpans,
  gapSpan,
  type Holds,
  heldSpan,
  noHolds,
  restartSpan,
  type Span,
} from './hold.ts';
import { announcementOf, createOutlet, firstTry, type OutletOptions } from './outlet.ts';
import { createOvertaking, tellOvertaken } from './overtaking.ts';
import { createPosts } from './posts.ts';
import { singleNotification } from './wording.ts';

/** An announcement of the run before, and what held it back then. */
export type LeftOver = { readonly announcement: Announcement; readonly held: HeldBy | null };

export type CoalescerOptions = OutletOptions &
  Partial<Pick<GrowthOptions, 'isMuted'>> & { readonly holds?: Holds };

export type Coalescer = {
  readonly notify: (announcement: Announcement) => void;
  /** An open condition grew: see `createGrowth`. */
  readonly grew: (conditionId: string, announcement: Announcement) => void;
  /** A condition ended. Its notification is withdrawn, or replaced by `end` where it is still there. */
  readonly ended: (conditionId: string, end?: Announcement) => void;
  /** A condition ended, which an event tells. Where none did, its notification is withdrawn. */
  readonly closed: (conditionId: string) => void;
  /** Shows what comes within the next 20 s as one digest, in which `gap` says how long nothing could be received. */
  readonly digestAfterGap: (gap: string) => void;
  /** Shows what was not announced before the app ended: one by itself, more as one digest. */
  readonly digestLeftOver: (left: readonly LeftOver[]) => void;
  /** The entries that wait to be announced, held ones among them. Nothing on disk says that they were. */
  readonly unannounced: () => readonly EntryToAnnounce[];
  /** Whether something is to be shown within a minute or so. */
  readonly isBusy: () => boolean;
};

/**
 * Shows the first of a kind and source at once (N6). What follows within 10 s replaces it by a count. What the budget does not admit
 * becomes one digest, and so does what was held. Of a condition only the newest news is told.
 */
export const createCoalescer = (options: CoalescerOptions): Coalescer => {
  const { notifier, detail, isMuted = () => false } = options;
  const { groups, deferral, held, afterGap, overtaking, gather, route } = createQueues(options);

  /** True when it is shown now. */
  const tell = (announcement: Announcement): boolean => {
    if (afterGap.add([announcement], [])) return false;
    const [free] = held.keep([announcement]);
    return free !== undefined && route(free);
  };

  const ended: Coalescer['ended'] = (conditionId, end) => {
    overtaking.stepped({ id: conditionId, does: 'ends' });
    if (end) notifier.refresh?.(singleNotification(overIdOf(conditionId), end, detail()));
    else notifier.withdraw(conditionId);
  };

  return {
    notify: (announcement) => {
      const { condition } = announcement;
      if (condition) overtaking.stepped(condition);
      const isShown = tell(announcement);
      // One that is shown takes the place of what it ends.
      if (condition?.does === 'ends' && !isShown) notifier.withdraw(condition.id);
    },
    grew: createGrowth({ ...options, isMuted }),
    ended,
    closed: (conditionId) => {
      if (!overtaking.isOver(conditionId)) ended(conditionId);
    },
    // An announcement that waited before the gap, as before a sleep, belongs to the same digest.
    digestAfterGap: (gap) => {
      const waiting = [...groups.followers(), ...deferral.pending().map(announcementOf)];
      if (!afterGap.begin(gapSpan(gap), waiting)) return;
      groups.clear();
      deferral.clear();
    },
    digestLeftOver: (left) => {
      const newest = withoutOvertaken(left);
      for (const { announcement } of newest)
        if (announcement.condition) overtaking.know(announcement.condition);
      const spans = newest.map((one) => (one.held ? heldSpan(one.held) : restartSpan));
      gather(
        newest.map(({ announcement }) => announcement),
        distinctSpans(spans),
      );
    },
    unannounced: () =>
      [
        ...groups.followers(),
        ...firstTries(deferral.pending()),
        ...afterGap.list(),
        ...held.list(),
      ].flatMap(({ entry }) => (entry ? [entry] : [])),
    isBusy: () =>
      groups.followers().length + deferral.pending().length + afterGap.list().length > 0,
  };
};

/** Everywhere that announcements wait. */
const createQueues = (options: CoalescerOptions) => {
  const { notifier, schedule, detail, now, holds = noHolds } = options;
  const posts = createPosts(notifier);
  const { withdraw } = notifier;
  const held = createHeld({ holds, now, withdraw, onReleased: gather });
  const outlet = createOutlet(options, {
    onRetry: (pending) => deferral.defer(pending),
    onHeldBack: held.heldBySystem,
    onAvailable: held.systemReleases,
  });
  const keepHeld = (announcements: readonly Announcement[]) => held.keep(announcements);
  const deferral = createDeferral({ outlet, posts, schedule, detail, keepHeld });
  const { defer } = deferral;
  const groups = createGroups({ outlet, posts, schedule, detail, defer, keepHeld });
  const afterGap = createAfterGap(schedule, gather);
  const digest = createDigest(outlet, options, route);
  const waiting = [groups, deferral, outlet, held, afterGap];
  const overtaking = createOvertaking({ waiting, posts, withdraw });

  /** Adds to the digest after a gap, else makes one. */
  function gather(announcements: readonly Announcement[], spans: readonly Span[]): void {
    if (!afterGap.add(announcements, spans)) digest(held.keep(announcements, spans), spans);
  }

  /** True when it is shown now. */
  function route(announcement: Announcement, how: string | null = null): boolean {
    if (groups.follow(announcement)) return false;
    const isAdmitted = outlet.admits(announcement);
    if (isAdmitted) groups.begin(announcement, how);
    else deferral.defer([firstTry(announcement)]);
    return isAdmitted;
  }

  return { groups, deferral, held, afterGap, overtaking, gather, route };
};

/** The newest of each condition. The records of the others say that they were overtaken. */
const withoutOvertaken = (left: readonly LeftOver[]): readonly LeftOver[] => {
  const newest = new Map<string, Announcement>();
  for (const { announcement } of left)
    if (announcement.condition) newest.set(announcement.condition.id, announcement);
  return left.filter(({ announcement }) => {
    const { condition } = announcement;
    if (!condition || newest.get(condition.id) === announcement) return true;
    tellOvertaken(announcement);
    return false;
  });
};
