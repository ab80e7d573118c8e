import type { Answers } from '../../../shared/ipc.ts';
import type { TimelineEntry } from '../../../shared/timeline.ts';
import type { History } from '../../history/history.ts';
import { bodyBytes, type StoredEntry } from '../../history/record.ts';
import type { Gaps } from '../../insight/gaps.ts';
import type { Runs } from '../../insight/runs.ts';
import type { Mask } from '../../masking.ts';
import { maskedBody } from '../../transfer/masked.ts';
import { relatedTo } from '../related.ts';

export type RelatedAnswerOptions = {
  readonly history: Pick<History, 'get' | 'nearby'>;
  readonly runs: Pick<Runs, 'list'>;
  readonly gaps: Pick<Gaps, 'list'>;
  /** Hides our own secrets and tokens, as they are now. */
  readonly masking: () => Mask;
  /** Epoch ms. */
  readonly now: () => number;
};

/** Sequence numbers: so far back the previous one of a kind is looked for. */
const previousWithin = 8_192;

/** Answers about what belongs to an entry. */
export const createRelatedAnswers = (
  options: RelatedAnswerOptions,
): Pick<Answers, 'related' | 'previous'> => {
  const { history, masking, gaps } = options;
  return {
    related: async ({ seq }) => (await relatedTo(seq, { ...options, gaps: gaps.list })) ?? [],

    previous: async ({ seq }) => {
      const one = await history.get(seq);
      if (one?.entry.status !== 'event') return null;
      const { entry } = one;
      let found: StoredEntry | null = null;
      await history.nearby({
        below: seq,
        from: Math.max(1, seq - previousWithin),
        literals: () => [JSON.stringify(entry.event.kind)],
        take: (other) => {
          if (areAlike(entry, other.entry)) found = other;
          return found === null;
        },
      });
      return found && previousView(found, masking());
    },
  };
};

const previousView = ({ entry, record }: StoredEntry, mask: Mask) => ({
  seq: entry.seq,
  receivedAt: entry.receivedAt,
  text: maskedBody(bodyBytes(record.body), mask).text,
});

/** The same kind of event, of the same source and account. */
const areAlike = (one: TimelineEntry, other: TimelineEntry): boolean =>
  one.status === 'event' &&
  other.status === 'event' &&
  one.sourceId === other.sourceId &&
  one.simulated === other.simulated &&
  one.event.kind === other.event.kind &&
  one.event.account?.id === other.event.account?.id;
