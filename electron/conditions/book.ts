import type {
  Condition,
  ConditionCode,
  ConditionReason,
  ConditionState,
  SnoozeEnd,
} from '../../shared/condition.ts';
import { conditionIdOf, kindOf } from '../../shared/conditions/conditions.ts';

/** What the conditions became since the last time. Each is told once. */
export type ConditionChanges = {
  readonly opened: readonly Condition[];
  /** Its reason or its state changed. */
  readonly changed: readonly Condition[];
  /** As they were last. */
  readonly ended: readonly Condition[];
};

/** A condition on disk. `marked` is its reason when it was snoozed or acknowledged. */
export type SavedCondition = {
  readonly reason: ConditionReason;
  /** Epoch ms. */
  readonly since: number;
  readonly state: ConditionState;
  readonly marked: ConditionReason | null;
};

/** What it means that no reason of a code holds. */
export type Absence =
  | 'over'
  /** One from before this start may still be found. */
  | 'not-found-yet'
  /** Nothing: what it follows from is being read. */
  | 'unknown';

/** The open conditions with their marks. Pure, but for the clock. */
export type Book = {
  /** Gravest first, then newest. */
  readonly list: () => readonly Condition[];
  /** Takes the reasons that hold now. */
  readonly update: (
    holding: readonly ConditionReason[],
    absence: (code: ConditionCode) => Absence,
  ) => ConditionChanges;
  /** An unknown id changes nothing, nor does an end in the past. */
  readonly snooze: (id: string, until: SnoozeEnd) => ConditionChanges;
  readonly acknowledge: (id: string) => ConditionChanges;
  readonly reopen: (id: string) => ConditionChanges;
  /** When the next snooze ends, epoch ms; null without one. */
  readonly nextEnd: () => number | null;
  /** The notification of its opening waits no more. */
  readonly told: (id: string) => void;
  /**
   * At most a thousand, those with marks before others. One that notifies by itself is left out until that was told, so that the next start
   * opens it again.
   */
  readonly save: () => readonly SavedCondition[];
};

type Entry = SavedCondition & {
  /** It held at some time since the start. */
  readonly isFound: boolean;
  /** Its notification waits, and the person has not marked it either. */
  readonly isUntold: boolean;
};

const mostSaved = 1000;
const longestSnoozeMs = 366 * 86_400_000;
/** What a person has read is not said again within a year. */
const rememberedMs = 366 * 86_400_000;

const noChanges: ConditionChanges = { opened: [], changed: [], ended: [] };
const open: ConditionState = { status: 'open' };

/** `saved`: from before this start. `now` is epoch ms. */
export const createBook = (now: () => number, saved: readonly SavedCondition[] = []): Book => {
  const entries = new Map<string, Entry>(
    saved
      .filter((one) => !isReadAndOver(one))
      .map((one) => [conditionIdOf(one.reason), { ...one, isFound: false, isUntold: false }]),
  );

  const mark = (id: string, change: (entry: Entry) => ConditionState): ConditionChanges => {
    const before = entries.get(id);
    if (!before?.isFound) return noChanges;
    const state = change(before);
    const marked = state.status === 'open' ? null : before.reason;
    const after = { ...before, state, marked, isUntold: false };
    if (isSame(before, after)) return noChanges;
    entries.set(id, after);
    return { ...noChanges, changed: [conditionOf(id, after)] };
  };

  return {
    list: () =>
      [...entries]
        .flatMap(([id, entry]) => (entry.isFound ? [conditionOf(id, entry)] : []))
        .sort(byWeight),
    update: (holding, absence) => {
      const { held, opened, changed } = takeHolding(entries, holding, now());
      return { opened, changed, ended: endAbsent(entries, held, absence, now()) };
    },
    snooze: (id, until) =>
      mark(id, ({ state }) => {
        if (until === 'fails-again') return { status: 'snoozed', until };
        if (until <= now()) return state;
        return { status: 'snoozed', until: Math.min(until, now() + longestSnoozeMs) };
      }),
    acknowledge: (id) => mark(id, () => ({ status: 'acknowledged', at: now() })),
    reopen: (id) => mark(id, () => open),
    nextEnd: () => {
      const ends = [...entries.values()].flatMap(({ state }) =>
        state.status === 'snoozed' && state.until !== 'fails-again' && state.until > now()
          ? [state.until]
          : [],
      );
      return ends.length === 0 ? null : Math.min(...ends);
    },
    told: (id) => {
      const entry = entries.get(id);
      if (entry) entries.set(id, { ...entry, isUntold: false });
    },
    save: () =>
      [...entries.values()]
        .filter(({ isUntold }) => !isUntold)
        .sort((a, b) => Number(b.marked !== null) - Number(a.marked !== null) || b.since - a.since)
        .slice(0, mostSaved)
        .map(({ isFound: _found, isUntold: _untold, ...one }) => one),
  };
};

const takeHolding = (
  entries: Map<string, Entry>,
  holding: readonly ConditionReason[],
  now: number,
) => {
  const opened: Condition[] = [];
  const changed: Condition[] = [];
  const held = new Set<string>();
  for (const reason of holding) {
    const id = conditionIdOf(reason);
    if (held.has(id)) continue;
    held.add(id);
    const before = entries.get(id);
    const after = before ? withReason(before, reason, now) : newEntry(reason, now);
    entries.set(id, after);
    if (!before) opened.push(conditionOf(id, after));
    else if (!isSame(before, after)) changed.push(conditionOf(id, after));
  }
  return { held, opened, changed };
};

const endAbsent = (
  entries: Map<string, Entry>,
  held: ReadonlySet<string>,
  absence: (code: ConditionCode) => Absence,
  now: number,
): Condition[] => {
  const ended: Condition[] = [];
  for (const [id, entry] of entries) {
    if (held.has(id) || !isOver(entry, absence(entry.reason.code), now)) continue;
    entries.delete(id);
    ended.push(conditionOf(id, entry));
  }
  return ended;
};

const newEntry = (reason: ConditionReason, now: number): Entry => ({
  reason,
  since: ownSince(reason) ?? now,
  state: open,
  marked: null,
  isFound: true,
  isUntold: typeof kindOf(reason).notifies === 'object',
});

const withReason = (before: Entry, reason: ConditionReason, now: number): Entry => {
  const isOpen = before.marked === null || isOpenAgain(before.state, before.marked, reason, now);
  return {
    reason,
    since: ownSince(reason) ?? before.since,
    state: isOpen ? open : before.state,
    marked: isOpen ? null : before.marked,
    isFound: true,
    isUntold: before.isUntold,
  };
};

const isOpenAgain = (
  state: ConditionState,
  marked: ConditionReason,
  reason: ConditionReason,
  now: number,
): boolean => {
  switch (state.status) {
    case 'open':
      return true;
    case 'acknowledged':
      return newsOf(reason) !== newsOf(marked);
    case 'snoozed':
      return state.until === 'fails-again'
        ? timesOf(reason) > timesOf(marked) || newsOf(reason) !== newsOf(marked)
        : now >= state.until;
  }
};

/** Whether a condition without a holding reason has ended. */
const isOver = (entry: Entry, absence: Absence, now: number): boolean => {
  if (absence === 'unknown') return false;
  if (entry.isFound) return true;
  const { reason, state } = entry;
  if (state.status === 'acknowledged' && kindOf(reason).staysUntilRead(reason))
    return now - state.at > rememberedMs;
  return absence === 'over';
};

/** It happened once, and the person has read it before this start: where it happens again, it is news. */
const isReadAndOver = ({ reason, state }: SavedCondition): boolean =>
  state.status === 'acknowledged' && kindOf(reason).isKept === 'until-read';

const newsOf = (reason: ConditionReason): string => kindOf(reason).news(reason);
const timesOf = (reason: ConditionReason): number => kindOf(reason).times(reason);

const ownSince = (reason: ConditionReason): number | null =>
  'since' in reason ? reason.since : null;

const conditionOf = (id: string, { reason, since, state }: Entry): Condition => ({
  id,
  reason,
  since,
  grave: kindOf(reason).isGrave(reason),
  state,
});

/** Reasons come from one place, so that their fields have one order. */
const isSame = (a: Entry, b: Entry): boolean =>
  JSON.stringify([a.reason, a.state, a.since]) === JSON.stringify([b.reason, b.state, b.since]);

const byWeight = (a: Condition, b: Condition): number =>
  Number(b.grave) - Number(a.grave) || b.since - a.since || (a.id < b.id ? -1 : 1);
