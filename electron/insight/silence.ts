import type { SourceRhythm } from '../../shared/source.ts';
import type { TimelineEntry } from '../../shared/timeline.ts';
import type { Schedule } from '../schedule.ts';
import type { Accounts } from './accounts.ts';
import type { Gaps } from './gaps.ts';
import type { Names } from './names.ts';
import { type ReachableTime, reachableTimeOf } from './reachable-time.ts';
import { judgeRhythm, lastArrivalOf, pastSilences, silenceOf, withArrival } from './rhythm.ts';
import type { Rhythms } from './rhythms.ts';
import type { SourceHealth } from './source-health.ts';

/** A source, or one account of a source that still sends, of which nothing came for longer than its rhythm explains. */
export type Silence = {
  readonly sourceId: string;
  /** `name`: the person's own, else the one in its last event. */
  readonly account: { readonly id: string; readonly name: string } | null;
  /** The last arrival, epoch ms. */
  readonly since: number;
  /** The usual time between two arrivals. */
  readonly usualMs: number;
};

type BegunSilence = Pick<Silence, 'sourceId' | 'since'> & {
  readonly account: { readonly id: string } | null;
};

/** See E7b. */
const mostListed = 50;
const checkEveryMs = 60 * 60_000;
/** The state is shown many times a second during a burst, and a rhythm changes within days. */
const judgedForMs = 60_000;

export type SilenceOptions = {
  readonly rhythms: Pick<Rhythms, 'of' | 'accountsOf'>;
  readonly gaps: Pick<Gaps, 'untilNow' | 'wakeUp'>;
  readonly accounts: Pick<Accounts, 'isFailing'>;
  /** The names that the person gave. */
  readonly names: Pick<Names, 'of'>;
  readonly sourceHealth: Pick<SourceHealth, 'of' | 'conditionOf'>;
  /** The ids of the sources that can receive: a removed one, and one whose secrets cannot be read, is not silent. */
  readonly sourceIds: () => readonly string[];
  /** Epoch ms. */
  readonly now: () => number;
  /** A clock that has just jumped ahead proves no silence. */
  readonly isClockTrusted: () => boolean;
  readonly schedule: Schedule;
  /** A silence began or ended. */
  readonly onChange: () => void;
};

/** Knows which sources and accounts are silent. It looks once an hour from `start` on, and whenever it is told to. */
export type Silences = {
  /** At most 50 accounts of each source, those that are silent for longest. */
  readonly current: () => readonly Silence[];
  /** Whether it has looked since the start. */
  readonly isKnown: () => boolean;
  /** The rhythm of a source. It is silent only where `current` says so. */
  readonly rhythmOf: (sourceId: string) => SourceRhythm;
  /** To be called once what is on disk has been applied to the rhythms. Idempotent. */
  readonly start: () => void;
  /** Looks now. Does nothing before `start`. */
  readonly check: () => void;
  /** Whether a believed delivery came after a silence began. It may also end otherwise: its source is removed, or is silent as a whole. */
  readonly isBroken: (silence: BegunSilence) => boolean;
  /** Entries were applied to the rhythms. */
  readonly arrived: (entries: readonly TimelineEntry[]) => void;
  readonly close: () => void;
};

export const createSilences = (options: SilenceOptions): Silences => {
  const { gaps, now, schedule, onChange } = options;
  let current: readonly Silence[] = [];
  const judged = new Map<string, { readonly at: number; readonly rhythm: SourceRhythm }>();
  let isStarted = false;
  let isKnown = false;
  let cancel = () => {};

  const replace = (silences: readonly Silence[]): void => {
    const isSame = JSON.stringify(silences) === JSON.stringify(current);
    current = silences;
    if (!isSame) onChange();
  };

  const check = (): void => {
    judged.clear();
    if (!isStarted || !options.isClockTrusted()) return;
    isKnown = true;
    replace(silencesNow(options));
  };

  const checkHourly = (): void => {
    cancel = schedule(checkEveryMs, () => {
      // A sleep that has just ended may not be known as a gap yet.
      gaps.wakeUp();
      check();
      checkHourly();
    });
  };

  return {
    current: () => current,
    isKnown: () => isKnown,
    rhythmOf: (sourceId) => {
      const silence = current.find((one) => one.sourceId === sourceId && one.account === null);
      if (silence) return { status: 'silent', since: silence.since, usualMs: silence.usualMs };
      const known = judged.get(sourceId);
      if (known && Math.abs(now() - known.at) < judgedForMs) return known.rhythm;
      const rhythm = heardRhythm(options, sourceId);
      judged.set(sourceId, { at: now(), rhythm });
      return rhythm;
    },
    start: () => {
      if (isStarted) return;
      isStarted = true;
      check();
      checkHourly();
    },
    check,
    isBroken: (silence) => lastBelievedAt(silence, options) > silence.since,
    arrived: (entries) => {
      const ended = current.filter((silence) => entries.some((entry) => ends(entry, silence)));
      if (ended.length === 0) return;
      replace(current.filter((silence) => !ended.includes(silence)));
      // Where the whole source was silent, its accounts were not looked at.
      if (ended.some(({ account }) => account === null)) check();
    },
    close: () => cancel(),
  };
};

/** Epoch ms; 0 where nothing came, and of a source that cannot receive. */
const lastBelievedAt = (
  { sourceId, account }: BegunSilence,
  { rhythms, sourceHealth, sourceIds }: SilenceOptions,
): number => {
  if (!sourceIds().includes(sourceId)) return 0;
  if (account !== null) {
    const heard = rhythms.accountsOf(sourceId).find(({ id }) => id === account.id);
    return (heard && lastArrivalOf(heard)) ?? 0;
  }
  const { lastDelivery } = sourceHealth.of(sourceId);
  const deliveredAt = lastDelivery?.outcome === 'accepted' ? lastDelivery.at : 0;
  return Math.max(deliveredAt, lastArrivalOf(rhythms.of(sourceId)) ?? 0);
};

/** The rhythm of a source that is not silent. */
const heardRhythm = (
  { rhythms, gaps, now }: SilenceOptions,
  sourceId: string,
): Exclude<SourceRhythm, { status: 'silent' }> => {
  const judged = judgeRhythm(rhythms.of(sourceId), now(), reachableTimeOf(gaps.untilNow()));
  if (judged.status === 'learning') return { status: 'learning' };
  const { usualMs } = judged;
  return { status: judged.status === 'irregular' ? 'irregular' : 'regular', usualMs };
};

const ends = (entry: TimelineEntry, { sourceId, account }: Silence): boolean =>
  !entry.simulated &&
  entry.sourceId === sourceId &&
  (account === null || (entry.status === 'event' && entry.event.account?.id === account.id));

function silencesNow(options: SilenceOptions): Silence[] {
  const gaps = options.gaps.untilNow();
  const reachable = reachableTimeOf(gaps);
  return options
    .sourceIds()
    .filter((sourceId) => options.sourceHealth.conditionOf(sourceId) === null)
    .flatMap((sourceId) => {
      const whole = silenceOfSource(sourceId, options, reachable);
      if (whole) return [whole];
      // An account cannot be heard of while its source is silent.
      const spans = pastSilences(options.rhythms.of(sourceId), reachable);
      const heard = spans.length > 0 ? reachableTimeOf([...gaps, ...spans]) : reachable;
      return silencesOfAccounts(sourceId, options, heard);
    });
}

/** A rejected delivery or a duplicate is an arrival too, as the last one. */
const silenceOfSource = (
  sourceId: string,
  { rhythms, sourceHealth, now }: SilenceOptions,
  reachable: ReachableTime,
): Silence | null => {
  const { lastDelivery } = sourceHealth.of(sourceId);
  const rhythm = rhythms.of(sourceId);
  const heard =
    lastDelivery && lastDelivery.outcome !== 'wrong-path'
      ? withArrival(rhythm, lastDelivery.at)
      : rhythm;
  const silence = silenceOf(heard, now(), reachable);
  return silence && { sourceId, account: null, ...silence };
};

const silencesOfAccounts = (
  sourceId: string,
  { rhythms, accounts, names, now }: SilenceOptions,
  reachable: ReachableTime,
): Silence[] =>
  rhythms
    .accountsOf(sourceId)
    .flatMap((account): Silence[] => {
      const { id } = account;
      const name = names.of({ of: 'account', sourceId, id }) ?? account.name;
      const silence = silenceOf(account, now(), reachable);
      return silence && !accounts.isFailing(sourceId, id)
        ? [{ sourceId, account: { id, name }, ...silence }]
        : [];
    })
    .sort((a, b) => a.since - b.since)
    .slice(0, mostListed);
