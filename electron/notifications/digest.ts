import { type Announcement, countOf } from './announcement.ts';
import type { Span } from './hold.ts';
import { firstTry, type Outlet, type OutletOptions } from './outlet.ts';
import { digestNotification } from './wording.ts';

/** Shows announcements as one digest under a headline; one by itself is left to `route`. */
export const createDigest =
  (
    outlet: Outlet,
    { detail }: Pick<OutletOptions, 'detail'>,
    route: (announcement: Announcement, how: string | null) => void,
  ) =>
  (announcements: readonly Announcement[], spans: readonly Span[]): void => {
    const [only, ...others] = announcements;
    if (!only) return;
    if (others.length === 0) {
      const how = spans.flatMap(({ single }) => single ?? []).join('; ');
      route(only, how === '' ? null : how);
      return;
    }
    const listed = (what: 'title' | 'how') => spans.map((span) => span[what]).join(' and ');
    const headline = (count: number): string => `${count} events ${listed('title')}`;
    void outlet.show(
      digestNotification(outlet.newId(), announcements, detail(), headline),
      announcements.map(firstTry),
      `part of a digest of ${countOf(announcements)} ${listed('how')}`,
    );
  };
