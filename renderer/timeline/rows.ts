import { byPlace, isBelow, type Place, placeOf } from '../../shared/place.ts';
import type { TimelineEntry, TimelinePage } from '../../shared/timeline.ts';
import { type Belonging, belongingOf } from './belonging.ts';

/** A row of the list. Far from view it has no entry, which is read again when it comes into view. */
export type Row = Place & {
  receivedAt: number;
  seen: boolean;
  /** What groups are made of, also far from view; `unread` while the entry was never here. */
  belongs: Belonging | 'unread' | null;
  entry: TimelineEntry | null;
};

export const toRow = (entry: TimelineEntry): Row => ({
  ...placeOf(entry),
  receivedAt: entry.receivedAt,
  seen: entry.seen,
  belongs: belongingOf(entry),
  entry,
});

/** The index of an entry's row, or -1. Rows are newest first. */
export function indexOf(rows: readonly Row[], seq: number): number {
  const at = firstNotAbove(rows, { seq });
  // An entry that was admitted later stands out of the order of numbers.
  return rows[at]?.seq === seq ? at : rows.findIndex((row) => row.seq === seq);
}

function firstNotAbove(rows: readonly Row[], place: Place): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const row = rows[middle];
    if (row && isBelow(place, row)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Inserts new entries, oldest first, at their places. Entries below `end` are left out: they come with their page. */
export function insert(rows: Row[], added: TimelineEntry[], end: Place | null): Row[] {
  const newest = rows[0] ?? { seq: 0 };
  const fresh = added.filter((entry) => isBelow(newest, entry)).map(toRow);
  const late = added
    .filter((entry) => isBelow(entry, newest) && (end === null || !isBelow(entry, end)))
    .filter((entry) => indexOf(rows, entry.seq) < 0)
    .map(toRow);
  if (late.length > 0) return [...fresh, ...late, ...rows].sort((a, b) => byPlace(b, a));
  return fresh.length === 0 ? rows : [...fresh.reverse(), ...rows];
}

export const append = (rows: Row[], older: TimelineEntry[]): Row[] => {
  const oldest = rows[rows.length - 1] ?? null;
  return [...rows, ...older.filter((entry) => isBelow(entry, oldest)).map(toRow)];
};

/** Replaces entries by their newer form. What a search found stays. */
export function update(rows: Row[], changed: TimelineEntry[]): Row[] {
  const bySeq = new Map(changed.map((entry) => [entry.seq, entry]));
  return rows.map((row) => {
    const entry = bySeq.get(row.seq);
    if (!entry) return row;
    // Far from view a row gets no entry, only its new mark.
    if (!row.entry) return row.seen === entry.seen ? row : { ...row, seen: entry.seen };
    return toRow(row.entry.found ? { ...entry, found: row.entry.found } : entry);
  });
}

/**
 * Gives rows their entries back from the page below `above` (null: the first). A row within the page's span that the page does
 * not hold is gone.
 */
export function refill(rows: Row[], { entries, before }: TimelinePage, above: Place | null): Row[] {
  const bySeq = new Map(entries.map((entry) => [entry.seq, entry]));
  return rows.flatMap((row) => {
    if (row.entry || !isBelow(row, above) || (before && isBelow(row, before))) return [row];
    const entry = bySeq.get(row.seq);
    return entry ? [toRow(entry)] : [];
  });
}

const entriesAround = 600;

/** Drops the entries of rows far from `index`, so that a long scroll does not fill the memory. `kept`: indexes of others in view. */
export function thin(rows: Row[], index: number, kept: ReadonlySet<number> = new Set()): Row[] {
  const isFar = (place: number): boolean =>
    Math.abs(place - index) > entriesAround && !kept.has(place);
  if (!rows.some((row, place) => row.entry && isFar(place))) return rows;
  return rows.map((row, place) => (row.entry && isFar(place) ? { ...row, entry: null } : row));
}
