import { type Announcement, countOf, isOf, notificationIdOf } from './announcement.ts';
import type { NativeNotification, Notifier } from './notifier.ts';

/** A notification that stands for several announcements. */
export type Post = {
  /** Its own id, while it counts more than one thing. */
  readonly id: string;
  /** The id under which it is on the screen. */
  shownAs: string;
  announcements: readonly Announcement[];
  /** Its texts for what is left of it. */
  readonly render: (id: string, announcements: readonly Announcement[]) => NativeNotification;
};

export type Posts = {
  /** Remembers one whose conditions may change. */
  readonly add: (post: Post) => void;
  /** Takes a condition out of what is on the screen: the rest is told again, silently. */
  readonly takeOut: (conditionId: string) => void;
};

const mostRemembered = 50;

export const createPosts = (notifier: Notifier): Posts => {
  const posts = new Set<Post>();

  return {
    add: (post) => {
      if (post.announcements.every(({ condition }) => condition === undefined)) return;
      posts.delete(post);
      posts.add(post);
      for (const oldest of posts) {
        if (posts.size <= mostRemembered) break;
        posts.delete(oldest);
      }
    },
    takeOut: (conditionId) => {
      const isAbout = isOf(conditionId);
      for (const post of posts) {
        if (!post.announcements.some(isAbout)) continue;
        post.announcements = post.announcements.filter((one) => !isAbout(one));
        // The last one has its condition's own notification, and whoever changes that is the caller.
        if (post.announcements.length === 0) posts.delete(post);
        else notifier.refresh?.(rendered(post));
      }
    },
  };
};

/** The notification of a post as it is now, in the place of what is on the screen. */
export const rendered = (post: Post): NativeNotification => {
  const { announcements, shownAs, render } = post;
  const [only] = announcements;
  const id = only && countOf(announcements) === 1 ? notificationIdOf(only, post.id) : post.id;
  post.shownAs = id;
  const notification = { ...render(id, announcements), silent: true };
  return shownAs === id ? notification : { ...notification, replaces: shownAs };
};
