import type { Opening } from '../../shared/ipc.ts';
import { type EventKind, kinds } from '../../shared/kinds.ts';
import type { DetailLevel } from '../../shared/settings.ts';
import type { Later } from '../later.ts';

/** One native notification as the system is asked to show it: plain text, already cut to size. */
export type NativeNotification = {
  readonly title: string;
  readonly body: string;
  readonly silent: boolean;
  /** Where a click leads. */
  readonly opening: Opening;
};

/** The system's notifications. */
export type Notifier = {
  /** Settles with how to take it away again, or with null when the system refused. Never rejects. */
  show(notification: NativeNotification): Promise<(() => void) | null>;
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

type Fold = { close: (() => void) | null; followers: Announcement[]; first: Announcement };

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

  const show = async (
    notification: NativeNotification,
    told: readonly Announcement[],
    what: string,
  ) => {
    shownAt.push(now());
    const close = await notifier.show(notification);
    for (const { decided } of told)
      decided(close !== null, close ? what : 'the system did not show it');
    return close;
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

    const begun: Fold = { close: null, followers: [], first: announcement };
    folds.set(topic, begun);
    void show(alone(announcement, detail()), [announcement], 'shown').then((close) => {
      begun.close = close;
    });
    later(foldMs, () => {
      folds.delete(topic);
      replaceByCount(begun);
    });
  };

  const replaceByCount = ({ close, followers, first }: Fold): void => {
    if (followers.length === 0) return;
    if (!hasRoom()) {
      hold(followers);
      return;
    }
    close?.();
    const counted = [first, ...followers];
    void show(
      counting(counted, detail()),
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
      digest(told),
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
        void show(afterGap(gap, came), came, `part of a digest of ${came.length} after a gap`);
    });
  };

  return { tell, gather };
};

const alone = (announcement: Announcement, detail: DetailLevel): NativeNotification => {
  const { kind, title, body, sourceName, quiet, simulated, opening } = announcement;
  const origin = simulated ? `${sourceName} · simulated` : sourceName;
  const said = {
    full: { title, body: body ? `${body}\n${origin}` : origin },
    'type-only': { title: words[kind].label, body: origin },
    'new-event': { title: 'New event', body: '' },
  }[detail];
  return { ...said, silent: quiet, opening };
};

const timeline: Opening = { what: 'page', page: 'timeline' };

const counting = (told: readonly Announcement[], detail: DetailLevel): NativeNotification => {
  const [first] = told;
  const newest = told.at(-1);
  if (detail === 'new-event' || !first || !newest) {
    return { title: `${told.length} new events`, body: '', silent: true, opening: timeline };
  }
  return {
    title: `${told.length} ${words[first.kind].many}`,
    body: detail === 'full' ? `Newest: ${newest.title}\n${newest.sourceName}` : newest.sourceName,
    silent: true,
    opening: timeline,
  };
};

const afterGap = (gap: string, told: readonly Announcement[]): NativeNotification => ({
  ...digest(told),
  title: `${told.length} events after ${gap}`,
});

const digest = (told: readonly Announcement[]): NativeNotification => ({
  title: `${told.length} more events`,
  body: [...new Set(told.map(({ sourceName }) => sourceName))].join(', '),
  silent: true,
  opening: timeline,
});
