/** The numbers of the newest entry when a delivery came that was not admitted then (0: none), and of the delivery among the rejected. */
export type CameAfter = readonly [entry: number, rejected: number];

/** Where an entry stands among the others: by its number; one that was admitted late stands where it would have come. */
export type Place = { readonly seq: number; readonly cameAfter?: CameAfter | undefined };

/** Sorts the oldest first. */
export const byPlace = (one: Place, other: Place): number =>
  inTimeOf(one) - inTimeOf(other) || lateness(one) - lateness(other) || one.seq - other.seq;

/** The number below which all entries lie that were admitted in time and are older than it. */
const inTimeOf = ({ seq, cameAfter }: Place): number => cameAfter?.[0] ?? seq;
const lateness = ({ cameAfter }: Place): number => cameAfter?.[1] ?? 0;

/** Whether one is older than the other; nothing is above null, the top of the list. */
export const isBelow = (one: Place, other: Place | null): boolean =>
  other === null || byPlace(one, other) < 0;

export const placeOf = ({ seq, cameAfter }: Place): Place =>
  cameAfter === undefined ? { seq } : { seq, cameAfter };
