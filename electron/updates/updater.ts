import type { ConditionReason } from '../../shared/condition.ts';
import type { Updates } from '../../shared/updates.ts';
import type { Schedule } from '../schedule.ts';
import { askEveryMs, createQuiet } from './quiet.ts';
import { type FeedEvent, step, type UpdateEvent, type UpdateFailure } from './step.ts';

/** Watches the installed files. */
export type InstalledWatch = {
  /** Looks now: not every change is announced. */
  readonly look: () => void;
  readonly close: () => void;
};

/** Where updates of this installation come from. */
export type UpdateSource =
  | { readonly kind: 'off'; readonly why: Extract<Updates, { status: 'off' }>['why'] }
  | {
      readonly kind: 'installed';
      /** Calls `onVersion` with the version of the installed files, at first and whenever it may have changed; null as in `UpdateEvent`. */
      readonly watch: (onVersion: (version: string | null) => void) => InstalledWatch;
    }
  | {
      readonly kind: 'feed';
      /** Asks the feed and downloads what is newer. Never rejects: a failure is an event. */
      readonly check: (onEvent: (event: FeedEvent) => void) => Promise<void>;
      /** Lets the check under way fail. */
      readonly giveUp: () => void;
    };

export type Restart = {
  /** The version that is expected; null where it is not known. */
  readonly version: string | null;
  readonly how: 'installed' | 'downloaded';
  /** Nobody asked for it. */
  readonly byItself: boolean;
};

export type RestartAnswer =
  | { readonly status: 'begun' }
  /** It was not asked for and does not have to be now, or would bring nothing: what was installed is gone. */
  | { readonly status: 'not-now' }
  | ({ readonly status: 'failed' } & UpdateFailure);

export type UpdateEdges = {
  readonly source: UpdateSource;
  /** Drains the app and starts it again. Settles when that has begun, or is known not to. Never rejects. */
  readonly restart: (restart: Restart) => Promise<RestartAnswer>;
  /** Whether a person or another start is using the app: a window is open, or a command under way. */
  readonly isInUse: () => boolean;
  /** The version that the last restart was to bring and did not; null where there is none. */
  readonly missed: string | null;
};

export type UpdaterOptions = {
  readonly updates: UpdateEdges;
  /** The version of the running app. */
  readonly running: string;
  /** Ms of a clock that nobody sets, sleep included. */
  readonly uptime: () => number;
  readonly schedule: Schedule;
  /** Whether a task of the app is under way. */
  readonly isWorking: () => boolean;
  readonly onChange: () => void;
  readonly log: (line: string) => void;
};

/** Knows whether another version is ready, and restarts into it. */
export type Updater = {
  readonly status: () => Updates;
  /** Null unless a restart would bring another version. */
  readonly problem: () => ConditionReason | null;
  /** Asks the feed now. Does nothing without one, or when an update is ready. */
  readonly check: () => void;
  /** Restarts into what is ready. Does nothing where nothing is, or where a restart from here does not help. */
  readonly restart: () => void;
  /** A delivery came. */
  readonly received: () => void;
  /** The computer woke up. */
  readonly wakeUp: () => void;
  /** Stops all of it. Idempotent. */
  readonly close: () => void;
};

export const firstCheckMs = 5 * 60_000;
export const checkEveryMs = 6 * 60 * 60_000;
export const answersWithinMs = 2 * 60_000;
export const downloadsWithinMs = 3 * 60 * 60_000;
/** How often the installed files are looked at without an announced change. */
export const lookEveryMs = 60 * 60_000;

/** Nothing is asked, watched or scheduled where updates are off. */
export const createUpdater = (options: UpdaterOptions): Updater => {
  const { updates, running, schedule, onChange, log } = options;
  const { source } = updates;
  let status = initial(source);
  let isRestarting = false;
  const timers = createTimers(schedule);
  const quiet = createQuiet(options.uptime, () => updates.isInUse() || options.isWorking());

  const tell = (event: UpdateEvent): void => {
    const next = step(status, event, { running, missed: updates.missed });
    if (JSON.stringify(next) === JSON.stringify(status)) return;
    status = next;
    log(`updates: ${JSON.stringify(status)}`);
    onChange();
  };

  const check = (): void => {
    const isUnderWay = ['checking', 'downloading', 'ready'].includes(status.status);
    if (source.kind !== 'feed' || isUnderWay) return;
    tell({ kind: 'checking' });
    checkInTime(source, timers, { tell, isAnswered: () => status.status !== 'checking' });
  };

  const restart = (byItself: boolean): void => {
    if (status.status !== 'ready' || status.version === null || isRestarting) return;
    const { version, how } = status;
    isRestarting = true;
    void updates.restart({ version, how, byItself }).then((answer) => {
      if (answer.status === 'begun') return;
      isRestarting = false;
      if (answer.status === 'failed') tell({ kind: 'failed', ...answer });
    });
  };

  const watch = watchIn(source, (version) => tell({ kind: 'installed', version }));
  if (watch) timers.every(lookEveryMs, watch.look);
  if (source.kind === 'feed') timers.every(checkEveryMs, check, firstCheckMs);
  if (source.kind !== 'off')
    timers.every(askEveryMs, () => {
      if (quiet.holds() && isWorthIt(status)) restart(true);
    });

  return {
    status: () => status,
    problem: () => problemOf(status, running),
    check,
    restart: () => restart(false),
    received: quiet.disturb,
    wakeUp: () => {
      // A sleep is no quiet: whoever woke the computer may be about to open the window.
      quiet.disturb();
      watch?.look();
    },
    close: () => {
      timers.cancel();
      watch?.close();
    },
  };
};

type Feed = Extract<UpdateSource, { kind: 'feed' }>;

/** A feed that is silent would be waited for until the next start. */
const checkInTime = (
  { check, giveUp }: Feed,
  { after }: Pick<ReturnType<typeof createTimers>, 'after'>,
  { tell, isAnswered }: { tell: (event: FeedEvent) => void; isAnswered: () => boolean },
): void => {
  const unanswered = after(answersWithinMs, () => {
    if (!isAnswered()) giveUp();
  });
  const unfinished = after(downloadsWithinMs, giveUp);
  void check(tell).then(() => {
    unanswered();
    unfinished();
  });
};

const watchIn = (
  source: UpdateSource,
  onVersion: (version: string | null) => void,
): InstalledWatch | null => (source.kind === 'installed' ? source.watch(onVersion) : null);

const initial = (source: UpdateSource): Updates => {
  switch (source.kind) {
    case 'off':
      return { status: 'off', why: source.why };
    case 'installed':
      return { status: 'watching' };
    case 'feed':
      return { status: 'current', checkedAt: null };
  }
};

/** A restart that brought nothing would follow itself without end, and an older version may not read what this one wrote. */
const isWorthIt = (status: Updates): boolean =>
  status.status === 'ready' && !status.isOlder && !status.isMissed;

const problemOf = (status: Updates, running: string): ConditionReason | null => {
  if (status.status !== 'ready') return null;
  const { version, how, isOlder, isMissed } = status;
  return { code: 'update-ready', version, running, how, isOlder, isMissed };
};

const createTimers = (schedule: Schedule) => {
  const pending = new Set<() => void>();

  const after = (ms: number, task: () => void): (() => void) => {
    const stop = schedule(ms, () => {
      pending.delete(cancel);
      task();
    });
    const cancel = () => {
      pending.delete(cancel);
      stop();
    };
    pending.add(cancel);
    return cancel;
  };

  const every = (ms: number, task: () => void, firstMs = ms): void => {
    after(firstMs, () => {
      every(ms, task);
      task();
    });
  };

  return {
    after,
    every,
    cancel: () => {
      for (const cancel of [...pending]) cancel();
    },
  };
};
