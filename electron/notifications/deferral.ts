import { type Announcement, countOf, isOf, notificationIdOf } from './announcement.ts';
import { announcementOf, type Outlet, type OutletOptions } from './outlet.ts';
import type { Posts } from './posts.ts';
import type { PendingAnnouncement } from './retries.ts';
import { digestNotification, singleNotification } from './wording.ts';

const retryMs = 1000;

export type DeferralOptions = Pick<OutletOptions, 'schedule' | 'detail'> & {
  readonly outlet: Outlet;
  readonly posts: Posts;
  /** Keeps what is held now, and returns the others. */
  readonly keepHeld: (announcements: readonly Announcement[]) => readonly Announcement[];
};

export type Deferral = {
  readonly defer: (pending: readonly PendingAnnouncement[]) => void;
  readonly pending: () => readonly PendingAnnouncement[];
  /** Removes and returns what waits about a condition. */
  readonly takeOut: (conditionId: string) => readonly Announcement[];
  readonly clear: () => void;
};

/** What the budget did not admit. It is shown as one digest as soon as the budget admits it (N6). */
export const createDeferral = (options: DeferralOptions): Deferral => {
  const { outlet, schedule, keepHeld } = options;
  let deferred: PendingAnnouncement[] = [];
  let isWaiting = false;
  const show = createShow(options);

  const free = (): readonly PendingAnnouncement[] => {
    const kept = new Set(keepHeld(deferred.map(announcementOf)));
    return kept.size === deferred.length
      ? deferred
      : deferred.filter(({ announcement }) => kept.has(announcement));
  };

  const tryDigest = (): void => {
    isWaiting = false;
    if (deferred.length === 0) return;
    if (!outlet.admitsAny(deferred.map(announcementOf))) {
      isWaiting = true;
      schedule(retryMs, tryDigest);
      return;
    }
    const pending = free();
    deferred = [];
    show(pending);
  };

  return {
    defer: (pending) => {
      // Thousands may come one by one, so nothing here looks at all of them for each.
      for (const one of pending) deferred.push(one);
      if (!isWaiting) tryDigest();
    },
    pending: () => deferred,
    takeOut: (conditionId) => {
      const isAbout = isOf(conditionId);
      const taken = deferred.map(announcementOf).filter(isAbout);
      if (taken.length > 0)
        deferred = deferred.filter(({ announcement }) => !isAbout(announcement));
      return taken;
    },
    clear: () => {
      deferred = [];
    },
  };
};

/** Announcements that were not tried before. */
export const firstTries = (pending: readonly PendingAnnouncement[]): readonly Announcement[] =>
  pending.flatMap(({ announcement, isRetry }) => (isRetry ? [] : [announcement]));

/** Shows one by itself, more as one digest. */
const createShow =
  ({ outlet, posts, detail }: DeferralOptions) =>
  (pending: readonly PendingAnnouncement[]): void => {
    const announcements = pending.map(announcementOf);
    const [only, ...others] = announcements;
    if (!only) return;
    if (others.length === 0) {
      const id = notificationIdOf(only, outlet.newId());
      const notification = singleNotification(id, only, detail());
      void outlet.show(notification, pending, 'shown, once the limit of a minute allowed it');
      return;
    }
    const id = outlet.newId();
    const render = (as: string, left: readonly Announcement[]) =>
      digestNotification(as, left, detail());
    posts.add({ id, shownAs: id, announcements, render });
    void outlet.show(
      render(id, announcements),
      pending,
      `part of a digest of ${countOf(announcements)}`,
    );
  };
