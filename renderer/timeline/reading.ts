import { count } from '../../shared/english.ts';
import { isBelow, type Place, placeOf } from '../../shared/place.ts';
import { effectiveText, isFiltering, type Query } from '../../shared/query.ts';
import type { TimelinePage } from '../../shared/timeline.ts';
import { hold, release } from './arrivals.ts';
import { withFirstPage } from './changes.ts';
import { type Core, withDecisions } from './core.ts';
import { withSelectionShown } from './folding.ts';
import { linesOf } from './lines.ts';
import { append, refill, thin } from './rows.ts';

const pageSize = 200;

/** A page of what is older than `before`. An answer that was under way when entries were removed may still hold some. */
async function pageBelow(core: Core, before: Place | null, query: Query): Promise<TimelinePage> {
  const page = await core.ask('timeline', { before, query: query.text });
  const stored = page.entries.filter(({ seq }) => seq > core.forgottenUpTo);
  return { ...page, entries: withDecisions(core, stored) };
}

/** Reads from the top. The rows that are there stay until the first answer. */
export async function load(core: Core): Promise<void> {
  const { get, set } = core.view;
  core.generation += 1;
  const { generation } = core;
  const { query, rows, status, answered } = get();
  core.asked = effectiveText(query);
  const isNewSearch = core.asked !== effectiveText(answered);
  hold(core);
  set({ reading: true, status: rows.length === 0 ? 'loading' : status });
  try {
    const page = await pageBelow(core, null, query);
    if (generation !== core.generation) return;
    if (isNewSearch) core.position.offset = 0;
    set({ ...withFirstPage(page, query), ...(isNewSearch ? { unfolded: new Set() } : {}) });
    set(withSelectionShown(get()));
    await release(core);
    await readOn(core, generation, pageSize);
    if (isNewSearch && generation === core.generation) announceFound(core);
  } catch (error) {
    fail(core, generation, error);
  }
}

export async function loadMore(core: Core): Promise<void> {
  const { before, rows, status, reading } = core.view.get();
  if (before !== null && !reading && status === 'ready')
    await readOn(core, core.generation, rows.length + pageSize);
}

/** Reads older rows until there are `wanted`: while main searches, its pages are short. */
export async function readOn(core: Core, generation: number, wanted: number): Promise<void> {
  const { get, set } = core.view;
  if (generation !== core.generation) return;
  set({ reading: true });
  try {
    for (;;) {
      const { before, rows, answered } = get();
      if (before === null || rows.length >= wanted) return set({ reading: false });
      const page = await pageBelow(core, before, answered);
      if (generation !== core.generation) return;
      set({ rows: append(get().rows, page.entries), before: page.before });
    }
  } catch (error) {
    fail(core, generation, error);
  }
}

function fail(core: Core, generation: number, error: unknown): void {
  console.error(error);
  if (generation !== core.generation) return;
  core.view.set({ reading: false, status: 'failed' });
  void release(core);
}

function announceFound({ view, announce }: Core): void {
  const { answered, rows, before } = view.get();
  if (!isFiltering(answered)) return;
  const found = rows.length === 0 ? 'No event' : count(rows.length, 'event');
  announce(before === null ? `${found} found` : `${found} found so far`);
}

/** Going through all rows is not worth it for a few steps. */
const thinEvery = 300;
/** So many rows above the first that lacks its entry are read again with it. */
const readAgainAbove = 90;
const readTogether = 400;

export async function look(core: Core, first: number, last: number): Promise<void> {
  core.position.first = first;
  const { view } = core;
  const { rows } = view.get();
  const lines = linesOf(view.get());
  const inView = Array.from({ length: last - first + 1 }, (_, at) => lines.at(first + at)?.index)
    .filter((index) => index !== undefined)
    .sort((a, b) => a - b);
  const bare = inView.filter((index) => rows[index]?.entry === null);
  const [begin, middle] = [bare[0], inView[Math.floor(inView.length / 2)] ?? 0];
  if (begin === undefined) {
    if (Math.abs(middle - core.thinnedAt) < thinEvery) return;
    core.thinnedAt = middle;
    return view.set({ rows: thin(rows, middle, new Set(inView)) });
  }
  // The members of an open group may be far apart: what is further down is read next.
  const end = bare.findLast((index) => index - begin <= readTogether) ?? begin;
  const [upper, lower] = [rows[begin], rows[end]];
  if (!upper || !lower) return;
  if (core.isRefilling) return;
  core.isRefilling = true;
  try {
    await refillDown(core, rows[begin - readAgainAbove] ?? null, lower);
  } catch (error) {
    console.error(error);
  } finally {
    core.isRefilling = false;
  }
}

async function refillDown(core: Core, from: Place | null, lowest: Place): Promise<void> {
  const { generation, view } = core;
  const { answered } = view.get();
  let above = from;
  do {
    const before = above && placeOf(above);
    const page = await pageBelow(core, before, answered);
    if (generation !== core.generation) return;
    view.set({ rows: refill(view.get().rows, page, before) });
    view.set(withSelectionShown(view.get()));
    above = page.before;
  } while (above !== null && isBelow(lowest, above));
}
