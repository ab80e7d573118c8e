/**
 * Where an entry stands among the others: by its number. One that was admitted late stands where it would have come, after the entry
 * that had come last before it (`cameAfter`; 0: before all).
 */
export type Place = { readonly seq: number; readonly cameAfter?: number | undefined };

/** Sorts the oldest first. */
export const byPlace = (one: Place, other: Place): number =>
  (one.cameAfter ?? one.seq) - (other.cameAfter ?? other.seq) || lateness(one) - lateness(other);

const lateness = ({ seq, cameAfter }: Place): number => (cameAfter === undefined ? 0 : seq);

/** Whether one is older than the other; nothing is above null, the top of the list. */
export const isBelow = (one: Place, other: Place | null): boolean =>
  other === null || byPlace(one, other) < 0;

export const placeOf = ({ seq, cameAfter }: Place): Place =>
  cameAfter === undefined ? { seq } : { seq, cameAfter };
