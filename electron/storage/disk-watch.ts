import type { ReasonOf } from '../../shared/condition.ts';
import type { Schedule } from '../schedule.ts';
import type { OnWriteResult, Written } from './write-result.ts';

export type DiskProblem = ReasonOf<'disk'>;

export type DiskWatchOptions = {
  readonly now: () => number;
  readonly schedule: Schedule;
  /** Called with the problem when it changes; null when it is over. */
  readonly onChange: (problem: DiskProblem | null) => void;
  /** The first event was refused. `why`: what happened and what helps. */
  readonly onRefusing: (why: string) => void;
  /** Events are recorded again. */
  readonly onKeeping: () => void;
  /** Saves everything that is saved beside the events; the results come as those of every other write. */
  readonly saveAll: () => void;
  /** Resolves when the disk takes a write that is worth nothing. */
  readonly tryWriting: () => Promise<void>;
};

const againMs = 30_000;
/** Stores that `saveAll` does not save, because their data comes from outside. */
const deliveries = ['events', 'quarantine'] as const;

type Failing = {
  readonly since: number;
  readonly message: string;
  /** The system refused, and not we: a history of a newer Hookbell takes nothing, however well the disk is. */
  readonly isDisk: boolean;
};

/**
 * Watches what the disk refuses: one problem from the first write that failed until the next that did not (R14). Meanwhile it tries again:
 * everything that is saved beside the events, and a few bytes in place of an event.
 */
export type DiskWatch = {
  readonly onWriteResult: OnWriteResult;
  /** Why events are refused, and since when (epoch ms); null while they are recorded. */
  refusing(): { readonly since: number; readonly why: { title: string; remedy: string } } | null;
};

export const createDiskWatch = (options: DiskWatchOptions): DiskWatch => {
  const { now, schedule, onChange, onRefusing, onKeeping } = options;
  const failing = new Map<Written, Failing>();
  let isWaiting = false;
  let current: DiskProblem | null = null;

  function failed(what: Written, error: unknown): void {
    const message = diskWords(error);
    const before = failing.get(what);
    if (before?.message === message) return;
    failing.set(what, { since: before?.since ?? now(), message, isDisk: codeOf(error) !== null });
    tryAgainLater();
    update();
    if (!before && what === 'events') onRefusing(message);
  }

  function worked(what: Written): void {
    if (!failing.delete(what)) return;
    update();
    if (what === 'events') onKeeping();
  }

  function update(): void {
    const next = problemOf(failing);
    if (isSame(next, current)) return;
    current = next;
    onChange(next);
  }

  function tryAgainLater(): void {
    if (isWaiting || failing.size === 0) return;
    isWaiting = true;
    schedule(againMs, () => {
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

  return {
    onWriteResult: (what, error) => (error === null ? worked(what) : failed(what, error)),
    refusing: () => {
      const events = failing.get('events');
      if (!events) return null;
      const { since, message } = events;
      return { since, why: { title: 'The last event could not be kept', remedy: message } };
    },
  };
};

const problemOf = (failing: ReadonlyMap<Written, Failing>): DiskProblem | null => {
  const events = failing.get('events');
  const [first] = events ? [events] : failing.values();
  if (!first) return null;
  const { since, message } = first;
  return { code: 'disk', refused: events ? 'events' : 'marks', since, message };
};

const codeOf = (error: unknown): string | null =>
  error instanceof Error && 'code' in error ? String(error.code) : null;

const isSame = (one: DiskProblem | null, other: DiskProblem | null): boolean =>
  one?.refused === other?.refused && one?.since === other?.since && one?.message === other?.message;

/** Why a write was refused, and what helps, as far as the error tells. */
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
