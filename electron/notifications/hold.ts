import type { HeldBy } from '../../shared/timeline.ts';
import { type Announcement, isGrave } from './announcement.ts';
import { clockWords } from './times.ts';

/** The person's own wish for quiet. `until` is epoch ms; null: until the person ends it. */
export type Hold = {
  readonly why: 'paused' | 'quiet-hours';
  readonly until: number | null;
  /** Grave announcements are shown all the same. */
  readonly admitsGrave: boolean;
};

export type Holds = {
  /** The hold that is in force now; null without one. */
  readonly current: () => Hold | null;
  /** Calls `listener` whenever `current` changes, also when a hold runs out. */
  readonly onChange: (listener: () => void) => void;
};

/** Nothing is ever held back. */
export const noHolds: Holds = { current: () => null, onChange: () => {} };

/** What a digest is about: `title` follows "6 events", `how` follows "part of a digest of 6", `single` is said of one by itself. */
export type Span = { readonly title: string; readonly how: string; readonly single: string | null };

export const holdsBack = (hold: Hold | null, announcement: Announcement): hold is Hold =>
  hold !== null && !(hold.admitsGrave && isGrave(announcement));

/** The words of an entry's record while it is held. `now` is epoch ms. */
export const heldWords = ({ why, until }: Hold, now: number): string => {
  if (why === 'paused')
    return `held: paused until ${until === null ? 'resumed' : clockWords(until, now)}`;
  return until === null ? 'held: quiet hours' : `held: quiet hours until ${clockWords(until, now)}`;
};

export const heldBySystemWords =
  'held: the system holds notifications back; a digest follows when it shows them again';

const spans: Readonly<Record<HeldBy, string>> = {
  paused: 'while notifications were paused',
  'quiet-hours': 'during quiet hours',
  system: 'while the system held notifications back',
};

/** The span of what was held, for the digest after it. */
export const heldSpan = (by: HeldBy): Span => ({
  title: spans[by],
  how: spans[by],
  single: `held ${spans[by]}, and shown then`,
});

export const restartSpan: Span = {
  title: 'from before Hookbell ended',
  how: 'after the app was started again',
  single: null,
};

/** `words`: how long nothing could be received. */
export const gapSpan = (words: string): Span => ({
  title: `after ${words}`,
  how: 'after a gap',
  single: null,
});

/** Each once, in order. */
export const distinctSpans = (all: readonly Span[]): readonly Span[] =>
  all.filter((one, at) => all.findIndex(({ title }) => title === one.title) === at);
