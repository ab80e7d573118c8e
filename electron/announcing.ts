import type { Gap } from '../shared/gap.ts';
import { reportedBefore, wasInQuarantine } from '../shared/notes.ts';
import { decisiveReason, isSignature, rejectionCounts } from '../shared/rejections.ts';
import type { TimelineEntry } from '../shared/timeline.ts';
import { type Delivery, onlyHeader } from './delivery.ts';
import type { History } from './history/history.ts';
import type { AccountChange, Accounts } from './insight/accounts.ts';
import type { EndpointWatch, Reached } from './insight/endpoints.ts';
import type { Repetition } from './insight/occurrences.ts';
import type { Later } from './later.ts';
import type { AnnouncedEntry } from './notify/announcement.ts';
import { type Announced, decide as decideEntry } from './notify/policy.ts';
import { type Announcement, createTeller, type Notifier } from './notify/teller.ts';
import { createUntoldReader, readmittedWhy } from './notify/untold.ts';
import type { Admitted, Reception } from './pipeline.ts';
import type { SettingsStore, StoredSource } from './setup/settings.ts';

export type AnnouncingOptions = {
  readonly notifier: Notifier;
  readonly later: Later;
  readonly now: () => number;
  readonly settings: SettingsStore;
  readonly accounts: Accounts;
  /** Settles when the accounts know what came before. */
  readonly restored: () => Promise<void>;
  readonly watch: EndpointWatch;
  /** See the problem `deliveries-rejected`. */
  readonly unprovenRelay: () => boolean;
  /** Deliveries were rejected: the quarantine, counts and conditions are other ones now. */
  readonly onRejected: () => void;
  /** New entries, oldest first. */
  readonly onAdded: (entries: TimelineEntry[]) => void;
  /** Adds a note to an entry, in the place of another one where that is given. */
  readonly remark: (seq: number, note: string, instead?: string | null) => void;
  readonly decide: (seq: number, shown: boolean, why: string) => void;
  readonly decideNow: History['decideNow'];
  /** As `decide`, of an entry nobody was shown yet; gives it as it is now. */
  readonly keepSilent: (entry: TimelineEntry, why: string) => TimelineEntry;
};

const againMs = 5000;

type Arrived = {
  readonly source: StoredSource;
  readonly delivery: Pick<Delivery, 'headers' | 'receivedAt' | 'simulated'>;
  readonly reception: Reception;
  /** It came out of the quarantine, and was not answered now. */
  readonly readmitted: boolean;
};

/** What follows an answer: insight, notification, window. It runs in a turn of its own, so that the answer goes out first. */
export const createAnnouncing = (options: AnnouncingOptions) => {
  const { later, settings, accounts, restored, watch, onAdded, decide, keepSilent } = options;
  const teller = createTeller({
    ...options,
    detail: () => settings.current.preferences.notificationDetail,
    commit: (entries) => {
      if (entries.length > 0) options.decideNow(entries.map(askedFor));
    },
  });
  const untold = createUntoldReader({
    ...{ now: options.now, takeUp: teller.takeUp },
    announcementOf: (entry, announced) => {
      const source = settings.current.sources.find(({ id }) => id === entry.sourceId);
      return source ? announcementOf(source, entry, announced) : null;
    },
    keepSilent: ({ seq }, why) => decide(seq, false, why),
  });
  let waiting: Arrived[] = [];

  const follow = (
    source: StoredSource,
    delivery: Delivery,
    reception: Reception,
    readmitted: boolean,
  ): void => {
    if (waiting.length === 0) announceIn(0);
    waiting.push({ source, delivery, reception, readmitted });
  };

  /** Nothing is announced before the accounts know what came before; where they cannot be read now, that is tried again. */
  const announceIn = (ms: number): void =>
    void later(ms, () => void restored().then(announceAll, () => announceIn(againMs)));

  const announceAll = (): void => {
    const arrived = inOrder(waiting);
    waiting = [];
    const added: TimelineEntry[] = [];
    const announcements: Announcement[] = [];
    for (const one of arrived) {
      const { source, reception, readmitted } = one;
      const opensCondition = !readmitted && watch.note(reachedBy(one));
      if (opensCondition) announcements.push(...rejectionsOf(one));
      if (reception.outcome !== 'recorded') continue;
      const { entry } = reception;
      const change = accounts.apply(entry);
      if (change.status === 'again') noteRepetition(change, entry.seq);
      const decision = decideEntry(entry, change);
      if (readmitted) {
        added.push(keepSilent(entry, readmittedWhy));
        options.remark(entry.seq, wasInQuarantine);
      } else if (decision.tell) {
        added.push(entry);
        announcements.push(announcementOf(source, entry, decision));
      } else {
        added.push(keepSilent(entry, decision.why));
      }
    }
    if (added.length > 0) onAdded(added);
    if (arrived.some(({ reception }) => reception.outcome === 'rejected')) options.onRejected();
    announcements.forEach(teller.tell);
  };

  const noteRepetition = ({ seqs, note, noteBefore }: Repetition, seq: number): void => {
    for (const reporting of seqs) options.remark(reporting, note, noteBefore);
    options.remark(seq, reportedBefore);
  };

  const announcementOf = (
    source: StoredSource,
    { seq, simulated }: TimelineEntry,
    { kind, title, body, quiet, isError, account, why, change }: Announced,
  ): Announcement => ({
    ...{ kind, title, body, quiet, isError },
    thing: account?.id,
    accountName: account?.name,
    sourceId: source.id,
    sourceName: source.name,
    simulated,
    opening: { what: 'entry', seq },
    entry: { seq, why, change },
    decided: (shown, how) => decide(seq, shown, how === null ? why : `${why}; ${how}`),
  });

  const rejectionsOf = ({ source }: Arrived): Announcement[] => {
    const reasons = watch.conditionOf(source.id)?.reasons ?? [];
    const failsSignature = isSignature(decisiveReason(reasons));
    const cause = options.unprovenRelay()
      ? 'Does a relay at your public URL rewrite the body, or was the secret rotated?'
      : 'Was the secret rotated?';
    return [
      {
        kind: 'quarantine',
        sourceId: source.id,
        sourceName: source.name,
        title: failsSignature
          ? `Deliveries for ${source.name} fail the signature check`
          : `Deliveries for ${source.name} are refused`,
        body: `${sentenceOf(rejectionCounts(reasons))}. ${failsSignature ? cause : 'Health shows why'}`,
        quiet: false,
        simulated: false,
        opening: { what: 'page', page: 'health' },
        decided: () => {},
      },
    ];
  };

  /** What was rejected before and is believed now is told in one sentence, never as a volley. */
  const tellReadmitted = (source: StoredSource, entries: number): void => {
    if (entries === 0) return;
    const many = entries === 1 ? '1 delivery is' : `${entries} deliveries are`;
    teller.tell({
      kind: 'readmitted',
      sourceId: source.id,
      sourceName: source.name,
      title: `${many} believed after all`,
      body: 'They are in the timeline, dated when they came',
      quiet: true,
      simulated: false,
      opening: { what: 'page', page: 'timeline' },
      decided: () => {},
    });
  };

  const ofHookbell = (kind: Announcement['kind'], title: string, body: string): Announcement => ({
    ...{ kind, title, body, sourceId: '', sourceName: 'Hookbell', quiet: false, simulated: false },
    opening: { what: 'page', page: 'health' },
    decided: () => {},
  });

  return {
    /** A delivery was answered. */
    afterwards: (source: StoredSource, delivery: Delivery, reception: Reception): void =>
      follow(source, delivery, reception, false),
    /** A delivery that was rejected before is believed now: it is kept, and announced with the others of its kind. */
    readmitted: (source: StoredSource, delivery: Delivery, admitted: Admitted): void =>
      follow(source, delivery, admitted, true),
    tellReadmitted,
    /** For those who read the history at the start. */
    announcer: {
      untold: teller.untold,
      read: (entry: TimelineEntry, change: AccountChange): void => {
        if (change.status === 'again' && !entry.notification) noteRepetition(change, entry.seq);
        untold.read(entry, change);
      },
      done: untold.done,
    },
    /** Told once for each time that it is down. */
    tunnelDown: (): void =>
      teller.tell(
        ofHookbell(
          'tunnel.down',
          'No way in for five minutes',
          'Providers cannot reach this computer. Hookbell goes on trying',
        ),
      ),
    /** Told once for each time that the disk takes none. `why`: what happened and what helps. */
    eventsRefused: (why: string): void =>
      teller.tell(ofHookbell('disk', 'Events cannot be kept', why)),
    afterGap: ({ from, to, reason }: Gap): void =>
      teller.gather(
        `${lengthOf(to - from)} ${reason === 'disk' ? 'without room on the disk' : 'out of reach'}`,
      ),
  };
};

const sentenceOf = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

const reachedBy = ({ source, delivery, reception }: Arrived): Reached => {
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

const lengthOf = (ms: number): string => {
  const minutes = Math.round(ms / 60_000);
  if (minutes === 0) return 'Less than a minute';
  return minutes < 90 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
};

const askedFor = ({ seq, why }: AnnouncedEntry) => ({
  seq,
  notification: {
    shown: false,
    why: `${why}; the system was asked to show it, and has not said that it did`,
  },
});

/** Entries in the order of the history, wherever they came from; all else where it is. */
const inOrder = (arrived: readonly Arrived[]): Arrived[] => {
  const seqOf = ({ reception }: Arrived) =>
    reception.outcome === 'recorded' ? reception.entry.seq : null;
  const recorded = arrived.filter((one) => seqOf(one) !== null);
  recorded.sort((one, other) => (seqOf(one) ?? 0) - (seqOf(other) ?? 0));
  return arrived.map((one) => (seqOf(one) === null ? one : (recorded.shift() ?? one)));
};
