import * as z from 'zod/mini';
import { RejectionCount, type RejectionReason } from '../../shared/quarantine.ts';
import { totalOf, withRejection } from '../../shared/rejections.ts';
import { LastDelivery, SourceDay } from '../../shared/source.ts';
import { withDelivery as withDayDelivery } from './source-days.ts';

/** This many rejections in a row open a condition. */
const rejectionsInARow = 3;

const Streak = z.object({ since: z.int(), reasons: z.array(RejectionCount) });
type Streak = z.infer<typeof Streak>;

const SourceState = z.object({
  lastDelivery: z.nullable(LastDelivery),
  accepted: z.int(),
  rejected: z.int(),
  /** Simulated deliveries. They count nowhere else. */
  tests: z.int(),
  lastAcceptedAt: z._default(z.nullable(z.int()), null),
  lastTestAt: z._default(z.nullable(z.int()), null),
  days: z._default(z.readonly(z.array(SourceDay)), []),
  /** The rejections since the last accepted delivery. `since` is epoch ms. */
  streak: z.nullable(Streak),
  /** The condition is open, and its notification waits, or was lost with the run before. */
  untold: z.optional(z.boolean()),
});
type SourceState = z.infer<typeof SourceState>;

/** The saved health of all sources, as of these sequence numbers of history and quarantine. */
export const SavedSourceHealth = z.object({
  entriesUpTo: z.int(),
  rejectedUpTo: z.int(),
  /** The Host of the last delivery with a valid signature. */
  provenHost: z.nullable(z.string()),
  /** Whether all deliveries up to those numbers are in the days. False in a file from before there were days. */
  countsDays: z._default(z.boolean(), false),
  sources: z.array(z.extend(SourceState, { sourceId: z.string() })),
});
export type SavedSourceHealth = z.infer<typeof SavedSourceHealth>;

/** A delivery that reached an endpoint, and its outcome. `at` is epoch ms. */
export type DeliveryOutcome = {
  readonly sourceId: string;
  readonly at: number;
  readonly simulated: boolean;
} & (
  | {
      readonly outcome: 'accepted';
      /** Null for a duplicate. */
      readonly seq: number | null;
      /** The Host of a delivery with a valid signature; else null. */
      readonly provenHost: string | null;
    }
  | {
      readonly outcome: 'rejected';
      readonly reason: RejectionReason;
      /** The number in the quarantine; null when it is counted, not stored. */
      readonly number: number | null;
    }
);

/**
 * The deliveries that have reached each source, and the rejections in a row that make a condition. What is imported, admitted later or
 * removed with old entries changes no count: they tell what reached this computer, and with which outcome.
 */
export type SourceHealth = {
  readonly of: (sourceId: string) => SourceState;
  /** The open condition of a source, or null. */
  readonly conditionOf: (sourceId: string) => Streak | null;
  readonly provenHost: string | null;
  /** Counts a delivery. True when it opens the condition of its source. */
  readonly apply: (delivery: DeliveryOutcome) => boolean;
  /** Adds a delivery that is counted already, but not in the days of its source. */
  readonly countDay: (delivery: DeliveryOutcome) => void;
  /** What became of the notification of the condition of a source is known. */
  readonly told: (sourceId: string) => void;
  /** Remembers a request with an invalid URL that may be meant for the source, until a delivery has reached it. */
  readonly noteWrongPath: (sourceId: string, at: number) => void;
  /** For a changed source: earlier rejections no longer count. */
  readonly clearRejections: (sourceId: string) => void;
  /** For a removed source. */
  readonly remove: (sourceId: string) => void;
  readonly save: () => SavedSourceHealth;
  readonly load: (saved: SavedSourceHealth) => void;
};

export type SourceHealthOptions = {
  /** A condition opened or closed. */
  readonly onConditionChange?: () => void;
  readonly onCleared?: () => void;
};

export const createSourceHealth = ({
  onConditionChange = () => {},
  onCleared = () => {},
}: SourceHealthOptions = {}): SourceHealth => {
  const bySource = new Map<string, SourceState>();
  let upTo: Numbers = { entriesUpTo: 0, rejectedUpTo: 0 };
  let provenHost: string | null = null;
  const of = (sourceId: string): SourceState => bySource.get(sourceId) ?? nothing;

  return {
    of,
    conditionOf: (sourceId) => (isCondition(of(sourceId)) ? of(sourceId).streak : null),
    get provenHost() {
      return provenHost;
    },
    apply: (delivery) => {
      upTo = numbersAfter(upTo, delivery);
      if (delivery.outcome === 'accepted' && !delivery.simulated)
        provenHost = delivery.provenHost ?? provenHost;
      const before = of(delivery.sourceId);
      const after = withNews(before, withDelivery(before, delivery));
      bySource.set(delivery.sourceId, after);
      if (isCondition(before) === isCondition(after)) return false;
      onConditionChange();
      return isCondition(after);
    },
    countDay: (delivery) =>
      void bySource.set(delivery.sourceId, withDay(of(delivery.sourceId), delivery)),
    told: (sourceId) => {
      const state = of(sourceId);
      if (!state.untold) return;
      bySource.set(sourceId, { ...state, untold: false });
      onConditionChange();
    },
    noteWrongPath: (sourceId, at) => {
      const before = of(sourceId);
      if (before.accepted + before.rejected > 0) return;
      bySource.set(sourceId, { ...before, lastDelivery: { outcome: 'wrong-path', at } });
    },
    clearRejections: (sourceId) => {
      bySource.set(sourceId, { ...of(sourceId), streak: null, untold: false });
      onCleared();
    },
    remove: (sourceId) => {
      bySource.delete(sourceId);
      onCleared();
    },
    save: () => ({
      ...upTo,
      provenHost,
      countsDays: true,
      sources: [...bySource].map(([sourceId, state]) => ({ sourceId, ...state })),
    }),
    load: ({ sources, ...saved }) => {
      upTo = saved;
      provenHost = saved.provenHost;
      for (const { sourceId, ...state } of sources) bySource.set(sourceId, state);
    },
  };
};

type Numbers = Pick<SavedSourceHealth, 'entriesUpTo' | 'rejectedUpTo'>;

const numbersAfter = (
  { entriesUpTo, rejectedUpTo }: Numbers,
  delivery: DeliveryOutcome,
): Numbers =>
  delivery.outcome === 'accepted'
    ? { entriesUpTo: Math.max(entriesUpTo, delivery.seq ?? 0), rejectedUpTo }
    : { entriesUpTo, rejectedUpTo: Math.max(rejectedUpTo, delivery.number ?? 0) };

const nothing: SourceState = {
  lastDelivery: null,
  accepted: 0,
  rejected: 0,
  tests: 0,
  lastAcceptedAt: null,
  lastTestAt: null,
  days: [],
  streak: null,
};

const isCondition = ({ streak }: SourceState): boolean =>
  streak !== null && totalOf(streak.reasons) >= rejectionsInARow;

const withNews = (before: SourceState, after: SourceState): SourceState => ({
  ...after,
  untold: isCondition(after) && (!isCondition(before) || before.untold === true),
});

const withDay = (before: SourceState, delivery: DeliveryOutcome): SourceState => {
  const { at, simulated, outcome } = delivery;
  const days = withDayDelivery(before.days, delivery);
  if (simulated) return { ...before, days, lastTestAt: at };
  return outcome === 'accepted' ? { ...before, days, lastAcceptedAt: at } : { ...before, days };
};

const withDelivery = (earlier: SourceState, delivery: DeliveryOutcome): SourceState => {
  const before = withDay(earlier, delivery);
  const { at } = delivery;
  if (delivery.simulated) return { ...before, tests: before.tests + 1 };
  if (delivery.outcome === 'accepted')
    return {
      ...before,
      accepted: before.accepted + 1,
      lastDelivery: { outcome: 'accepted', at },
      streak: null,
    };
  const { reason } = delivery;
  const reasons = withRejection(before.streak?.reasons ?? [], reason);
  return {
    ...before,
    rejected: before.rejected + 1,
    lastDelivery: { outcome: 'rejected', at, reason },
    streak: { since: before.streak?.since ?? at, reasons },
  };
};
