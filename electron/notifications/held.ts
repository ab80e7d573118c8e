import type { HeldBy } from '../../shared/timeline.ts';
import { type Announcement, isGrave, isOf } from './announcement.ts';
import {
  distinctSpans,
  type Holds,
  heldBySystemWords,
  heldSpan,
  heldWords,
  holdsBack,
  type Span,
} from './hold.ts';

type Held = {
  readonly announcement: Announcement;
  readonly by: HeldBy;
  /** For the entry's record. */
  readonly words: string;
  /** What happened to it before this hold. */
  readonly spans: readonly Span[];
  /** The notification that the system has and does not show; null where it was not asked. */
  readonly notificationId: string | null;
};

export type HeldOptions = {
  readonly holds: Holds;
  /** Epoch ms. */
  readonly now: () => number;
  readonly withdraw: (notificationId: string) => void;
  /** These are held no more. `spans`: for the digest of them. */
  readonly onReleased: (announcements: readonly Announcement[], spans: readonly Span[]) => void;
};

/** Announcements that wait for the end of a hold. Each is recorded as held, at once. */
export type HeldAnnouncements = {
  /** Keeps what a hold holds now, and returns the others. `spans`: what happened to them before. */
  readonly keep: (
    announcements: readonly Announcement[],
    spans?: readonly Span[],
  ) => readonly Announcement[];
  /** The system has their notification, and does not show it. */
  readonly heldBySystem: (announcements: readonly Announcement[], notificationId: string) => void;
  readonly systemReleases: () => void;
  /** Removes and returns what is about a condition. */
  readonly takeOut: (conditionId: string) => readonly Announcement[];
  /** Oldest first. */
  readonly list: () => readonly Announcement[];
};

const mostHeld = 1000;

export const createHeld = ({
  holds,
  now,
  withdraw,
  onReleased,
}: HeldOptions): HeldAnnouncements => {
  let all: readonly Held[] = [];

  const add = (held: readonly Held[]): void => {
    const { kept, givenUp } = withinLimit([...all, ...held]);
    all = kept;
    for (const { announcement, words, by } of held) announcement.decided(false, words, by);
    for (const { announcement } of givenUp) announcement.decided(false, givenUpWords);
  };

  const release = (held: readonly Held[]): void => {
    if (held.length === 0) return;
    all = all.filter((one) => !held.includes(one));
    onReleased(held.map(announcementOf), spansOf(held));
  };

  /** A hold that ends while another goes on: the record says which one it is now. */
  const followHold = (): void => {
    const hold = holds.current();
    const own = all.filter(({ by }) => by !== 'system');
    release(own.filter(({ announcement }) => !holdsBack(hold, announcement)));
    if (hold !== null) all = all.map((one) => relabelled(one, hold.why, heldWords(hold, now())));
  };
  holds.onChange(followHold);

  return {
    keep: (announcements, spans = []) => {
      const hold = holds.current();
      if (hold === null) return announcements;
      const rest = { by: hold.why, words: heldWords(hold, now()), spans, notificationId: null };
      const kept = announcements.filter((one) => holdsBack(hold, one));
      if (kept.length > 0) add(kept.map((announcement) => ({ ...rest, announcement })));
      return announcements.filter((one) => !holdsBack(hold, one));
    },
    heldBySystem: (announcements, notificationId) => {
      const rest = { words: heldBySystemWords, spans: [], notificationId };
      add(announcements.map((announcement) => ({ ...rest, announcement, by: 'system' })));
    },
    systemReleases: () => {
      const held = all.filter(({ by }) => by === 'system');
      const ids = new Set(held.flatMap(({ notificationId }) => notificationId ?? []));
      // The digest names them.
      for (const id of ids) withdraw(id);
      release(held);
    },
    takeOut: (conditionId) => {
      const isAbout = ({ announcement }: Held) => isOf(conditionId)(announcement);
      const taken = all.filter(isAbout);
      if (taken.length > 0) all = all.filter((one) => !isAbout(one));
      return taken.map(announcementOf);
    },
    list: () => all.map(announcementOf),
  };
};

const announcementOf = ({ announcement }: Held): Announcement => announcement;

const spansOf = (held: readonly Held[]): readonly Span[] =>
  distinctSpans(held.flatMap((one) => [...one.spans, heldSpan(one.by)]));

/** As it is held now; recorded where that changed. */
const relabelled = (held: Held, by: HeldBy, words: string): Held => {
  if (held.by === 'system' || (held.by === by && held.words === words)) return held;
  held.announcement.decided(false, words, by);
  return {
    ...held,
    words,
    by,
    spans: held.by === by ? held.spans : [...held.spans, heldSpan(held.by)],
  };
};

const givenUpWords = 'more than a thousand were held, and this is one of the oldest';

/** Of too many the oldest are given up, plain ones first. */
const withinLimit = (
  held: readonly Held[],
): { readonly kept: readonly Held[]; readonly givenUp: readonly Held[] } => {
  const excess = held.length - mostHeld;
  if (excess <= 0) return { kept: held, givenUp: [] };
  const plainFirst = [
    ...held.filter(({ announcement }) => !isGrave(announcement)),
    ...held.filter(({ announcement }) => isGrave(announcement)),
  ];
  const givenUp = new Set(plainFirst.slice(0, excess));
  return { kept: held.filter((one) => !givenUp.has(one)), givenUp: [...givenUp] };
};
