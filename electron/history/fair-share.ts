import { networkOf } from '../addresses.ts';

export type Shareholder = {
  /** Its place in the order of arrival. */
  readonly number: number;
  readonly sourceId: string;
  readonly reason: string;
  /** See `senderKey`; null where no address is known. */
  readonly sender: string | null;
  /** It looks like a delivery of its provider. */
  readonly plausible: boolean;
  readonly bytes: number;
};

export type Measure = 'records' | 'bytes';

/**
 * The delivery that is evicted first (R13b): one that does not look genuine, if there is any; then the oldest of the largest source, reason
 * and sender. Undefined where there is none.
 */
export const firstToEvict = <S extends Shareholder>(
  held: readonly S[],
  measure: Measure,
): S | undefined => {
  const implausible = held.filter(({ plausible }) => !plausible);
  let candidates: readonly S[] = implausible.length > 0 ? implausible : held;
  for (const traitOf of traits) candidates = largestGroup(candidates, traitOf, measure);
  return candidates.reduce<S | undefined>(
    (oldest, one) => (oldest && oldest.number < one.number ? oldest : one),
    undefined,
  );
};

const traits: readonly ((one: Shareholder) => string | null)[] = [
  ({ sourceId }) => sourceId,
  ({ reason }) => reason,
  ({ sender }) => networkOf(sender),
  ({ sender }) => sender,
];

/** The first one of equal groups. */
const largestGroup = <S extends Shareholder>(
  held: readonly S[],
  traitOf: (one: Shareholder) => string | null,
  measure: Measure,
): readonly S[] => {
  const groups = new Map<string | null, { size: number; readonly members: S[] }>();
  for (const one of held) {
    const trait = traitOf(one);
    const size = measure === 'bytes' ? one.bytes : 1;
    const group = groups.get(trait);
    if (group) {
      group.size += size;
      group.members.push(one);
    } else groups.set(trait, { size, members: [one] });
  }
  let largest: { size: number; readonly members: readonly S[] } = { size: 0, members: [] };
  for (const group of groups.values()) if (group.size > largest.size) largest = group;
  return largest.members;
};
