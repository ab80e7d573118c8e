import type { InsertAfter } from './insert-after.ts';

/** An entry's position in the timeline: its number, or for one admitted later `cameAfter`, the name of this field on disk. */
export type Place = { readonly seq: number; readonly cameAfter?: InsertAfter | undefined };

/** Sorts the oldest first. */
export const byPlace = (one: Place, other: Place): number =>
  inTimeOf(one) - inTimeOf(other) || lateness(one) - lateness(other) || one.seq - other.seq;

const inTimeOf = ({ seq, cameAfter }: Place): number => cameAfter?.[0] ?? seq;
const lateness = ({ cameAfter }: Place): number => cameAfter?.[1] ?? 0;

/** Whether one is older than the other; null is the top of the list. */
export const isBelow = (one: Place, other: Place | null): boolean =>
  other === null || byPlace(one, other) < 0;

export const placeOf = ({ seq, cameAfter }: Place): Place =>
  cameAfter === undefined ? { seq } : { seq, cameAfter };
