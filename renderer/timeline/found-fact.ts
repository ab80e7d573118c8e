import type { Fact } from '../../shared/event.ts';
import {
  folded,
  holdsCode,
  markedParts,
  type Names,
  namesOf,
  summaryOf,
  titleOf,
} from '../../shared/matching.ts';
import type { TimelineEntry } from '../../shared/timeline.ts';

const before = 8;
const shownFrom = 24;

/** The fact that answers the search where neither line of a row does, cut so that what was found is in view. */
export function foundFact(
  entry: TimelineEntry,
  needles: readonly string[],
  names: Names,
): { label: string; value: string } | null {
  if (entry.status !== 'event' || needles.length === 0) return null;
  const { source, provider } = namesOf(entry, names);
  const shown = folded([titleOf(entry, provider), source, summaryOf(entry)].join('\n'));
  for (const needle of needles) {
    const fact = shown.includes(needle) ? null : entry.event.facts.find(holding(needle));
    if (fact && fact.form !== 'time') return { label: fact.label, value: cut(fact.value, needle) };
  }
  return null;
}

const holding = (needle: string) => (fact: Fact) => {
  switch (fact.form) {
    case 'time':
      return false;
    case 'text':
      return folded(fact.value).includes(needle);
    case 'code':
      return holdsCode(folded(fact.value), needle);
  }
};

function cut(value: string, needle: string): string {
  const at = markedParts(value, [needle]).find(({ marked }) => marked)?.at ?? 0;
  return at < shownFrom ? value : `…${value.slice(at - before)}`;
}
