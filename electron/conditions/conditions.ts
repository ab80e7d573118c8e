import type {
  Condition,
  ConditionCode,
  ConditionReason,
  SnoozeEnd,
} from '../../shared/condition.ts';
import type { Runs } from '../insight/runs.ts';
import type { Silences } from '../insight/silence.ts';
import type { PublicUrl } from '../receiver/public-url.ts';
import type { Schedule } from '../schedule.ts';
import type { Updater } from '../updates/updater.ts';
import { type Absence, type ConditionChanges, createBook } from './book.ts';
import type { ConditionStore } from './condition-store.ts';
import { type HoldingParts, reasonsHolding } from './holding.ts';

/** A stranger may open and end conditions many times a second. */
const saveMs = 1000;
/** A timer cannot wait for longer than some weeks. */
const longestWaitMs = 24 * 60 * 60_000;

export type ConditionOptions = HoldingParts & {
  readonly publicUrl: Pick<PublicUrl, 'problem' | 'pipe'>;
  readonly updates: Pick<Updater, 'problem' | 'status'>;
  readonly runs: Pick<Runs, 'stuck' | 'nextStuckAt'>;
  readonly silences: Pick<Silences, 'current' | 'isKnown'>;
  /** Whether accounts and sources are known, and not being read again. */
  readonly isSettled: () => boolean;
  readonly conditionStore: ConditionStore;
  readonly schedule: Schedule;
  /** Epoch ms. */
  readonly now: () => number;
  /** Told once of each change, whenever `list` finds some. */
  readonly onChanges: (changes: ConditionChanges) => void;
  /** The person has acknowledged a condition with this reason. */
  readonly onAcknowledged: (reason: ConditionReason) => void;
  /** A snooze may have ended, a run may be stuck, or a mark was set: `list` is to be asked. */
  readonly onChange: () => void;
};

/** All conditions with what the person said of them, on disk within a second. */
export type Conditions = {
  /** As of now. Gravest first, then newest. */
  readonly list: () => readonly Condition[];
  /** An unknown id changes nothing, nor does an end in the past. */
  readonly snooze: (id: string, until: SnoozeEnd) => void;
  readonly acknowledge: (id: string) => void;
  readonly reopen: (id: string) => void;
  /** See `Book.told`. */
  readonly told: (id: string) => void;
  readonly save: () => void;
};

export const createConditions = (options: ConditionOptions): Conditions => {
  const { conditionStore, schedule, now, onChanges, onChange } = options;
  const book = createBook(now, conditionStore.saved);
  let cancelWait = (): void => {};
  let waitsUntil: number | null = null;

  const save = (): void => conditionStore.save(book.save());
  const saveSoon = soon(schedule, save);

  function waitForEnd(): void {
    const end = earliest(book.nextEnd(), options.runs.nextStuckAt(now()));
    if (end === waitsUntil) return;
    cancelWait();
    waitsUntil = end;
    if (end === null) return;
    cancelWait = schedule(Math.min(Math.max(end - now(), 0), longestWaitMs), () => {
      waitsUntil = null;
      onChange();
    });
  }

  function tell(changes: ConditionChanges): void {
    if (isNothing(changes)) return;
    saveSoon();
    onChanges(changes);
  }

  function list(): readonly Condition[] {
    tell(book.update(reasonsHolding(options), (code) => absenceOf(code, options)));
    waitForEnd();
    return book.list();
  }

  /** What a person said is on disk at once. */
  function mark(changeBook: () => ConditionChanges): void {
    list();
    const changes = changeBook();
    if (isNothing(changes)) return;
    save();
    onChanges(changes);
    for (const { reason, state } of changes.changed)
      if (state.status === 'acknowledged') options.onAcknowledged(reason);
    onChange();
  }

  return {
    list,
    snooze: (id, until) => mark(() => book.snooze(id, until)),
    acknowledge: (id) => mark(() => book.acknowledge(id)),
    reopen: (id) => mark(() => book.reopen(id)),
    told: (id) => {
      book.told(id);
      saveSoon();
    },
    save,
  };
};

const earliest = (one: number | null, other: number | null): number | null =>
  one === null || other === null ? (one ?? other) : Math.min(one, other);

const soon = (schedule: Schedule, save: () => void): (() => void) => {
  let isWaiting = false;
  return () => {
    if (isWaiting) return;
    isWaiting = true;
    schedule(saveMs, () => {
      isWaiting = false;
      save();
    });
  };
};

const isNothing = ({ opened, changed, ended }: ConditionChanges): boolean =>
  opened.length + changed.length + ended.length === 0;

/** What follows from the history. */
const derived: ReadonlySet<ConditionCode> = new Set([
  'account-failing',
  'more-accounts-failing',
  'run-stuck',
  'source-silent',
]);

const absenceOf = (
  code: ConditionCode,
  { isSettled, publicUrl, updates, silences }: ConditionOptions,
): Absence => {
  if (!isSettled()) return derived.has(code) ? 'unknown' : 'not-found-yet';
  if (code === 'source-silent' && !silences.isKnown()) return 'unknown';
  // The public URL is down only after five minutes.
  if (code === 'public-url-down')
    return ['receiving', 'local-only'].includes(publicUrl.pipe().status) ? 'over' : 'not-found-yet';
  if (code === 'update-ready') return isUpdateKnown(updates.status()) ? 'over' : 'not-found-yet';
  return 'over';
};

const isUpdateKnown = (updates: ReturnType<Updater['status']>): boolean =>
  updates.status === 'current' ? updates.checkedAt !== null : updates.status !== 'checking';
