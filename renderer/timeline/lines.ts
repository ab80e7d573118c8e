import { isFiltering } from '../../shared/query.ts';
import {
  type Group,
  type Grouping,
  groupsOf,
  nothingGrouped,
  type PagedGrouping,
} from './groups.ts';
import { indexOf, type Row } from './rows.ts';
import type { TimelineView } from './view.ts';

/** What the list draws: an entry alone, the head of a group, or a member of an open group. */
export type Line =
  | { readonly what: 'alone' | 'member'; readonly index: number }
  | {
      readonly what: 'head';
      readonly index: number;
      readonly group: Group;
      readonly open: boolean;
    };

export type Lines = {
  /** When each line's entry was received (epoch ms); a member stands with its head. */
  readonly times: Float64Array;
  readonly at: (line: number) => Line | undefined;
  /** The line that shows a row; where `head`, the line of the row's group. -1 for none. */
  readonly lineOf: (index: number, head: boolean) => number;
};

const memberBit = 1;
const headBit = 2;

/** The lines of rows. `unfolded`: sequence numbers; a group with one of them is open. */
export function layLines(
  rows: readonly Row[],
  unfolded: ReadonlySet<number>,
  grouping: Grouping,
): Lines {
  const open = new Set<Group>();
  for (const seq of unfolded) {
    const group = grouping.of(indexOf(rows, seq));
    if (group) open.add(group);
  }
  const most = rows.length + open.size;
  const indexes = new Int32Array(most);
  const roles = new Uint8Array(most);
  const times = new Float64Array(most);
  const lineOf = new Int32Array(rows.length).fill(-1);
  let count = 0;
  const put = (index: number, role: number, receivedAt: number) => {
    indexes[count] = index;
    roles[count] = role;
    times[count] = receivedAt;
    lineOf[index] = count;
    count += 1;
  };

  rows.forEach(({ receivedAt }, index) => {
    const group = grouping.of(index);
    if (!group) put(index, 0, receivedAt);
    if (group?.members[0] !== index) return;
    put(index, headBit, receivedAt);
    const isOpen = open.has(group);
    for (const member of group.members) {
      if (isOpen) put(member, memberBit, receivedAt);
      else lineOf[member] = count - 1;
    }
  });

  return {
    times: times.subarray(0, count),
    at: (line) => {
      const [index, role] = [indexes[line], roles[line]];
      if (index === undefined || line >= count) return undefined;
      const group = role === headBit ? grouping.of(index) : undefined;
      if (group) return { what: 'head', index, group, open: open.has(group) };
      return { what: role === memberBit ? 'member' : 'alone', index };
    },
    lineOf: (index, head) => {
      const lead = head ? grouping.of(index)?.members[0] : undefined;
      const line = lineOf[lead ?? index] ?? -1;
      return lead !== undefined && roles[line] === memberBit ? line - 1 : line;
    },
  };
}

type Shown = Pick<TimelineView, 'rows' | 'unfolded' | 'answered'>;
type Known = { unfolded: ReadonlySet<number>; folds: boolean; lines: Lines };

const known = new WeakMap<readonly Row[], Known>();
/** Of the newest rows: a page more is put to it. */
let grouped: PagedGrouping | null = null;

/** The lines of the list. A filtered list shows every entry: parts of a run or an outage would tell something false. */
export function linesOf({ rows, unfolded, answered }: Shown): Lines {
  const folds = !isFiltering(answered);
  const before = known.get(rows);
  if (before?.unfolded === unfolded && before.folds === folds) return before.lines;
  if (folds) grouped = groupsOf(rows, grouped);
  const lines = layLines(rows, unfolded, folds && grouped ? grouped : nothingGrouped);
  known.set(rows, { unfolded, folds, lines });
  return lines;
}
