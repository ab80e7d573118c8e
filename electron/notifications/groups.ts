import type { DetailLevel } from '../../shared/settings.ts';
import { type Announcement, countOf, isGrave, isOf, notificationIdOf } from './announcement.ts';
import { firstTry, type Outlet, type OutletOptions, topicOf } from './outlet.ts';
import { type Post, type Posts, rendered } from './posts.ts';
import type { PendingAnnouncement } from './retries.ts';
import { countNotification, isCountLoud, singleNotification } from './wording.ts';

const groupMs = 10_000;
const graveGroupMs = 15_000;
const longestGroupMs = 60_000;
const mostCounted = 1000;

/** A notification that counts what follows it. */
type Group = { readonly post: Post; followers: Announcement[] };

export type GroupsOptions = Pick<OutletOptions, 'schedule' | 'detail'> & {
  readonly outlet: Outlet;
  readonly posts: Posts;
  readonly defer: (pending: readonly PendingAnnouncement[]) => void;
  /** Keeps what is held now, and returns the others. */
  readonly keepHeld: (announcements: readonly Announcement[]) => readonly Announcement[];
};

export type Groups = {
  readonly follow: (announcement: Announcement) => boolean;
  /** Shows the announcement, and counts those of its topic that follow within 10 s. */
  readonly begin: (announcement: Announcement, how?: string | null) => void;
  /** All that wait to be counted. */
  readonly followers: () => readonly Announcement[];
  /** Removes and returns what waits about a condition. */
  readonly takeOut: (conditionId: string) => readonly Announcement[];
  readonly clear: () => void;
};

export const createGroups = (options: GroupsOptions): Groups => {
  const { outlet, posts, schedule, detail, defer, keepHeld } = options;
  const groups = new Map<string, Group>();

  const render = renderCount(detail);

  /** Counts the followers and waits for more, for longer each time. */
  const grow = (topic: string, group: Group, waitedMs: number): void => {
    if (groups.get(topic) !== group) return;
    const followers = keepHeld(group.followers);
    group.followers = [];
    if (followers.length === 0 || !outlet.admitsAny(followers)) {
      groups.delete(topic);
      if (followers.length > 0) defer(followers.map(firstTry));
      return;
    }
    const { post } = group;
    const counted = [...post.announcements, ...followers];
    post.announcements = counted;
    posts.add(post);
    const count = countOf(counted);
    const notification = { ...rendered(post), silent: count === 1 || !isCountLoud(counted) };
    void outlet.show(notification, followers.map(firstTry), `part of a count of ${count}`);
    if (counted.length > mostCounted) {
      groups.delete(topic);
      return;
    }
    const nextMs = counted.some(isGrave) ? graveGroupMs : Math.min(waitedMs * 2, longestGroupMs);
    schedule(nextMs, () => grow(topic, group, nextMs));
  };

  return {
    follow: (announcement) => {
      const group = groups.get(topicOf(announcement));
      group?.followers.push(announcement);
      return group !== undefined;
    },
    begin: (announcement, how = null) => {
      const topic = topicOf(announcement);
      const id = outlet.newId();
      const shownAs = notificationIdOf(announcement, id);
      const post: Post = { id, shownAs, announcements: [announcement], render };
      const group: Group = { post, followers: [] };
      groups.set(topic, group);
      posts.add(post);
      const notification = singleNotification(shownAs, announcement, detail());
      void outlet.show(notification, [firstTry(announcement)], how);
      schedule(groupMs, () => grow(topic, group, groupMs));
    },
    followers: () => [...groups.values()].flatMap(({ followers }) => followers),
    takeOut: (conditionId) =>
      [...groups.values()].flatMap((group) => {
        const taken = group.followers.filter(isOf(conditionId));
        if (taken.length > 0)
          group.followers = group.followers.filter((one) => !taken.includes(one));
        return taken;
      }),
    clear: () => groups.clear(),
  };
};

const renderCount =
  (detail: () => DetailLevel): Post['render'] =>
  (id, announcements) => {
    const newest = announcements.at(-1);
    return newest && countOf(announcements) === 1
      ? singleNotification(id, newest, detail())
      : countNotification(id, announcements, detail());
  };
