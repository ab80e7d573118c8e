import type { Opening } from '../../shared/ipc.ts';
import { type EventKind, kinds } from '../../shared/kinds.ts';
import type { DetailLevel } from '../../shared/settings.ts';
import type { Later } from '../later.ts';

/** One native notification as the system is asked to show it: plain text, already cut to size. */
export type NativeNotification = {
  /** Names the thing that it tells of: a later one of the same id takes its place. */
  readonly id: string;
  readonly title: string;
  readonly body: string;
  readonly silent: boolean;
  /** `critical` stays on the screen until the person has seen it, where the system knows that. */
  readonly urgency: 'low' | 'normal' | 'critical';
  /** Where a click leads. */
  readonly opening: Opening;
  /** Buttons, where the system offers them. */
  readonly actions?: readonly NotificationAction[];
};

/** A button of a notification. `id` is not shown, and is any but `default`, which means the notification itself. */
export type NotificationAction = { readonly id: string; readonly label: string };

/** What became of a notification, as far as the system tells. */
export type Showing =
  | { readonly status: 'shown' }
  /** The system took it and holds it back for now: do not disturb. */
  | { readonly status: 'held' }
  | { readonly status: 'not-shown'; readonly why: NotShown };

/** There is no service, it did not answer in time, or it refused. `paused`: two failed in a row, and it is asked again in a minute. */
export type NotShown = 'no-service' | 'no-answer' | 'refused' | 'paused';

/** The system's notifications. */
export type Notifier = {
  /** Settles within 3 s. Never rejects. */
  readonly show: (notification: NativeNotification) => Promise<Showing>;
  /** Takes one away that is shown. One that is gone already is no error. */
  readonly withdraw: (id: string) => void;
  /**
   * Calls `listener` whenever the system shows notifications again: a service has come or answers again, or holds them back no longer.
   * Without it the system does not tell.
   */
  readonly onAgain?: (listener: () => void) => void;
};

/** Something to tell the person. Those of one `topic` fold into one. */
export type Announcement = {
  /** The kind and the source, for people and for folding. */
  readonly kind:
    | EventKind
    | 'sync.recovered'
    | 'quarantine'
    | 'readmitted'
    | 'tunnel.down'
    | 'disk';
  readonly sourceId: string;
  readonly sourceName: string;
  readonly title: string;
  readonly body: string;
  readonly quiet: boolean;
  readonly simulated: boolean;
  readonly opening: Opening;
  /** Told what became of it, for the entry's own record. */
  readonly decided: (shown: boolean, what: string) => void;
};

export type TellerOptions = {
  readonly notifier: Notifier;
  readonly later: Later;
  /** Epoch ms. */
  readonly now: () => number;
  readonly detail: () => DetailLevel;
};

const foldMs = 10_000;
const minuteMs = 60_000;
const mostPerMinute = 10;
const gatherMs = 20_000;

const words: Record<Announcement['kind'], { label: string; many: string }> = {
  ...kinds,
  'sync.recovered': { label: 'Working again', many: 'accounts work again' },
  quarantine: { label: 'Deliveries not believed', many: 'sources with deliveries not believed' },
  disk: { label: 'Events not kept', many: 'times events were not kept' },
  'tunnel.down': { label: 'No way in', many: 'times there was no way in' },
  readmitted: {
    label: 'Deliveries believed after all',
    many: 'times deliveries were believed after all',
  },
};

type Fold = {
  readonly id: string;
  readonly first: Announcement;
  readonly followers: Announcement[];
};

/**
 * Announces: the first of a kind at once; what follows from the same source within 10 seconds replaces it by one that counts;
 * at most 10 in a minute, what goes beyond comes as one digest when there is room again (N6).
 */
export const createTeller = ({ notifier, later, now, detail }: TellerOptions) => {
  const folds = new Map<string, Fold>();
  const shownAt: number[] = [];
  let held: Announcement[] = [];
  /** What came since a gap ended, to be told as one; null when there was none just now. */
  let late: Announcement[] | null = null;

  const hasRoom = () => {
    // Also where the clock was set back: nothing waits for it to come there again.
    while (shownAt[0] !== undefined && Math.abs(now() - shownAt[0]) >= minuteMs) shownAt.shift();
    return shownAt.length < mostPerMinute;
  };

  let lastId = 0;
  const newId = (): string => `announcement-${++lastId}`;

  const show = async (
    notification: NativeNotification,
    told: readonly Announcement[],
    what: string,
  ): Promise<void> => {
    shownAt.push(now());
    const showing = await notifier.show(notification);
    for (const { decided } of told) decided(showing.status === 'shown', becameOf(showing, what));
  };

  const tell = (announcement: Announcement): void => {
    if (late) {
      late.push(announcement);
      return;
    }
    const topic = `${announcement.kind} ${announcement.sourceId}`;
    const fold = folds.get(topic);
    if (fold) {
      fold.followers.push(announcement);
      return;
    }
    if (!hasRoom()) {
      hold([announcement]);
      return;
    }

    const begun: Fold = { id: newId(), followers: [], first: announcement };
    folds.set(topic, begun);
    void show(alone(begun.id, announcement, detail()), [announcement], 'shown');
    later(foldMs, () => {
      folds.delete(topic);
      replaceByCount(begun);
    });
  };

  const replaceByCount = ({ id, followers, first }: Fold): void => {
    if (followers.length === 0) return;
    if (!hasRoom()) {
      hold(followers);
      return;
    }
    const counted = [first, ...followers];
    void show(
      counting(id, counted, detail()),
      followers,
      `folded into one that counts ${counted.length}`,
    );
  };

  const hold = (announcements: readonly Announcement[]): void => {
    if (held.length === 0) later(minuteMs - (now() - (shownAt[0] ?? now())), tellHeld);
    held = [...held, ...announcements];
  };

  const tellHeld = (): void => {
    if (!hasRoom()) {
      later(1000, tellHeld);
      return;
    }
    const told = held;
    held = [];
    void show(
      digest(newId(), told),
      told,
      `part of a digest of ${told.length}, after ${mostPerMinute} in a minute`,
    );
  };

  /** Providers make up for a gap all at once: what comes right after it is one digest, the gap first, never a volley. */
  const gather = (gap: string): void => {
    if (late) return;
    late = [];
    later(gatherMs, () => {
      const came = late ?? [];
      late = null;
      const [only, ...others] = came;
      if (only && others.length === 0) tell(only);
      if (others.length > 0)
        void show(
          afterGap(newId(), gap, came),
          came,
          `part of a digest of ${came.length} after a gap`,
        );
    });
  };

  return { tell, gather };
};

const becameOf = (showing: Showing, what: string): string => {
  if (showing.status === 'shown') return what;
  return showing.status === 'held'
    ? `${what}, but the system holds notifications back`
    : `the system did not show it: ${notShownWords[showing.why]}`;
};

const notShownWords: Readonly<Record<NotShown, string>> = {
  'no-service': 'it has no notification service',
  'no-answer': 'its notification service did not answer',
  refused: 'it refused',
  paused: 'two failed in a row, and it is asked again in a minute',
};

const alone = (id: string, announcement: Announcement, detail: DetailLevel): NativeNotification => {
  const { kind, title, body, sourceName, quiet, simulated, opening } = announcement;
  const origin = simulated ? `${sourceName} · simulated` : sourceName;
  const said = {
    full: { title, body: body ? `${body}\n${origin}` : origin },
    'type-only': { title: words[kind].label, body: origin },
    'new-event': { title: 'New event', body: '' },
  }[detail];
  return { id, ...said, silent: quiet, urgency: quiet ? 'low' : 'normal', opening };
};

const timeline: Opening = { what: 'page', page: 'timeline' };
const silently = { silent: true, urgency: 'low', opening: timeline } as const;

const counting = (
  id: string,
  told: readonly Announcement[],
  detail: DetailLevel,
): NativeNotification => {
  const [first] = told;
  const newest = told.at(-1);
  if (detail === 'new-event' || !first || !newest) {
    return {
      ...{ id, title: `${told.length} new events`, body: '' },
      ...silently,
    };
  }
  return {
    id,
    title: `${told.length} ${words[first.kind].many}`,
    body: detail === 'full' ? `Newest: ${newest.title}\n${newest.sourceName}` : newest.sourceName,
    ...silently,
  };
};

const afterGap = (id: string, gap: string, told: readonly Announcement[]): NativeNotification => ({
  ...digest(id, told),
  title: `${told.length} events after ${gap}`,
});

const digest = (id: string, told: readonly Announcement[]): NativeNotification => ({
  id,
  title: `${told.length} more events`,
  body: [...new Set(told.map(({ sourceName }) => sourceName))].join(', '),
  ...silently,
});
