import type { TimelineEntry } from '../../shared/timeline.ts';
import type { RepeatKey } from '../providers/provider.ts';
import type { HistoryRecord } from './record.ts';

/** What is handed over to be kept. */
export type Draft = Omit<HistoryRecord, 'seq' | 'keys' | 'conflicts'> & {
  readonly keys: readonly RepeatKey[];
};

/** What became of a draft. */
export type Outcome =
  | { readonly outcome: 'recorded'; readonly entry: TimelineEntry }
  | { readonly outcome: 'duplicate' };

/** The record of a draft. `seq` comes first: the search of a segment's file rests on it. */
export const recordOf = (draft: Draft, seq: number, conflicts: boolean): HistoryRecord => ({
  seq,
  id: draft.id,
  receivedAt: draft.receivedAt,
  sourceId: draft.sourceId,
  provider: draft.provider,
  headers: draft.headers,
  body: draft.body,
  proof: draft.proof,
  simulated: draft.simulated,
  conflicts,
  keys: draft.keys.map(({ id, version, withinMs }) => ({ id, version, withinMs })),
  reading: draft.reading,
  cameAfter: isPossible(draft, seq) ? draft.cameAfter : undefined,
  ...(draft.imported ? { imported: draft.imported } : {}),
});

/** Of a history that was begun anew meanwhile, a rejected delivery knows nothing. */
const isPossible = ({ cameAfter }: Draft, seq: number): boolean =>
  cameAfter !== undefined && cameAfter[0] < seq;
