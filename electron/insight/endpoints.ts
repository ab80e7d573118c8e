import * as z from 'zod/mini';
import { RejectionCount, type RejectionReason } from '../../shared/quarantine.ts';
import { totalOf } from '../../shared/rejections.ts';
import { LastDelivery } from '../../shared/source.ts';

/** How many rejections in a row make a condition of a source. */
const rejectionsInARow = 3;

const Streak = z.object({ since: z.int(), reasons: z.array(RejectionCount) });

const Seen = z.object({
  lastDelivery: z.nullable(LastDelivery),
  accepted: z.int(),
  rejected: z.int(),
  /** What our own simulator sent, whatever became of it. It tells nothing of a portal, and counts nowhere else. */
  tests: z.int(),
  /** The run of rejections since the last accepted delivery. `since` is epoch ms. */
  streak: z.nullable(Streak),
});
type Seen = z.infer<typeof Seen>;

/** The saved state of all endpoints, as it was after these numbers of the history and the quarantine. */
export const SavedEndpoints = z.object({
  entriesUpTo: z.int(),
  rejectedUpTo: z.int(),
  /** The public host under which a signed delivery was last believed. */
  provenHost: z.nullable(z.string()),
  sources: z.array(z.extend(Seen, { sourceId: z.string() })),
});
export type SavedEndpoints = z.infer<typeof SavedEndpoints>;

/** A delivery that reached an endpoint, and what became of it. `at` is epoch ms. */
export type Reached = {
  readonly sourceId: string;
  readonly at: number;
  readonly simulated: boolean;
} & (
  | {
      readonly outcome: 'accepted';
      /** Null of a repeat. */
      readonly seq: number | null;
      /** The Host of a delivery that a signature proves; else null. */
      readonly provenHost: string | null;
    }
  | {
      readonly outcome: 'rejected';
      readonly reason: RejectionReason;
      /** In the quarantine; null where it is only counted. */
      readonly number: number | null;
    }
);

const nothing: Seen = { lastDelivery: null, accepted: 0, rejected: 0, tests: 0, streak: null };

const isCondition = ({ streak }: Seen): boolean =>
  streak !== null && totalOf(streak.reasons) >= rejectionsInARow;

const withOneMore = (
  counts: readonly RejectionCount[],
  reason: RejectionReason,
): RejectionCount[] =>
  counts.some((count) => count.reason === reason)
    ? counts.map((count) => (count.reason === reason ? { reason, times: count.times + 1 } : count))
    : [...counts, { reason, times: 1 }];

export type EndpointWatch = ReturnType<typeof createEndpointWatch>;

export type EndpointWatchOptions = {
  /** A condition opened or closed. */
  readonly onTurned?: () => void;
  readonly onForgiven?: () => void;
};

/** What has reached each endpoint so far, and the rejections in a row that make a condition. */
export const createEndpointWatch = ({
  onTurned = () => {},
  onForgiven = () => {},
}: EndpointWatchOptions = {}) => {
  const bySource = new Map<string, Seen>();
  let upTo = { entriesUpTo: 0, rejectedUpTo: 0 };
  let provenHost: string | null = null;
  const of = (sourceId: string): Seen => bySource.get(sourceId) ?? nothing;

  const noted = (before: Seen, reached: Reached): Seen => {
    const { at } = reached;
    if (reached.simulated) return { ...before, tests: before.tests + 1 };
    if (reached.outcome === 'accepted')
      return {
        ...before,
        accepted: before.accepted + 1,
        lastDelivery: { outcome: 'accepted', at },
        streak: null,
      };
    const { reason } = reached;
    const reasons = withOneMore(before.streak?.reasons ?? [], reason);
    return {
      ...before,
      rejected: before.rejected + 1,
      lastDelivery: { outcome: 'rejected', at, reason },
      streak: { since: before.streak?.since ?? at, reasons },
    };
  };

  return {
    of,
    /** The open condition of a source; null while there is none. */
    conditionOf: (sourceId: string) => {
      const seen = of(sourceId);
      return isCondition(seen) ? seen.streak : null;
    },
    get provenHost() {
      return provenHost;
    },
    /** True when it opens the condition of its source. */
    note: (reached: Reached): boolean => {
      const { entriesUpTo, rejectedUpTo } = upTo;
      if (reached.outcome === 'accepted') {
        upTo = { entriesUpTo: Math.max(entriesUpTo, reached.seq ?? 0), rejectedUpTo };
        if (!reached.simulated) provenHost = reached.provenHost ?? provenHost;
      } else {
        upTo = { entriesUpTo, rejectedUpTo: Math.max(rejectedUpTo, reached.number ?? 0) };
      }
      const before = of(reached.sourceId);
      const after = noted(before, reached);
      bySource.set(reached.sourceId, after);
      if (isCondition(before) === isCondition(after)) return false;
      onTurned();
      return isCondition(after);
    },
    /** Something was posted to a URL that is none, and may have been meant for it: worth telling only while nothing has reached it. */
    strayed: (sourceId: string, at: number): void => {
      const before = of(sourceId);
      // What reached the endpoint itself says more; anybody can post beside it.
      if (before.accepted > 0 || before.rejected > 0) return;
      bySource.set(sourceId, { ...before, lastDelivery: { outcome: 'wrong-path', at } });
    },
    /** The person changed the source: what failed before says nothing about it now. */
    forgive: (sourceId: string): void => {
      bySource.set(sourceId, { ...of(sourceId), streak: null });
      onForgiven();
    },
    save: (): SavedEndpoints => ({
      ...upTo,
      provenHost,
      sources: [...bySource].map(([sourceId, seen]) => ({ sourceId, ...seen })),
    }),
    load: (saved: SavedEndpoints): void => {
      upTo = { entriesUpTo: saved.entriesUpTo, rejectedUpTo: saved.rejectedUpTo };
      provenHost = saved.provenHost;
      for (const { sourceId, ...seen } of saved.sources) bySource.set(sourceId, seen);
    },
  };
};
