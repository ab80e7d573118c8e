import type { Problem } from '../shared/problem.ts';
import type { Tried, Written } from './history/log-state.ts';
import type { Later } from './later.ts';

export type DiskProblem = Extract<Problem, { code: 'disk' }>;

export type DiskWatchOptions = {
  readonly now: () => number;
  readonly later: Later;
  /** The problem as it is now; null when it is over. Not told again while it stays the same. */
  readonly onChange: (problem: DiskProblem | null) => void;
  /** The first event was not kept. `why`: what happened and what helps. */
  readonly onRefusing: (why: string) => void;
  /** Events can be kept again. */
  readonly onKeeping: () => void;
  /** Saves what is saved beside the events; what becomes of it is told as of every other try. */
  readonly saveAll: () => void;
  /** Settles when the disk takes something that is worth nothing. */
  readonly tryWriting: () => Promise<void>;
};

const againMs = 30_000;
/** What nobody can be asked to bring again for a try. */
const deliveries = ['events', 'quarantine'] as const;

type Failing = {
  readonly since: number;
  readonly message: string;
  /** The system refused, and not we: a history of a newer Hookbell takes nothing, however well the disk is. */
  readonly isDisk: boolean;
};

/**
 * What the disk does not take: one message from the first try that failed until the next that did not (R14). What is saved beside the
 * events is tried again meanwhile, and in place of an event, which its sender sends again, a few bytes.
 */
export const createDiskWatch = (options: DiskWatchOptions) => {
  const { now, later, onChange, onRefusing, onKeeping } = options;
  const failing = new Map<Written, Failing>();
  let isWaiting = false;
  let told: DiskProblem | null = null;

  function failed(what: Written, error: unknown): void {
    const message = diskWords(error);
    const before = failing.get(what);
    if (before?.message === message) return;
    failing.set(what, { since: before?.since ?? now(), message, isDisk: codeOf(error) !== null });
    tryAgainLater();
    tell();
    if (!before && what === 'events') onRefusing(message);
  }

  function worked(what: Written): void {
    const before = failing.get(what);
    if (!before) return;
    failing.delete(what);
    tell();
    if (what === 'events') onKeeping();
  }

  function tell(): void {
    const current = problem();
    if (isSame(current, told)) return;
    told = current;
    onChange(current);
  }

  function problem(): DiskProblem | null {
    const events = failing.get('events');
    const [first] = events ? [events] : failing.values();
    if (!first) return null;
    const { since, message } = first;
    return { code: 'disk', refused: events ? 'events' : 'marks', since, message };
  }

  function tryAgainLater(): void {
    if (isWaiting || failing.size === 0) return;
    isWaiting = true;
    later(againMs, () => {
      isWaiting = false;
      if (failing.size > 0) options.saveAll();
      const refused = deliveries.filter((what) => failing.get(what)?.isDisk);
      if (refused.length > 0)
        options.tryWriting().then(
          () => refused.forEach(worked),
          () => {},
        );
      tryAgainLater();
    });
  }

  const tried: Tried = (what, error) => (error === null ? worked(what) : failed(what, error));

  return {
    tried,
    /** Why the last event was not kept, and since when none was; null while they are. */
    refusing: () => {
      const events = failing.get('events');
      if (!events) return null;
      const { since, message } = events;
      return { since, why: { title: 'The last event could not be kept', remedy: message } };
    },
  };
};

const codeOf = (error: unknown): string | null =>
  error instanceof Error && 'code' in error ? String(error.code) : null;

const isSame = (one: DiskProblem | null, other: DiskProblem | null): boolean =>
  one?.refused === other?.refused && one?.since === other?.since && one?.message === other?.message;

/** Why the disk did not take something, and what helps, as far as its error tells. */
export const diskWords = (error: unknown): string =>
  remedies.get(codeOf(error) ?? '') ?? (error instanceof Error ? error.message : 'unknown error');

const full = 'The disk is full, or almost. Make room on it.';
const forbidden = 'The system does not let Hookbell write to its folder. Check its permissions.';
const tooMany = 'Too many files are open on this computer. Close some programs.';
const remedies = new Map([
  ['ENOSPC', full],
  ['EDQUOT', full],
  ['EACCES', forbidden],
  ['EPERM', forbidden],
  ['EROFS', 'The disk can only be read. Make it writable.'],
  ['EIO', 'The disk reports errors. It may be failing: copy what matters to you.'],
  ['EMFILE', tooMany],
  ['ENFILE', tooMany],
]);
