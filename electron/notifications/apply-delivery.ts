import { reportedBefore, wasInQuarantine } from '../../shared/notes.ts';
import type { Rule } from '../../shared/notification-rules.ts';
import type { TimelineEntry } from '../../shared/timeline.ts';
import { onlyHeader } from '../delivery.ts';
import type { History } from '../history/history.ts';
import type { AccountChange } from '../insight/accounts.ts';
import type { Insight } from '../insight/insight.ts';
import type { Repetition } from '../insight/occurrences.ts';
import type { DeliveryOutcome } from '../insight/source-health.ts';
import type { StoredSource } from '../setup/settings.ts';
import type { Announcement } from './announcement.ts';
import { accountConditionId, rejectionsConditionId } from './condition-ids.ts';
import { type RunEffect, watchRun } from './ended-run.ts';
import {
  accountGrowth,
  type PlaceOf,
  rejectionsAnnouncement,
  withPlace,
} from './own-announcements.ts';
import type { PendingDelivery } from './pending-deliveries.ts';
import { type Announced, decide } from './policy.ts';
import { readmittedWhy } from './unannounced.ts';

export type ApplyOptions = {
  readonly insight: Pick<Insight, 'apply' | 'names' | 'runs' | 'sourceHealth'>;
  readonly history: Pick<History, 'remark' | 'keepSilent'>;
  /** Epoch ms. */
  readonly now: () => number;
  /** See the problem `deliveries-rejected`. */
  readonly unprovenRelay: () => boolean;
  readonly rules: () => readonly Rule[];
  readonly placeOf: PlaceOf;
  readonly announcementOf: (
    source: StoredSource,
    entry: TimelineEntry,
    announced: Announced,
  ) => Announcement;
};

export type Applied = {
  readonly entry?: TimelineEntry;
  readonly announcement?: Announcement | undefined;
  /** A condition that is open already, as it is now. */
  readonly grown?: Announcement | undefined;
  /** Conditions that ended, which is no news. */
  readonly endedIds?: readonly string[];
};

/** Applies a delivery to accounts and endpoints, and decides by the policy whether it is announced. */
export const createApply = (options: ApplyOptions) => {
  const { insight, history, now, announcementOf, rules } = options;
  const applyToSource = createApplyToSource(options);

  const applyReadmitted = (entry: TimelineEntry): Applied => {
    const silent = history.keepSilent(entry, readmittedWhy);
    history.remark(entry.seq, wasInQuarantine);
    return { entry: silent };
  };

  const applyEntry = (
    source: StoredSource,
    entry: TimelineEntry,
    change: AccountChange,
    { ends, tookWords }: RunEffect,
  ): Applied => {
    const named = insight.names.inEntry(entry);
    const decision = decide(named, change, { rules: rules(), sourceName: source.name });
    if (decision.notify) {
      const announced = { ...decision, ends, body: decision.body || tookWords };
      return { entry, announcement: announcementOf(source, entry, announced) };
    }
    const silent = history.keepSilent(entry, decision.why);
    if (change.status !== 'still-failing' || named.status !== 'event') return { entry: silent };
    const grown = accountGrowth(source, named, { ...change, now: now() });
    return { entry: silent, grown: withPlace(grown, options.placeOf) };
  };

  return (one: PendingDelivery): Applied => {
    const { source, reception, readmitted } = one;
    const applied = applyToSource(one);
    if (reception.outcome !== 'recorded') return applied;
    const { entry } = reception;
    const runEffect = watchRun(entry, insight, now());
    const change = insight.apply(entry);
    if (change.status === 'reported-before') remarkRepetition(history, change, entry.seq);
    const run = runEffect();
    const own = readmitted ? applyReadmitted(entry) : applyEntry(source, entry, change, run);
    const ended = [closedBy(entry, change, readmitted), own.announcement ? null : run.ends];
    return {
      ...applied,
      ...own,
      endedIds: [...(applied.endedIds ?? []), ...ended.filter((id) => id !== null)],
    };
  };
};

/** What becomes of the condition of a source whose deliveries are rejected. */
const createApplyToSource = ({
  insight: { sourceHealth },
  unprovenRelay,
}: Pick<ApplyOptions, 'insight' | 'unprovenRelay'>) => {
  /** The sources whose open condition was announced in this run, or waits to be. */
  const announced = new Set<string>();

  return (one: PendingDelivery): Applied => {
    const { source, reception, readmitted } = one;
    const wasOpen = sourceHealth.conditionOf(source.id) !== null;
    if (readmitted) return {};
    const opens = sourceHealth.apply(outcomeOf(one));
    const condition = sourceHealth.conditionOf(source.id);
    if (condition === null) {
      announced.delete(source.id);
      return wasOpen ? { endedIds: [rejectionsConditionId(source.id)] } : {};
    }
    if (reception.outcome !== 'rejected' || one.delivery.simulated) return {};
    const isLost = !announced.has(source.id) && sourceHealth.of(source.id).untold === true;
    const onDecided: Announcement['decided'] = (_shown, _how, held) => {
      if (held === undefined) sourceHealth.told(source.id);
    };
    const relay = unprovenRelay();
    if (!opens && !isLost)
      return { grown: rejectionsAnnouncement(source, condition.reasons, relay) };
    announced.add(source.id);
    return { announcement: rejectionsAnnouncement(source, condition.reasons, relay, onDecided) };
  };
};

/** The condition of its account that an entry ends without news. What is readmitted is announced by a sum, which names no account. */
const closedBy = (
  entry: TimelineEntry,
  change: AccountChange,
  readmitted: boolean,
): string | null => {
  const isClosed = change.status === 'recovered' ? readmitted : 'closes' in change;
  return isClosed ? accountConditionId(entry) : null;
};

export const remarkRepetition = (
  history: Pick<History, 'remark'>,
  { seqs, note, noteBefore }: Repetition,
  seq: number,
): void => {
  for (const reporting of seqs) history.remark(reporting, note, noteBefore);
  history.remark(seq, reportedBefore);
};

const outcomeOf = ({ source, delivery, reception }: PendingDelivery): DeliveryOutcome => {
  const arrival = { sourceId: source.id, at: delivery.receivedAt, simulated: delivery.simulated };
  if (reception.outcome === 'rejected') return { ...arrival, ...reception };
  const entry = reception.outcome === 'recorded' ? reception.entry : null;
  const isProven = entry?.proof.status === 'verified';
  return {
    ...arrival,
    outcome: 'accepted',
    seq: entry?.seq ?? null,
    provenHost: isProven ? (onlyHeader(delivery, 'host') ?? null) : null,
  };
};
