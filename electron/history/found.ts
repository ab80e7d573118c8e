import type { FactsOf, Matcher } from '../../shared/matching.ts';
import type { TimelineEntry } from '../../shared/timeline.ts';
import type { HistoryRecord } from './record.ts';

/** An entry, its details, and the record both are made from. */
export type Kept = {
  readonly entry: TimelineEntry;
  readonly facts: FactsOf;
  readonly record: HistoryRecord;
};

/** As many as a segment holds: what main looks at in one go. */
const sliceRecords = 256;

/** What fits of the whole history, in its order. The event loop runs after every slice: deliveries come first (H16). */
export async function* foundIn(
  history: { readonly oldestFirst: () => AsyncIterable<Kept> },
  matches: Matcher,
): AsyncGenerator<Kept> {
  let looked = 0;
  for await (const kept of history.oldestFirst()) {
    if (matches(kept.entry, kept.facts)) yield kept;
    looked += 1;
    if (looked % sliceRecords === 0) await new Promise(setImmediate);
  }
}
