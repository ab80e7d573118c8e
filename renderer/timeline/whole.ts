import { byPlace, isBelow } from '../../shared/place.ts';
import { type effectiveText, isFiltering } from '../../shared/query.ts';
import type { Extent } from '../../shared/timeline.ts';
import { endOfDay } from '../time.ts';
import type { Core } from './core.ts';
import { withEntry } from './folding.ts';
import { readOn } from './reading.ts';
import { indexOf, insert, type Row } from './rows.ts';

const unread = { seen: true, belongs: 'unread', entry: null } as const;

/**
 * Rows without their entries, newest first. When each was received is estimated between the first and the last of its span, until
 * it is read.
 */
export function bareRows({ spans, late }: Extent): Row[] {
  const rows: Row[] = [];
  for (const { ranges, firstAt, lastAt } of spans) {
    const count = ranges.reduce((sum, [from, to]) => sum + to - from + 1, 0);
    let at = 0;
    for (const [from, to] of ranges)
      for (let seq = from; seq <= to; seq += 1, at += 1) {
        const part = count > 1 ? at / (count - 1) : 0;
        const receivedAt = Math.round(firstAt + (lastAt - firstAt) * part);
        rows.push({ seq, receivedAt, ...unread });
      }
  }
  rows.reverse();
  return late.length === 0 ? rows : withLate(rows, late);
}

function withLate(rows: Row[], late: Extent['late']): Row[] {
  const near = (seq: number) => rows[indexOf(rows, seq)]?.receivedAt ?? rows[0]?.receivedAt ?? 0;
  const placed = late.map((place) => ({
    ...place,
    receivedAt: near(place.cameAfter?.[0] ?? place.seq),
    ...unread,
  }));
  return [...rows, ...placed].sort((one, other) => byPlace(other, one));
}

/** Gives the whole timeline its rows, so that the scroll bar reaches the oldest. Not a search: only reading tells what it finds. */
export async function extend(core: Core): Promise<void> {
  const { generation, view } = core;
  const { before, answered, status, reading } = view.get();
  if (before === null || reading || status !== 'ready' || isFiltering(answered)) return;
  const extent = await core.ask('extent', undefined);
  if (generation !== core.generation) return;
  const { rows } = view.get();
  const oldest = rows.at(-1) ?? null;
  const older = bareRows(extent).filter(
    (row) => row.seq > core.forgottenUpTo && isBelow(row, oldest),
  );
  view.set({ rows: [...rows, ...older], before: null });
}

/** Reads to the end of a search. */
export async function readToEnd(core: Core): Promise<void> {
  if (core.view.get().before !== null)
    await readOn(core, core.generation, Number.POSITIVE_INFINITY);
}

export type Jumped = 'there' | 'nothing-that-day' | 'nothing-before';

/** Selects the newest event of a day (its first instant, epoch ms), else the next older one. A search goes on with that day. */
export async function jumpTo(core: Core, dayStart: number): Promise<Jumped> {
  const { view, position } = core;
  const entry = await core.ask('entryBefore', { at: endOfDay(dayStart) });
  if (!entry) return 'nothing-before';
  await extend(core);
  const { rows, before } = view.get();
  const shown = indexOf(rows, entry.seq) < 0 ? insert(rows, [entry], before) : [...rows];
  position.anchor = entry.seq;
  position.shown = entry.seq;
  view.set({ rows: shown, opened: false });
  view.set(withEntry(view.get(), entry.seq));
  return entry.receivedAt >= dayStart ? 'there' : 'nothing-that-day';
}

/** The query of a search that begins at a day. */
export function searchUpTo(query: Parameters<typeof effectiveText>[0], dayStart: number): string {
  const end = new Date(endOfDay(dayStart));
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${end.getFullYear()}-${two(end.getMonth() + 1)}-${two(end.getDate())}`;
  const others = query.parts.filter((part) => part.what !== 'time' || part.key !== 'before');
  const kept = others.map(({ from, to }) => query.text.slice(from, to));
  return [...kept, `before:${day}`].join(' ');
}
