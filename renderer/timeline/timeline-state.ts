import type { Push } from '../../shared/ipc.ts';
import type { TimelineEntry, TimelineFilter } from '../../shared/timeline.ts';
import { ask, onPush } from '../state.ts';
import { createStore } from '../store.ts';
import {
  append,
  matches,
  neighbour,
  noFilter,
  prepend,
  type Row,
  refill,
  thin,
  toRow,
  update,
} from './rows.ts';

export const tabs = ['summary', 'payload', 'raw', 'headers', 'verification', 'delivery'] as const;
export type Tab = (typeof tabs)[number];

export type TimelineView = {
  rows: Row[];
  /** Ask with it for what is older; null when the end is reached. */
  before: number | null;
  status: 'loading' | 'ready' | 'failed';
  loadingMore: boolean;
  filter: TimelineFilter;
  /** Came while the person was reading; oldest first. */
  waiting: TimelineEntry[];
  selected: number | null;
  opened: boolean;
  /** The person is at the very top of the list. */
  atTop: boolean;
  tab: Tab;
};

export const timelineStore = createStore<TimelineView>({
  rows: [],
  before: null,
  status: 'loading',
  loadingMore: false,
  filter: noFilter,
  waiting: [],
  selected: null,
  opened: false,
  atTop: true,
  tab: 'summary',
});

const { get, set } = timelineStore;
const waitingAtMost = 500;

/** Each reading of the list has its number, so that a late answer to an earlier one is dropped. */
let reading = 0;

export async function load(): Promise<void> {
  reading += 1;
  const mine = reading;
  set({ status: 'loading', loadingMore: false });
  try {
    const page = await ask('timeline', { before: null, filter: get().filter });
    if (mine !== reading) return;
    const arrived = get().waiting.filter((entry) => matches(entry, get().filter));
    set({
      rows: prepend(page.entries.map(toRow), arrived),
      before: page.before,
      status: 'ready',
      waiting: [],
      atTop: true,
    });
  } catch (error) {
    console.error(error);
    if (mine === reading) set({ status: 'failed' });
  }
}

export async function loadMore(): Promise<void> {
  const { before, loadingMore, status, filter } = get();
  if (before === null || loadingMore || status !== 'ready') return;
  const mine = reading;
  set({ loadingMore: true });
  try {
    const page = await ask('timeline', { before, filter });
    if (mine !== reading) return;
    const rows = append(get().rows, page.entries);
    set({ rows, before: page.before, loadingMore: false });
  } catch (error) {
    console.error(error);
    if (mine === reading) set({ loadingMore: false, status: 'failed' });
  }
}

let refilling = false;

/** Called with the rows on screen: asks again for those that were forgotten, and forgets those far away. */
export async function look(first: number, last: number): Promise<void> {
  const { rows, filter } = get();
  const missing = rows.slice(first, last + 1).find((row) => row.entry === null);
  if (!missing) return set({ rows: thin(rows, first) });
  if (refilling) return;
  refilling = true;
  const mine = reading;
  try {
    const newest = rows[Math.max(0, rows.indexOf(missing) - 90)]?.seq ?? missing.seq;
    const page = await ask('timeline', { before: newest + 1, filter });
    if (mine === reading) set({ rows: refill(get().rows, page.entries, newest) });
  } catch (error) {
    console.error(error);
  } finally {
    refilling = false;
  }
}

export function setFilter(change: Partial<TimelineFilter>): void {
  set({ filter: { ...get().filter, ...change }, waiting: [], selected: null, opened: false });
  void load();
}

export const select = (seq: number | null): void => set({ selected: seq });
export const open = (seq: number): void => set({ selected: seq, opened: true });
export const chooseTab = (tab: Tab): void => set({ tab });

/** One step back: first the detail goes, then the choice. */
export function back(): boolean {
  const { opened, selected } = get();
  if (opened) set({ opened: false });
  else if (selected !== null) set({ selected: null });
  else return false;
  return true;
}

export function move(steps: number): void {
  const { rows, selected } = get();
  set({ selected: neighbour(rows, selected, steps) });
}

export function showWaiting(): void {
  const { rows, waiting } = get();
  if (waiting.length >= waitingAtMost) void load();
  else set({ rows: prepend(rows, waiting), waiting: [], atTop: true });
}

export type Standing = { offset: number; shown: number | null };

/** Where the list stood, for when the person comes back to it. Kept beside the store: scrolling changes no row. */
export const standing: Standing = { offset: 0, shown: null };

export function scrolled(offset: number): void {
  standing.offset = offset;
  set({ atTop: offset <= 4 });
}

function mark(seqs: Set<number> | null, seen: boolean): void {
  const changed = get().rows.flatMap(({ entry }) =>
    entry && entry.seen !== seen && (seqs === null || seqs.has(entry.seq))
      ? [{ ...entry, seen }]
      : [],
  );
  if (changed.length > 0) set({ rows: update(get().rows, changed) });
}

export async function markSeen(seq: number, seen: boolean): Promise<void> {
  mark(new Set([seq]), seen);
  await ask('markSeen', { seqs: [seq], seen });
}

export async function markAllSeen(): Promise<void> {
  mark(null, true);
  await ask('markAllSeen', undefined);
}

function hear(push: Push): void {
  if (push.what === 'changed') {
    const { rows, waiting } = get();
    const newer = new Map(push.entries.map((entry) => [entry.seq, entry]));
    set({
      rows: update(rows, push.entries),
      waiting: waiting.map((entry) => newer.get(entry.seq) ?? entry),
    });
  }
  if (push.what === 'added') arrive(push.entries);
}

/** New entries come in by themselves only where they move nothing that the person looks at. */
function arrive(entries: TimelineEntry[]): void {
  const { filter, rows, waiting, atTop, selected, status } = get();
  const fitting = entries.filter((entry) => matches(entry, filter));
  if (fitting.length === 0) return;
  if (status === 'ready' && atTop && selected === null && waiting.length === 0) {
    set({ rows: prepend(rows, fitting) });
  } else {
    set({ waiting: [...waiting, ...fitting].slice(-waitingAtMost) });
  }
}

export function startTimeline(): void {
  onPush(hear);
  void load();
}
