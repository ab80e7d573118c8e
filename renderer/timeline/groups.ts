import { endOfDay, startOfDay } from '../time.ts';
import type { Belonging } from './belonging.ts';
import type { Row } from './rows.ts';

/** Several entries that are one thing: a run, a burst, or an account's outage with its recovery. */
export type Group = {
  readonly as: Belonging['as'];
  /** The indexes of its rows, newest first. The group stands where its newest row stands. */
  readonly members: readonly number[];
};

/** Every row is in at most one group. */
export type Grouping = { readonly of: (index: number) => Group | undefined };

export const nothingGrouped: Grouping = { of: () => undefined };

/** A grouping that can go on with older rows. */
export type PagedGrouping = Grouping & {
  readonly rows: readonly Row[];
  /** The number of each row's group in `groups`, or -1. */
  readonly idOf: Int32Array;
  readonly groups: readonly Group[];
  /** The oldest row of each key. */
  readonly oldest: ReadonlyMap<string, number>;
};

const minute = 60_000;
/** A burst goes on while its next entry comes so soon, and on the same day. */
const burstPauseMs = 5 * minute;
/** Gains and losses that begin so soon after the matching of transfers belong to its run. */
const togetherMs = 30 * minute;
/** A stage whose end comes later is not told as one with its start. */
const expectedMs = 7 * 24 * 60 * minute;

const leastOf = { burst: 3, run: 2, outage: 2 } as const satisfies Record<Group['as'], number>;

/**
 * Puts rows (newest first) together: whether a row joins the newer one of its key depends on the two alone, so an arrival joins a
 * group or begins one, and an older page makes groups longer and never splits one. `before`, the grouping of the first of these
 * rows, saves looking at those again.
 */
export function groupsOf(rows: readonly Row[], before: PagedGrouping | null = null): PagedGrouping {
  const known = before && isBeginOf(before.rows, rows) ? before : null;
  const idOf = new Int32Array(rows.length).fill(-1);
  if (known) idOf.set(known.idOf);
  const own = new Map<number, number[]>();
  const all: Group[] = [...(known?.groups ?? [])];
  const oldest = new Map(known?.oldest);
  const isOneDay = dayCheck();

  /** The members of a group, copied once so that the grouping before stays as it is. */
  const membersOf = (newer: number, as: Group['as']): number[] => {
    const id = idOf[newer] ?? -1;
    const copied = own.get(id);
    if (copied) return copied;
    const members = [...(all[id]?.members ?? [newer])];
    const to = id < 0 ? all.length : id;
    own.set(to, members);
    all[to] = { as, members };
    idOf[newer] = to;
    return members;
  };

  for (let index = known?.rows.length ?? 0; index < rows.length; index += 1) {
    const row = rows[index];
    if (!row?.belongs) continue;
    if (row.belongs === 'unread') {
      // Nobody knows yet what stands between: a failure and a recovery around it may be two outages.
      oldest.clear();
      continue;
    }
    const newer = oldest.get(row.belongs.key) ?? -1;
    const newerRow = rows[newer];
    oldest.set(row.belongs.key, index);
    if (!newerRow || !areOne(newerRow, row, isOneDay)) continue;
    membersOf(newer, row.belongs.as).push(index);
    idOf[index] = idOf[newer] ?? -1;
  }
  return { rows, idOf, groups: all, oldest, of: (index) => wholeGroup(all[idOf[index] ?? -1]) };
}

const isBeginOf = (some: readonly Row[], rows: readonly Row[]): boolean =>
  some.length <= rows.length &&
  some.every(
    ({ seq, belongs }, index) => rows[index]?.seq === seq && rows[index].belongs === belongs,
  );

const wholeGroup = (group: Group | undefined): Group | undefined =>
  group && group.members.length >= leastOf[group.as] ? group : undefined;

/** Whether two rows of one key, none between them, are parts of one thing. */
function areOne(newer: Row, older: Row, isOneDay: (one: number, other: number) => boolean) {
  const [after, before] = [newer.belongs, older.belongs];
  if (after === 'unread' || before === 'unread') return false;
  const pause = newer.receivedAt - older.receivedAt;
  if (after?.as === 'run' && before?.as === 'run') {
    const isNextStage = before.step <= 1 && after.step >= 2;
    return after.step > before.step && pause <= (isNextStage ? togetherMs : expectedMs);
  }
  if (before?.as === 'outage') return before.fails;
  return Math.abs(pause) <= burstPauseMs && isOneDay(newer.receivedAt, older.receivedAt);
}

/** Remembers the last day: to ask for that of each of a hundred thousand rows takes long. */
function dayCheck(): (one: number, other: number) => boolean {
  let [from, to] = [0, 0];
  return (one, other) => {
    if (one < from || one >= to) {
      from = startOfDay(one);
      to = endOfDay(from);
    }
    return other >= from && other < to;
  };
}
