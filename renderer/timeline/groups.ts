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

const minute = 60_000;
/** A burst goes on while its next entry comes so soon, and on the same day. */
const burstPauseMs = 5 * minute;
/** Gains and losses that begin so soon after the matching of transfers belong to its run. */
const togetherMs = 30 * minute;
/** A stage whose end comes later is not told as one with its start. */
const expectedMs = 7 * 24 * 60 * minute;

const leastOf = { burst: 3, run: 2, outage: 2 } as const satisfies Record<Group['as'], number>;

type Found = {
  readonly as: Group['as'];
  /** The newest row so far. */
  last: number;
  count: number;
  /** The last step of a run. */
  step: number;
};

/**
 * Puts rows (newest first) together, from the oldest on: what a row belongs to depends on older rows only, so an arrival joins a
 * group or begins one, and an older page makes groups longer and never splits one.
 */
export function groupsOf(rows: readonly Row[]): Grouping {
  const found: Found[] = [];
  const idOf = new Int32Array(rows.length).fill(-1);
  const current = new Map<string, number>();
  const day = { from: 0, to: 0 };

  /** Adds a row to the current group of a key where `joins` says so, else begins one. */
  const add = (index: number, as: Group['as'], key: string, joins: (group: Found) => boolean) => {
    const at = current.get(key);
    const group = at === undefined ? undefined : found[at];
    if (at === undefined || !group || !joins(group)) {
      current.set(key, found.length);
      idOf[index] = found.length;
      found.push({ as, last: index, count: 1, step: -1 });
      return;
    }
    idOf[index] = at;
    group.last = index;
    group.count += 1;
  };

  for (let index = rows.length - 1; index >= 0; index -= 1) {
    const row = rows[index];
    const belongs = row?.belongs;
    if (!row || !belongs) continue;
    const { receivedAt } = row;
    const lastAt = ({ last }: Found) => rows[last]?.receivedAt ?? 0;
    if (belongs.as === 'run') {
      const { step, key } = belongs;
      add(index, 'run', key, (run) => continuesRun(run, step, receivedAt - lastAt(run)));
      const run = found[idOf[index] ?? -1];
      if (run) run.step = step;
    } else if (belongs.as === 'outage' && (belongs.fails || current.has(belongs.key))) {
      add(index, 'outage', belongs.key, () => true);
      if (!belongs.fails) current.delete(belongs.key);
    } else {
      const key = belongs.as === 'burst' ? belongs.key : belongs.burst;
      if (key !== null)
        add(index, 'burst', key, (burst) => continuesBurst(lastAt(burst), receivedAt, day));
    }
  }
  return groupingOf(found, idOf);
}

const continuesRun = (run: Found, step: number, sinceLast: number): boolean =>
  step > run.step && sinceLast <= (run.step <= 1 && step >= 2 ? togetherMs : expectedMs);

type Day = { from: number; to: number };

/** `day`: that of the row before, because asking for the day of each of a hundred thousand rows takes long. */
function continuesBurst(before: number, receivedAt: number, day: Day): boolean {
  if (Math.abs(receivedAt - before) > burstPauseMs) return false;
  if (receivedAt < day.from || receivedAt >= day.to) {
    day.from = startOfDay(receivedAt);
    day.to = endOfDay(day.from);
  }
  return before >= day.from && before < day.to;
}

function groupingOf(found: readonly Found[], idOf: Int32Array): Grouping {
  const groups = new Map<number, { as: Group['as']; members: number[] }>();
  idOf.forEach((id, index) => {
    const one = found[id];
    if (!one || one.count < leastOf[one.as]) return;
    const group = groups.get(id);
    if (group) group.members.push(index);
    else groups.set(id, { as: one.as, members: [index] });
  });
  return { of: (index) => groups.get(idOf[index] ?? -1) };
}
