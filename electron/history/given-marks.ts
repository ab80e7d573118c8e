import * as z from 'zod/mini';
import type { MarkChange, MarkName } from '../../shared/marking.ts';
import type { Folder } from '../storage/folder.ts';
import { openSmallStore, reportTrouble } from '../storage/small-store.ts';
import {
  contains,
  countMissingAmong,
  difference,
  intersection,
  type Ranges,
  rangesFrom,
  union,
} from './log/ranges.ts';

/** The marks that a person gives: a file of sequence numbers for each, as ranges. */
export type GivenMarks = {
  is(mark: MarkName, seq: number): boolean;
  /** Whether an entry from one number to another has the mark, or (`on` false) has it not. */
  isAny(mark: MarkName, on: boolean, from: number, to: number): boolean;
  ranges(mark: MarkName): Ranges;
  countUnseen(among: Ranges): number;
  /** Gives or takes a mark, and what goes with it; see `MarkName`. Returns what changed, in that order. */
  give(mark: MarkName, on: boolean, ranges: Ranges): MarkChange[];
  /** Gives an entry the marks it had elsewhere. */
  adopt(seq: number, marks: { readonly [M in MarkName]?: boolean | undefined }): void;
  removeBelow(least: number): void;
  readonly isUnsaved: boolean;
  /** The files that are to be written, as steps. A step throws the system's error, and is there again the next time. */
  readonly saves: readonly (() => void)[];
};

const names: readonly MarkName[] = ['seen', 'archived', 'pinned'];

export const openGivenMarks = (folder: Folder, report: (trouble: string) => void): GivenMarks => {
  const stores = {
    seen: openRanges(folder, 'seen', 'read marks', report),
    archived: openRanges(folder, 'archived', 'marks of archived events', report),
    pinned: openRanges(folder, 'pinned', 'marks of pinned events', report),
  } satisfies Record<MarkName, RangesStore>;
  const all = names.map((name) => stores[name]);

  const change = (mark: MarkName, on: boolean, wanted: Ranges): MarkChange[] => {
    const store = stores[mark];
    const before = store.ranges();
    const ranges = on ? difference(wanted, before) : intersection(wanted, before);
    if (ranges.length === 0) return [];
    store.change(on ? union(before, ranges) : difference(before, ranges));
    return [{ mark, on, ranges }];
  };

  const give: GivenMarks['give'] = (mark, on, given) => {
    const ranges = union(given, []);
    const changes = change(mark, on, ranges);
    if (mark === 'archived' && on) changes.push(...change('seen', true, ranges));
    if (mark === 'seen' && !on) changes.push(...change('archived', false, ranges));
    return changes;
  };

  return {
    is: (mark, seq) => contains(stores[mark].ranges(), seq),
    isAny: (mark, on, from, to) => {
      const marked = intersection([[from, to]], stores[mark].ranges());
      return on ? marked.length > 0 : difference([[from, to]], marked).length > 0;
    },
    ranges: (mark) => stores[mark].ranges(),
    countUnseen: (among) => countMissingAmong(stores.seen.ranges(), among),
    give,
    adopt: (seq, marks) => {
      for (const mark of names) if (marks[mark]) give(mark, true, [[seq, seq]]);
    },
    removeBelow: (least) => {
      for (const store of all) store.removeBelow(least);
    },
    get isUnsaved() {
      return all.some((store) => store.isUnsaved());
    },
    saves: all.map(({ save }) => save),
  };
};

type RangesStore = ReturnType<typeof openRanges>;

const openRanges = (
  folder: Folder,
  name: MarkName,
  words: string,
  report: (trouble: string) => void,
) => {
  const Saved = z.object({ [name]: z.array(z.tuple([z.int(), z.int()])) });
  const store = openSmallStore<Readonly<Record<string, Ranges>>>({
    folder,
    name,
    parse: (value) => Saved.parse(value),
  });
  const found = store.read();
  reportTrouble(found, `${name}.json was damaged: some ${words} are lost`, report);
  let ranges: Ranges = (found.status === 'fine' && found.value[name]) || [];
  let isUnsaved = false;

  return {
    ranges: () => ranges,
    isUnsaved: () => isUnsaved,
    change: (changed: Ranges): void => {
      ranges = changed;
      isUnsaved = true;
    },
    removeBelow: (least: number): void => {
      const few = rangesFrom(ranges, least);
      if (few.length < ranges.length) isUnsaved = true;
      ranges = few;
    },
    save: (): void => {
      if (!isUnsaved) return;
      store.write({ [name]: ranges });
      isUnsaved = false;
    },
  };
};
