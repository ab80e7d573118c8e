import type { Fact } from '../../shared/event.ts';

export type FactGroups = {
  /** What matters most. */
  readonly first: Fact[];
  readonly rest: Fact[];
  /** Ids, addresses and hashes. */
  readonly ids: Fact[];
};

/** In UTF-16 units. A longer text is no fact to see at a glance. */
const glance = 60;

/** Sorts details by what a person looks for: the `most` that matter first, in the provider's order. */
export function groupFacts(facts: readonly Fact[], most: number): FactGroups {
  const ids = facts.filter(({ form }) => form === 'code');
  const others = facts.filter(({ form }) => form !== 'code');
  const first = others.filter(isShort).slice(0, most);
  return { first, rest: others.filter((fact) => !first.includes(fact)), ids };
}

const isShort = (fact: Fact): boolean => fact.form === 'time' || fact.value.length <= glance;
