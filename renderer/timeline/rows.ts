import type { RowKind } from '../../shared/kinds.ts';
import type { TimelineEntry, TimelineFilter } from '../../shared/timeline.ts';
import { startOfDay } from '../time.ts';

/** A place in the list. Far from what is looked at, only the place is kept and the entry is asked for again. */
export type Row = { seq: number; receivedAt: number; entry: TimelineEntry | null };

export type Item = { what: 'day'; start: number } | { what: 'row'; row: Row; index: number };

export const noFilter: TimelineFilter = {
  providers: [],
  kinds: [],
  sourceId: null,
  unseenOnly: false,
};

export const isFiltered = (filter: TimelineFilter): boolean =>
  filter.providers.length > 0 ||
  filter.kinds.length > 0 ||
  filter.sourceId !== null ||
  filter.unseenOnly;

export const kindOf = (entry: TimelineEntry): RowKind =>
  entry.status === 'event' ? entry.event.kind : 'unrecognized';

export const matches = (entry: TimelineEntry, filter: TimelineFilter): boolean =>
  (filter.providers.length === 0 || filter.providers.includes(entry.provider)) &&
  (filter.kinds.length === 0 || filter.kinds.includes(kindOf(entry))) &&
  (filter.sourceId === null || filter.sourceId === entry.sourceId) &&
  !(filter.unseenOnly && entry.seen);

export const toRow = (entry: TimelineEntry): Row => ({
  seq: entry.seq,
  receivedAt: entry.receivedAt,
  entry,
});

/** Rows with a header before the first of each day, newest first. */
export function byDay(rows: Row[]): Item[] {
  const items: Item[] = [];
  let from = Number.POSITIVE_INFINITY;
  rows.forEach((row, index) => {
    if (row.receivedAt < from) {
      from = startOfDay(row.receivedAt);
      items.push({ what: 'day', start: from });
    }
    items.push({ what: 'row', row, index });
  });
  return items;
}

/** Puts entries, oldest first, above the rows; one that is already there is left alone. */
export function prepend(rows: Row[], added: TimelineEntry[]): Row[] {
  const newest = rows[0]?.seq ?? 0;
  const fresh = added.filter(({ seq }) => seq > newest).map(toRow);
  return fresh.length === 0 ? rows : [...fresh.reverse(), ...rows];
}

export const append = (rows: Row[], older: TimelineEntry[]): Row[] => {
  const oldest = rows[rows.length - 1]?.seq ?? Number.POSITIVE_INFINITY;
  return [...rows, ...older.filter(({ seq }) => seq < oldest).map(toRow)];
};

/** Takes over the newer form of entries that are shown. */
export function update(rows: Row[], changed: TimelineEntry[]): Row[] {
  const bySeq = new Map(changed.map((entry) => [entry.seq, entry]));
  return rows.map((row) => {
    const entry = row.entry && bySeq.get(row.seq);
    return entry ? toRow(entry) : row;
  });
}

/**
 * Gives rows their entries back from a page asked for `before` a row. A row of that span which the page does not hold
 * no longer passes the filter, or was removed by age, and goes.
 */
export function refill(rows: Row[], page: TimelineEntry[], newest: number): Row[] {
  const bySeq = new Map(page.map((entry) => [entry.seq, entry]));
  const oldest = page[page.length - 1]?.seq ?? 0;
  return rows.flatMap((row) => {
    if (row.entry || row.seq > newest || row.seq < oldest) return [row];
    const entry = bySeq.get(row.seq);
    return entry ? [toRow(entry)] : [];
  });
}

const keptAround = 2_000;

/** Forgets entries far from `index`, so that a long scroll does not fill the memory. */
export function thin(rows: Row[], index: number): Row[] {
  const isFar = (place: number): boolean => Math.abs(place - index) > keptAround;
  if (!rows.some((row, place) => row.entry && isFar(place))) return rows;
  return rows.map((row, place) =>
    row.entry && isFar(place) ? { seq: row.seq, receivedAt: row.receivedAt, entry: null } : row,
  );
}

/** The sequence number `steps` rows below the chosen one; the first row when nothing is chosen. */
export function neighbour(rows: Row[], seq: number | null, steps: number): number | null {
  const last = rows.length - 1;
  if (last < 0) return null;
  const at = seq === null ? -1 : rows.findIndex((row) => row.seq === seq);
  const to =
    at < 0 && steps !== Number.POSITIVE_INFINITY ? 0 : Math.min(last, Math.max(0, at + steps));
  return rows[to]?.seq ?? null;
}
