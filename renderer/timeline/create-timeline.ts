import type { Decided, Left, Push } from '../../shared/ipc.ts';
import type { MarkName } from '../../shared/marking.ts';
import {
  effectiveText,
  type FilterKey,
  isFiltering,
  parseQuery,
  toggled,
} from '../../shared/query.ts';
import type { TimelineEntry } from '../../shared/timeline.ts';
import type { Clock } from '../clock.ts';
import type { Readable } from '../store.ts';
import { arrive } from './arrivals.ts';
import { withChanged, withoutForgotten, withSeen, withStepBack, withWaiting } from './changes.ts';
import { actedOn, nobody, selectedLineOf, withChoice, withRangeTo } from './chosen.ts';
import { type Core, createCore, noteDecisions, type TimelineAsk } from './core.ts';
import { withEntry, withMove, withSelectionShown } from './folding.ts';
import { type GroupCommands, groupCommands } from './group-commands.ts';
import { linesOf } from './lines.ts';
import { applyMarks, mark, markAllSeen, undo } from './marking.ts';
import { load, loadMore, look } from './reading.ts';
import { indexOf, type Row, update } from './rows.ts';
import {
  type ChosenLine,
  type ListPosition,
  type Tab,
  type TimelineView,
  waitingAtMost,
} from './view.ts';
import { extend, type Jumped, jumpTo, readToEnd, searchUpTo } from './whole.ts';

/** The timeline as a state machine: React draws `view`, everything else changes it. */
export type Timeline = GroupCommands & {
  readonly view: Readable<TimelineView>;
  readonly position: ListPosition;
  hear: (push: Push) => void;

  /** Reads from the top. A failure is a status of the view. */
  load: () => Promise<void>;
  /** As the window was left: to be called in place of the first `load`. */
  restore: (left: TimelineLeft) => Promise<void>;
  /** Gives the whole timeline its rows, without reading them. */
  extend: () => Promise<void>;
  /** Goes to a day (its first instant, epoch ms); a search to what it finds up to it. */
  jumpTo: (dayStart: number) => Promise<Jumped>;
  /** How it is now, for `restore`. */
  left: () => TimelineLeft;
  /** Reads a page more, where there is one and nothing is being read. */
  loadMore: () => Promise<void>;
  /** Takes the first and the last line in view. */
  look: (first: number, last: number) => Promise<void>;
  /** Takes the scroll offset, in CSS pixels. */
  scrolled: (offset: number) => void;
  showWaiting: () => void;

  /** Searches at once; selection, open detail and tab stay. Reads only where the query asks something else. */
  search: (text: string) => void;
  /** Searches for something else than what is open: the list is shown, also where the window has no room beside a detail. */
  showFound: (text: string) => void;
  type: (text: string) => void;
  toggleFilter: (key: FilterKey, value: string) => void;

  /** Opens an entry itself, also one that is folded. */
  open: (seq: number) => void;
  chooseTab: (tab: Tab) => void;
  /** Selects a line without opening it. The chosen rows stay chosen only where it is one of them. */
  select: (line: ChosenLine) => void;
  /** Closes the detail, else clears the selection. False where there was nothing to do. */
  back: () => boolean;
  /** Moves the selection; an infinite number of steps goes to the end of the list. */
  move: (steps: number) => void;

  /** Chooses the selected line, or leaves it out. */
  choose: (line?: ChosenLine) => void;
  /** Chooses all lines from the last chosen one to the selected one. */
  chooseTo: (line?: ChosenLine) => void;
  chooseNone: () => void;
  /** What the commands below act on: the chosen rows, else the selected one. */
  actedOn: () => number[];

  /** An open event was read. Nothing to be undone. Rejects where main cannot keep it. */
  markSeen: (seq: number, seen: boolean) => Promise<void>;
  /** Gives a mark or takes it; `undo` takes that back. Rejects where main cannot keep it. */
  mark: (name: MarkName, on: boolean, seqs: number[]) => Promise<void>;
  /** Gives the mark to what is acted on; where all of it has it, takes it. False where there is nothing. */
  toggleMark: (name: MarkName) => boolean;
  /** Marks as read what is shown, loaded or not; `undo` takes that back. */
  markAllSeen: () => Promise<void>;
  /** Undoes what was done last; false where there is nothing. */
  undo: () => boolean;
};

const typingPauseMs = 90;

/** Nothing is read before `load`. `announce` speaks to a screen reader. */
export function createTimeline(
  ask: TimelineAsk,
  clock: Clock,
  announce: (words: string) => void,
): Timeline {
  const core = createCore(ask, clock, announce);
  const { view, position } = core;
  const { get, set } = view;
  const searchNow = (text: string) => search(core, text, 0);

  return {
    ...groupCommands(core),
    view,
    position,
    hear: (push) => hear(core, push),
    load: () => load(core),
    ...placing(core),
    loadMore: () => loadMore(core),
    look: (first, last) => look(core, first, last),
    scrolled: (offset) => {
      position.offset = offset;
      set({ atTop: offset <= atTopWithin });
    },
    showWaiting: () => {
      if (get().waiting.length >= waitingAtMost) void load(core);
      else {
        set(withWaiting(get()));
        set(withSelectionShown(get()));
      }
    },
    search: searchNow,
    showFound: (text) => {
      set({ opened: false, selected: null, chosen: nobody, chosenFrom: null });
      searchNow(text);
    },
    type: (text) => search(core, text, typingPauseMs),
    toggleFilter: (key, value) => searchNow(toggled(get().query, key, value)),
    ...choosing(core),
    open: (seq) => set({ ...withEntry(get(), seq), opened: true }),
    chooseTab: (tab) => set({ tab }),
    back: () => {
      if (get().chosen.size > 0) {
        set({ chosen: nobody, chosenFrom: null });
        return true;
      }
      const change = withStepBack(get(), core.forgottenUpTo);
      if (change) set(change);
      return change !== null;
    },
    move: (steps) => {
      set(withMove(get(), steps, position.first));
      if (steps === Number.POSITIVE_INFINITY) void moveToEnd(core);
    },
    ...marking(core),
  };
}

const marking = (
  core: Core,
): Pick<Timeline, 'markSeen' | 'mark' | 'toggleMark' | 'markAllSeen' | 'undo'> => ({
  markSeen: async (seq, seen) => {
    core.view.set(withSeen(core.view.get(), new Set([seq]), seen));
    await core.ask('markSeen', { seqs: [seq], seen });
  },
  mark: (name, on, seqs) => mark(core, name, on, seqs),
  toggleMark: (name) => toggleMark(core, name),
  markAllSeen: () => markAllSeen(core),
  undo: () => undo(core),
});

const placing = (core: Core): Pick<Timeline, 'restore' | 'extend' | 'jumpTo' | 'left'> => ({
  restore: (left) => restore(core, left),
  extend: () => extend(core),
  jumpTo: async (dayStart) => {
    const { query } = core.view.get();
    if (!isFiltering(query)) return jumpTo(core, dayStart);
    search(core, searchUpTo(query, dayStart), 0);
    return 'there';
  },
  left: () => leftOf(core),
});

const choosing = ({
  view: { get, set },
}: Core): Pick<Timeline, 'choose' | 'chooseTo' | 'chooseNone' | 'actedOn' | 'select'> => ({
  choose: (line) => set(withChoice(get(), line ?? selectedLineOf(get())) ?? {}),
  chooseTo: (line) => set(withRangeTo(get(), line ?? selectedLineOf(get())) ?? {}),
  chooseNone: () => set({ chosen: nobody, chosenFrom: null }),
  select: ({ seq, onHead }) => {
    set({ selected: seq, onHead });
    if (!get().chosen.has(seq)) set({ chosen: nobody, chosenFrom: null });
  },
  actedOn: () => actedOn(get()),
});

function toggleMark(core: Core, name: MarkName): boolean {
  const { rows } = core.view.get();
  const seqs = actedOn(core.view.get());
  const acted = seqs.flatMap((seq) => rows[indexOf(rows, seq)] ?? []);
  if (acted.length === 0) return false;
  // A row far from view has no entry, and tells only whether it was seen.
  const has = ({ seen, entry }: Row): boolean =>
    name === 'seen' ? seen : (entry?.[name] ?? false);
  const on = !acted.every(has);
  void mark(core, name, on, seqs);
  return true;
}

/** A search is read to its end, and its last row selected, unless the person moved on. */
async function moveToEnd(core: Core): Promise<void> {
  const { get, set } = core.view;
  const { selected } = get();
  if (get().before === null) return;
  await readToEnd(core);
  if (get().selected === selected) set(withMove(get(), Number.POSITIVE_INFINITY, 0));
}

/** How the timeline was left. `top`: the entry at the top of the list, where that was scrolled. */
export type TimelineLeft = Pick<Left, 'query' | 'selected' | 'opened' | 'top'>;

const leftOf = ({ view, position }: Core): TimelineLeft => {
  const { query, selected, opened, atTop, rows } = view.get();
  const first = linesOf(view.get()).at(position.first);
  const top = position.anchor ?? (atTop || !first ? null : (rows[first.index]?.seq ?? null));
  return { query: query.text, selected, opened: opened && selected !== null, top };
};

async function restore(core: Core, { query, selected, opened, top }: TimelineLeft): Promise<void> {
  const { view, position, clock } = core;
  view.set({ query: parseQuery(query, clock.now()), selected, opened });
  position.anchor = top;
  // The list goes to where it was, and not to what is selected.
  position.shown = selected;
  await load(core);
  if (top === null) return;
  await extend(core);
  // What a search finds is not worth reading for long.
  for (let pages = 0; pages < 5 && indexOf(view.get().rows, top) < 0; pages += 1)
    await loadMore(core);
  if (indexOf(view.get().rows, top) < 0) position.anchor = null;
}

/** CSS pixels. */
const atTopWithin = 4;

function search(core: Core, text: string, pauseMs: number): void {
  core.cancelSearch();
  const query = parseQuery(text, core.clock.now());
  core.view.set({ query });
  if (effectiveText(query) === core.asked) return;
  core.view.set({ chosen: nobody, chosenFrom: null });
  core.cancelSearch = core.clock.schedule(pauseMs, () => void load(core));
}

function hear(core: Core, push: Push): void {
  switch (push.what) {
    case 'added':
      void arrive(core, push.entries);
      break;
    case 'changed':
      change(core, newerIn(push.entries));
      core.view.set({ rows: update(core.view.get().rows, push.entries) });
      break;
    case 'marked':
      applyMarks(core, push.changes);
      break;
    case 'decided':
      noteDecisions(core, push.decided);
      change(core, decidedIn(push.decided));
      break;
    case 'imported':
      void load(core);
      break;
    case 'removed':
      forget(core, push.upTo);
      break;
  }
}

/** Gives an entry as it is now; undefined where it did not change. */
type Changed = (entry: TimelineEntry) => TimelineEntry | undefined;

const newerIn = (entries: TimelineEntry[]): Changed => {
  const newer = new Map(entries.map((entry) => [entry.seq, entry]));
  return ({ seq }) => newer.get(seq);
};

const decidedIn = (decided: Decided[]): Changed => {
  const decisions = new Map(decided.map(({ seq, notification }) => [seq, notification]));
  return (entry) => {
    const notification = decisions.get(entry.seq);
    return notification && { ...entry, notification };
  };
};

/** Replaces the entries that are known, also those that wait or are held. */
function change(core: Core, changed: Changed): void {
  const { get, set } = core.view;
  set(withChanged(get(), changed));
  if (core.held) core.held = core.held.map((entry) => changed(entry) ?? entry);
}

function forget(core: Core, upTo: number): void {
  const { get, set } = core.view;
  const { selected, opened } = get();
  core.forgottenUpTo = Math.max(core.forgottenUpTo, upTo);
  set(withoutForgotten(get(), upTo));
  if (opened && selected !== null && selected <= upTo)
    core.announce('The open event is not kept any more');
}
