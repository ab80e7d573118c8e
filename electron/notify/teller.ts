import type { DetailLevel } from '../../shared/settings.ts';
import type { Later } from '../later.ts';
import { type AnnouncedEntry, type Announcement, countOf, isGrave } from './announcement.ts';
import { createBudget, type Spending } from './budget.ts';
import type { NativeNotification, Notifier } from './notifier.ts';
import { becameOf, createRetries, type Waiting } from './retries.ts';
import { alone, counting, digest } from './wording.ts';

export type { Announcement } from './announcement.ts';
export type {
  NativeNotification,
  NotificationAction,
  Notifier,
  NotShown,
  Showing,
} from './notifier.ts';

export type TellerOptions = {
  readonly notifier: Notifier;
  readonly later: Later;
  /** Epoch ms. */
  readonly now: () => number;
  readonly detail: () => DetailLevel;
  /**
   * Notes on disk that the system is about to be asked to show these, before it is asked: whatever happens then, they are not told again
   * after the next start. A crash between the two loses that one notification; the other order would show it twice. Never throws.
   */
  readonly commit: (entries: readonly AnnouncedEntry[]) => void;
};

export type Teller = {
  readonly tell: (announcement: Announcement) => void;
  /** Tells what comes within the next 20 s as one digest, in which `gap` says how long nothing could be received. */
  readonly gather: (gap: string) => void;
  /** Tells what was not announced before the app ended: one by its own words, more as one digest. */
  readonly takeUp: (announcements: readonly Announcement[]) => void;
  /** The entries that wait to be told: nothing on disk says yet that they were. */
  readonly untold: () => readonly AnnouncedEntry[];
};

const foldMs = 10_000;
const graveFoldMs = 15_000;
const longestFoldMs = 60_000;
/** So many are kept in mind for a count; after it another begins. */
const mostCounted = 1000;
const gatherMs = 20_000;
const heldMs = 1000;

/** One notification that counts what follows it, for as long as something does. */
type Fold = {
  readonly id: string;
  readonly counted: Announcement[];
  followers: Announcement[];
};

/**
 * Announces: the first of a kind and source at once; what follows within 10 s replaces it by one that counts; what the budget does not
 * admit comes as one digest as soon as it does (N6). A grave kind that the system did not show is tried once more.
 */
export const createTeller = ({ notifier, later, now, detail, commit }: TellerOptions): Teller => {
  const budget = createBudget(now);
  const retries = createRetries();
  const folds = new Map<string, Fold>();
  let held: Waiting[] = [];
  /** What came since a gap ended, to be told as one; null when there was none just now. */
  let late: Announcement[] | null = null;
  // A system may keep notifications for longer than the app runs.
  const run = now().toString(36);
  let lastId = 0;
  const newId = (): string => `announcement-${run}-${++lastId}`;

  const show = async (
    notification: NativeNotification,
    told: readonly Waiting[],
    how: string | null,
  ): Promise<void> => {
    const announcements = told.map(announced);
    const gravest = gravestOf(announcements);
    if (gravest) budget.spend(spendingOf(gravest));
    commit(announcements.flatMap(({ entry }) => (entry ? [entry] : [])));
    const showing = await notifier.show(notification);
    for (const waiting of told) {
      const became = becameOf(showing, how, retries.note(showing, waiting));
      waiting.announcement.decided(showing.status === 'shown', became);
    }
    if (showing.status === 'shown') again();
  };

  /** The system shows notifications again: what it held back, and what it did not show of a grave kind, is told as one digest. */
  const again = (): void => {
    const waiting = retries.take();
    if (waiting.length > 0) hold(waiting);
  };

  const tell = (announcement: Announcement): void => {
    if (late) {
      late.push(announcement);
      return;
    }
    const topic = topicOf(announcement);
    const fold = folds.get(topic);
    if (fold) fold.followers.push(announcement);
    else if (budget.admits(spendingOf(announcement))) begin(topic, announcement);
    else hold([first(announcement)]);
  };

  const begin = (topic: string, announcement: Announcement): void => {
    const fold: Fold = { id: newId(), counted: [announcement], followers: [] };
    folds.set(topic, fold);
    void show(alone(fold.id, announcement, detail()), [first(announcement)], null);
    later(foldMs, () => grow(topic, fold, foldMs));
  };

  /** Counts what followed, and waits for more: a source that goes on and on changes its count less and less often. */
  const grow = (topic: string, fold: Fold, waitedMs: number): void => {
    const { followers, counted } = fold;
    fold.followers = [];
    if (folds.get(topic) !== fold) return;
    if (followers.length === 0 || !admitsAny(followers)) {
      folds.delete(topic);
      if (followers.length > 0) hold(followers.map(first));
      return;
    }
    // Not as arguments: there may be more than a call takes.
    for (const follower of followers) counted.push(follower);
    const count = countOf(counted);
    const newest = counted.at(-1);
    const notification =
      count === 1 && newest
        ? { ...alone(fold.id, newest, detail()), silent: true }
        : counting(fold.id, counted, detail());
    void show(notification, followers.map(first), `folded into one that counts ${count}`);
    if (counted.length > mostCounted) {
      folds.delete(topic);
      return;
    }
    const nextMs = counted.some(isGrave) ? graveFoldMs : Math.min(waitedMs * 2, longestFoldMs);
    later(nextMs, () => grow(topic, fold, nextMs));
  };

  const hold = (waiting: readonly Waiting[]): void => {
    const isFirst = held.length === 0;
    // Thousands may be held, one by one: nothing here may look at all of them for each.
    for (const one of waiting) held.push(one);
    if (isFirst) tellHeld();
  };

  /** Whether the budget admits any of them; each kind and source is asked for once. */
  const admitsAny = (announcements: readonly Announcement[]): boolean => {
    const asked = new Set<string>();
    return announcements.some((one) => {
      const key = `${topicOf(one)} ${isGrave(one)}`;
      if (asked.has(key)) return false;
      asked.add(key);
      return budget.admits(spendingOf(one));
    });
  };

  const tellHeld = (): void => {
    if (held.length === 0) return;
    if (!admitsAny(held.map(announced))) {
      later(heldMs, tellHeld);
      return;
    }
    const told = held;
    held = [];
    const announcements = told.map(announced);
    const [only, ...others] = announcements;
    if (only && others.length === 0) {
      void show(alone(newId(), only, detail()), told, 'shown, when there was room for it');
      return;
    }
    const notification = digest(newId(), announcements, detail());
    void show(notification, told, `part of a digest of ${countOf(announcements)}`);
  };

  /**
   * Providers make up for a gap all at once: what comes right after it is one digest, the gap first, never a volley. What was waiting
   * before a sleep belongs to it.
   */
  const gather = (gap: string): void => {
    if (late) return;
    late = [...[...folds.values()].flatMap(({ followers }) => followers), ...held.map(announced)];
    folds.clear();
    held = [];
    later(gatherMs, () => {
      const came = late ?? [];
      late = null;
      tellTogether(came, (count) => `${count} events after ${gap}`, 'after a gap');
    });
  };

  const tellTogether = (
    came: readonly Announcement[],
    headline: (count: number) => string,
    when: string,
  ): void => {
    const [only, ...others] = came;
    if (!only) return;
    if (others.length === 0) {
      tell(only);
      return;
    }
    const notification = digest(newId(), came, detail(), headline);
    void show(notification, came.map(first), `part of a digest of ${countOf(came)} ${when}`);
  };

  const takeUp = (announcements: readonly Announcement[]): void => {
    if (late) late = [...late, ...announcements];
    else tellTogether(announcements, restartHeadline, 'after the app was started again');
  };

  notifier.onAgain?.(again);

  return {
    tell,
    gather,
    takeUp,
    untold: () =>
      [
        ...[...folds.values()].flatMap(({ followers }) => followers),
        ...held.filter(({ isRetry }) => !isRetry).map(announced),
        ...(late ?? []),
      ].flatMap(({ entry }) => (entry ? [entry] : [])),
  };
};

const restartHeadline = (count: number): string => `${count} events from before Hookbell ended`;

const announced = ({ announcement }: Waiting): Announcement => announcement;

const first = (announcement: Announcement): Waiting => ({ announcement, isRetry: false });

const topicOf = ({ kind, sourceId, simulated }: Announcement): string =>
  `${kind} ${sourceId} ${simulated}`;

const spendingOf = (announcement: Announcement): Spending => ({
  sourceId: announcement.sourceId,
  kind: announcement.kind,
  isGrave: isGrave(announcement),
});

const gravestOf = (announcements: readonly Announcement[]): Announcement | undefined =>
  announcements.find(isGrave) ?? announcements[0];
