/** Upper limits of what is in flight: requests being processed, and bytes of bodies that have arrived. */
export type UsageLimits = {
  readonly requests: number;
  readonly bytes: number;
  /** The part of `bytes` kept free for what each connection reads beyond the limit. */
  readonly spareBytes: number;
  readonly shares: number;
};

/** The capacity in use, in all and by source. */
export type Usage = {
  /** Negative to give back. */
  readonly addRequests: (sourceId: string, requests: number) => void;
  /** Negative to give back. */
  readonly addBytes: (sourceId: string, bytes: number) => void;
  readonly isSourceFull: (sourceId: string) => boolean;
  /** Whether bodies of this source must stop, because of its own bytes or those of all. */
  readonly isFull: (sourceId: string) => boolean;
  readonly canProcess: (sourceId: string) => boolean;
};

type Counts = { requests: number; bytes: number };

export const createUsage = (limits: UsageLimits): Usage => {
  const total: Counts = { requests: 0, bytes: 0 };
  const bySource = new Map<string, Counts>();

  const shareOf = (limit: number): number => Math.max(1, Math.floor(limit / limits.shares));

  const countsOf = (sourceId: string): Counts => {
    const known = bySource.get(sourceId);
    if (known) return known;
    const counts = { requests: 0, bytes: 0 };
    bySource.set(sourceId, counts);
    return counts;
  };

  const isSourceFull = (sourceId: string): boolean =>
    countsOf(sourceId).bytes > shareOf(limits.bytes);

  return {
    addRequests: (sourceId, requests) => {
      total.requests += requests;
      countsOf(sourceId).requests += requests;
    },
    addBytes: (sourceId, bytes) => {
      total.bytes += bytes;
      countsOf(sourceId).bytes += bytes;
    },
    isSourceFull,
    isFull: (sourceId) => total.bytes > limits.bytes - limits.spareBytes || isSourceFull(sourceId),
    canProcess: (sourceId) =>
      total.requests < limits.requests && countsOf(sourceId).requests < shareOf(limits.requests),
  };
};
