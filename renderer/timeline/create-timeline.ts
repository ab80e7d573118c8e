import type { Decided, Push } from '../../shared/ipc.ts';
import { effectiveText, type FilterKey, parseQuery, toggled } from '../../shared/query.ts';
import type { TimelineEntry } from '../../shared/timeline.ts';
import type { Clock } from '../clock.ts';
import type { Readable } from '../store.ts';
import { arrive } from './arrivals.ts';
import { withChanged, withoutForgotten, withSeen, withStepBack, withWaiting } from './changes.ts';
import { type Core, createCore, noteDecisions, type TimelineAsk } from './core.ts';
import { withEntry, withMove, withSelectionShown } from './folding.ts';
import { type GroupCommands, groupCommands } from './group-commands.ts';
import { load, loadMore, look } from './reading.ts';
import { update } from './rows.ts';
import { type ListPosition, type Tab, type TimelineView, waitingAtMost } from './view.ts';

/** The timeline as a state machine: React draws `view`, everything else changes it. */
export type Timeline = GroupCommands & {
  readonly view: Readable<TimelineView>;
  readonly position: ListPosition;
  hear: (push: Push) => void;

  /** Reads from the top. A failure is a status of the view. */
  load: () => Promise<void>;
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
  /** Closes the detail, else clears the selection. False where there was nothing to do. */
  back: () => boolean;
  /** Moves the selection; an infinite number of steps goes to the end of the list. */
  move: (steps: number) => void;

  /** Rejects where main cannot keep it. */
  markSeen: (seq: number, seen: boolean) => Promise<void>;
  markAllSeen: () => Promise<void>;
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
      set({ opened: false, selected: null });
      searchNow(text);
    },
    type: (text) => search(core, text, typingPauseMs),
    toggleFilter: (key, value) => searchNow(toggled(get().query, key, value)),
    open: (seq) => set({ ...withEntry(get(), seq), opened: true }),
    chooseTab: (tab) => set({ tab }),
    back: () => {
      const change = withStepBack(get(), core.forgottenUpTo);
      if (change) set(change);
      return change !== null;
    },
    move: (steps) => set(withMove(get(), steps, position.first)),
    markSeen: async (seq, seen) => {
      set(withSeen(get(), new Set([seq]), seen));
      await ask('markSeen', { seqs: [seq], seen });
    },
    markAllSeen: async () => {
      set(withSeen(get(), null, true));
      await ask('markAllSeen', undefined);
    },
  };
}

/** CSS pixels. */
const atTopWithin = 4;

function search(core: Core, text: string, pauseMs: number): void {
  core.cancelSearch();
  const query = parseQuery(text, core.clock.now());
  core.view.set({ query });
  if (effectiveText(query) !== core.asked)
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
