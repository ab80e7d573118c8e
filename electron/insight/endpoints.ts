import type { RejectionReason } from '../../shared/quarantine.ts';
import type { Source } from '../../shared/source.ts';
import type { Reception } from '../pipeline.ts';

/** How many rejections in a row make a condition of a source. */
export const rejectionsInARow = 3;

type Seen = Pick<Source, 'lastDelivery' | 'accepted' | 'rejected'> & {
  /** The run of rejections since the last accepted delivery. */
  readonly streak: {
    readonly times: number;
    readonly since: number;
    readonly reason: RejectionReason;
  } | null;
};

const nothing: Seen = { lastDelivery: null, accepted: 0, rejected: 0, streak: null };

/** What reached each endpoint since the app started, but for tests of our own, which tell nothing of a portal: what the set-up page says it sees. */
export const createEndpointWatch = () => {
  const bySource = new Map<string, Seen>();
  const of = (sourceId: string): Seen => bySource.get(sourceId) ?? nothing;

  return {
    of,
    /** True when this rejection is the one that opens the condition. */
    note: (sourceId: string, at: number, reception: Reception): boolean => {
      const before = of(sourceId);
      if (reception.outcome !== 'rejected') {
        const accepted = before.accepted + 1;
        bySource.set(sourceId, {
          ...before,
          accepted,
          lastDelivery: { outcome: 'accepted', at },
          streak: null,
        });
        return false;
      }
      const { reason } = reception;
      const times = (before.streak?.times ?? 0) + 1;
      bySource.set(sourceId, {
        ...before,
        rejected: before.rejected + 1,
        lastDelivery: { outcome: 'rejected', at, reason },
        streak: { times, since: before.streak?.since ?? at, reason },
      });
      return times === rejectionsInARow;
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
    },
  };
};
