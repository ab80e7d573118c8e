import type { Gap } from '../../shared/gap.ts';
import type { Rule } from '../../shared/notification-rules.ts';
import type { DetailLevel } from '../../shared/settings.ts';
import { lengthWords } from '../../shared/time-words.ts';
import type { TimelineEntry } from '../../shared/timeline.ts';
import type { History } from '../history/history.ts';
import type { Unannounced } from '../insight/account-store.ts';
import type { Insight } from '../insight/insight.ts';
import type { Received } from '../receiver/pipeline.ts';
import type { Readmitted } from '../receiver/recheck.ts';
import type { Schedule } from '../schedule.ts';
import type { StoredSource } from '../setup/settings.ts';
import type { Announcement, EntryToAnnounce } from './announcement.ts';
import { createApply, remarkRepetition } from './apply-delivery.ts';
import { createCoalescer } from './coalescer.ts';
import { rejectionsConditionId } from './condition-ids.ts';
import { type Conditions, createConditions } from './conditions.ts';
import { type Holds, noHolds } from './hold.ts';
import type { Notifier } from './notifier.ts';
import {
  entryAnnouncement,
  type PlaceOf,
  readmittedAnnouncement,
  withPlace,
} from './own-announcements.ts';
import { createPendingDeliveries, type PendingDelivery } from './pending-deliveries.ts';
import type { Announced, RulesInForce } from './policy.ts';
import { createUnannouncedReader } from './unannounced.ts';

export type AnnouncerOptions = {
  readonly notifier: Notifier;
  readonly schedule: Schedule;
  /** Epoch ms. */
  readonly now: () => number;
  readonly detail: () => DetailLevel;
  /** What the person wants to be quiet for now. Left out: nothing. */
  readonly holds?: Holds;
  /** Whether the person wants to hear no more of a condition for now. Its end is told all the same. Left out: of none. */
  readonly isMuted?: (conditionId: string) => boolean;
  /** Where a failing account is mended; null where that is nowhere. Left out: nowhere. */
  readonly placeOf?: PlaceOf;
  readonly sourceOf: (entry: TimelineEntry) => StoredSource | undefined;
  readonly insight: Insight;
  /** The person's own rules, as they are now. */
  readonly rules: () => readonly Rule[];
  readonly history: Pick<History, 'remark' | 'decide' | 'decideNow' | 'keepSilent'>;
  /** See the problem `deliveries-rejected`. */
  readonly unprovenRelay: () => boolean;
  /** New entries, oldest first, with the decisions made so far. */
  readonly onAdded: (entries: readonly TimelineEntry[]) => void;
  readonly onRejected: () => void;
};

export type Announcer = Conditions & {
  /** A delivery was answered. Insight and notification follow in a later turn. */
  readonly received: (received: Received) => void;
  /** A delivery of the quarantine was accepted. Only `rechecked` announces it. */
  readonly readmitted: (readmitted: Readmitted) => void;
  /** The quarantine of a source was checked again: one notification for all its new entries. */
  readonly rechecked: (source: StoredSource, entries: number) => void;
  /** What comes within the next 20 s is one digest. */
  readonly afterGap: (gap: Gap) => void;
  /** Reads what came before this start and announces what was not announced. Idempotent; see `Insight.ready`. */
  readonly ready: () => Promise<void>;
  /** The entries whose notification is pending or held. */
  readonly unannounced: () => readonly Unannounced[];
  /** Whether something is to be announced within a minute or so. What is held does not count. */
  readonly isBusy: () => boolean;
};

/** Applies deliveries to accounts and endpoints, in the order of the history, and announces what the policy says. */
export const createAnnouncer = (options: AnnouncerOptions): Announcer => {
  const { history, schedule, insight, now, holds = noHolds, isMuted = () => false } = options;
  const coalescer = createCoalescer({
    notifier: options.notifier,
    schedule,
    now,
    detail: options.detail,
    holds,
    isMuted,
    commit: (entries) => {
      if (entries.length > 0) history.decideNow(entries.map(askedDecision));
    },
  });

  const announcementOf = createAnnouncementOf(options);
  const apply = createApply({ placeOf: nowhere, ...options, announcementOf });
  const applyAll = (deliveries: readonly PendingDelivery[]): void => {
    const applied = deliveries.map(apply);
    const added = applied.flatMap(({ entry }) => (entry ? [entry] : []));
    if (added.length > 0) options.onAdded(added);
    if (deliveries.some(({ reception }) => reception.outcome === 'rejected')) options.onRejected();
    for (const { announcement, grown, endedIds = [] } of applied) {
      if (announcement) coalescer.notify(announcement);
      if (grown?.condition) coalescer.grew(grown.condition.id, grown);
      for (const id of endedIds) coalescer.ended(id);
    }
  };

  const reader = createUnannouncedReader({
    now,
    named: insight.names.inEntry,
    announcementOf: (entry, announced) => {
      const source = options.sourceOf(entry);
      return source ? announcementOf(source, entry, announced) : null;
    },
    rulesFor: (entry) => rulesInForce(options, entry),
    keepSilent: ({ seq }, why) => history.decide(seq, { shown: false, why }),
    onRepetition: (change, seq) => remarkRepetition(history, change, seq),
    onRead: coalescer.digestLeftOver,
  });
  const ready = () => insight.ready(reader);
  const add = createPendingDeliveries(schedule, ready, applyAll);

  return {
    received: ({ endpoint: { source }, delivery, reception }) =>
      add({ source, delivery, reception, readmitted: false }),
    readmitted: ({ source, delivery, admitted }) =>
      add({ source, delivery, reception: admitted, readmitted: true }),
    rechecked: (source, entries) => {
      const isOver = insight.sourceHealth.conditionOf(source.id) === null;
      if (isOver) coalescer.ended(rejectionsConditionId(source.id));
      if (entries > 0) coalescer.notify(readmittedAnnouncement(source, entries));
    },
    ...createConditions(coalescer),
    afterGap: (gap) => coalescer.digestAfterGap(gapWords(gap)),
    ready,
    unannounced: coalescer.unannounced,
    isBusy: coalescer.isBusy,
  };
};

const createAnnouncementOf =
  ({ history, placeOf = nowhere }: AnnouncerOptions) =>
  (source: StoredSource, entry: TimelineEntry, announced: Announced): Announcement => {
    const announcement = entryAnnouncement(source, entry, announced, (shown, how, held) => {
      const why = how === null ? announced.why : `${announced.why}; ${how}`;
      history.decide(entry.seq, { shown, why, ...(held ? { held } : {}) });
    });
    return withPlace(announcement, placeOf);
  };

const nowhere = (): null => null;

const rulesInForce = (
  { rules, sourceOf }: AnnouncerOptions,
  entry: TimelineEntry,
): RulesInForce => ({
  rules: rules(),
  sourceName: sourceOf(entry)?.name ?? '',
});

const gapWords = ({ from, to, reason }: Gap): string =>
  `${lengthWords(to - from)} ${reason === 'disk' ? 'without room on the disk' : 'out of reach'}`;

/** The decision on disk until the system answers. */
const askedDecision = ({ seq, why }: EntryToAnnounce) => ({
  seq,
  notification: {
    shown: false,
    why: `${why}; the system was asked to show it, and has not said that it did`,
  },
});
