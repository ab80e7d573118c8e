import type { Push } from '../../shared/ipc.ts';
import { isBelow, type Place, placeOf } from '../../shared/place.ts';
import {
  askedIn,
  everything,
  type FilterKey,
  isAsking,
  parseQuery,
  type Query,
  toggled,
} from '../../shared/query.ts';
import type { TimelineEntry } from '../../shared/timeline.ts';
import { ask, onPush } from '../state.ts';
import { createStore } from '../store.ts';
import { announce } from '../ui/announcer.ts';
import { count } from '../words.ts';
import { withoutForgotten } from './forgetting.ts';
import { forgetUpTo, isForgotten, pageBelow } from './pages.ts';
import { append, insert, neighbour, type Row, refill, thin, toRow, update } from './rows.ts';

export const tabs = ['summary', 'payload', 'raw', 'headers', 'verification', 'delivery'] as const;
export type Tab = (typeof tabs)[number];

export type TimelineView = {
  rows: Row[];
  /** Ask with it for what is older; null when the end is reached. */
  before: Place | null;
  status: 'loading' | 'ready' | 'failed';
  /** Older rows are being asked for. */
  reading: boolean;
  /** What the person has typed, or chosen in a menu. */
  query: Query;
  /** What the rows are the answer to. */
  answered: Query;
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
  reading: false,
  query: everything,
  answered: everything,
  waiting: [],
  selected: null,
  opened: false,
  atTop: true,
  tab: 'summary',
});

const { get, set } = timelineStore;
/** So many of those that came are kept ready to be put on top; more are read anew. */
export const waitingAtMost = 500;

/** What came while the list is read anew, and may not be in the answer; null when it is not. */
let meanwhile: TimelineEntry[] | null = null;
/** Each reading of the list has its number, so that a late answer to an earlier one is dropped. */
let reading = 0;
/** What the newest reading asks. */
let asked = '';
const pageSize = 200;

/** Reads the list anew. The rows that are there stay until the first answer. */
export async function load(): Promise<void> {
  reading += 1;
  const mine = reading;
  const { query } = get();
  asked = askedIn(query);
  const isNews = asked !== askedIn(get().answered);
  meanwhile ??= [];
  set({ reading: true, ...(get().rows.length === 0 ? { status: 'loading' } : {}) });
  try {
    const page = await pageBelow(null, query);
    if (mine !== reading) return;
    if (isNews) standing.offset = 0;
    set({
      rows: page.entries.map(toRow),
      before: page.before,
      status: 'ready',
      reading: false,
      answered: query,
      waiting: [],
      atTop: true,
    });
    await catchUp();
    await readOn();
    if (isNews && mine === reading) tellFound();
  } catch (error) {
    fail(mine, error);
  }
}

/** Asks for what is older until a page of it is there: while main searches, its answers are short. */
async function readOn(wanted = pageSize): Promise<void> {
  const mine = reading;
  set({ reading: true });
  try {
    for (;;) {
      const { before, rows, answered } = get();
      if (before === null || rows.length >= wanted) return set({ reading: false });
      const page = await pageBelow(before, answered);
      if (mine !== reading) return;
      set({ rows: append(get().rows, page.entries), before: page.before });
    }
  } catch (error) {
    fail(mine, error);
  }
}

export async function loadMore(): Promise<void> {
  const { before, rows, status } = get();
  if (before !== null && !get().reading && status === 'ready') await readOn(rows.length + pageSize);
}

function fail(mine: number, error: unknown): void {
  console.error(error);
  if (mine !== reading) return;
  set({ reading: false, status: 'failed' });
  void catchUp();
}

async function catchUp(): Promise<void> {
  const came = meanwhile ?? [];
  meanwhile = null;
  if (came.length > 0) await arrive(came);
}

function tellFound(): void {
  const { answered, rows, before } = get();
  if (!isAsking(answered)) return;
  const found = rows.length === 0 ? 'No event' : count(rows.length, 'event');
  announce(before === null ? `${found} found` : `${found} found so far`);
}

let refilling = false;
/** Going through all rows is not worth it for a few steps. */
const thinEvery = 300;
let thinnedAt = 0;

/** Called with the rows on screen: asks again for those that were forgotten, and forgets those far away. */
export async function look(first: number, last: number): Promise<void> {
  standing.first = first;
  const { rows, answered } = get();
  const missing = rows.slice(first, last + 1).filter((row) => row.entry === null);
  const [upper, lower] = [missing[0], missing.at(-1)];
  if (!upper || !lower) {
    if (Math.abs(first - thinnedAt) < thinEvery) return;
    thinnedAt = first;
    return set({ rows: thin(rows, first) });
  }
  if (refilling) return;
  refilling = true;
  const mine = reading;
  try {
    let above: Place | null = rows[rows.indexOf(upper) - 90] ?? null;
    do {
      const before: Place | null = above && placeOf(above);
      const page = await pageBelow(before, answered);
      if (mine !== reading) return;
      set({ rows: refill(get().rows, page, before) });
      above = page.before;
    } while (above !== null && isBelow(lower, above));
  } catch (error) {
    console.error(error);
  } finally {
    refilling = false;
  }
}

const typingPause = 90;
let soon: ReturnType<typeof setTimeout> | undefined;

/** Takes what was typed or chosen; what is chosen, open or read stays so. Asks again where it means something else. */
export function search(text: string, pause = 0): void {
  clearTimeout(soon);
  const query = parseQuery(text, Date.now());
  set({ query });
  if (askedIn(query) !== asked) soon = setTimeout(() => void load(), pause);
}

export const typed = (text: string): void => search(text, typingPause);
export const toggleFilter = (key: FilterKey, value: string): void =>
  search(toggled(get().query, key, value));
export const clearSearch = (): void => search('');

export const select = (seq: number | null): void => set({ selected: seq });
export const open = (seq: number): void => set({ selected: seq, opened: true });
export const chooseTab = (tab: Tab): void => set({ tab });

/** One step back: first the detail goes, then the choice. */
export function back(): boolean {
  const { opened, selected } = get();
  const isGone = selected !== null && isForgotten(selected);
  if (opened) set({ opened: false, selected: isGone ? null : selected });
  else if (selected !== null) set({ selected: null });
  else return false;
  return true;
}

/** From the chosen row; where none is chosen yet, to the first one on screen. */
export function move(steps: number): void {
  const { rows, selected } = get();
  const begin = selected === null && Number.isFinite(steps) ? rows[standing.first]?.seq : undefined;
  set({ selected: begin ?? neighbour(rows, selected, steps) });
}

export function showWaiting(): void {
  const { rows, waiting, before } = get();
  if (waiting.length >= waitingAtMost) void load();
  else set({ rows: insert(rows, waiting, before), waiting: [], atTop: true });
}

export type Standing = { offset: number; shown: number | null; first: number };

/** Where the list stood, for when the person comes back to it. Kept beside the store: scrolling changes no row. */
export const standing: Standing = { offset: 0, shown: null, first: 0 };

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
  const isMeant = (seq: number) => seqs === null || seqs.has(seq);
  set({
    waiting: get().waiting.map((entry) => (isMeant(entry.seq) ? { ...entry, seen } : entry)),
  });
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
  if (push.what === 'added') void arrive(push.entries);
  if (push.what === 'imported') void load();
  if (push.what === 'forgotten') forget(push.upTo);
}

function forget(upTo: number): void {
  const { selected, opened } = get();
  forgetUpTo(upTo);
  set(withoutForgotten(get(), upTo));
  if (opened && selected !== null && selected <= upTo)
    announce('The open event is not kept any more');
}

/** They come in one after the other, in their order. */
let arriving: Promise<void> = Promise.resolve();

function arrive(entries: TimelineEntry[]): Promise<void> {
  if (meanwhile) meanwhile.push(...entries);
  else if (!isAsking(get().answered)) takeIn(entries);
  else arriving = arriving.then(() => takeInFitting(entries)).catch(console.error);
  return arriving;
}

async function takeInFitting(entries: TimelineEntry[]): Promise<void> {
  const mine = reading;
  const seqs = entries.slice(-waitingAtMost).map(({ seq }) => seq);
  const fitting = await ask('fitting', { seqs, query: get().answered.text });
  // A newer reading has them in its answer.
  if (mine === reading) takeIn(fitting);
}

/** New entries come in by themselves only where they move nothing that the person looks at. */
function takeIn(fitting: TimelineEntry[]): void {
  const { rows, before, waiting, atTop, selected, status } = get();
  if (fitting.length === 0) return;
  if (status === 'ready' && atTop && selected === null && waiting.length === 0) {
    set({ rows: insert(rows, fitting, before) });
  } else {
    set({ waiting: [...waiting, ...fitting].slice(-waitingAtMost) });
  }
}

export function startTimeline(): void {
  onPush(hear);
  void load();
}
