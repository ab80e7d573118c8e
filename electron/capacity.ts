import type { Later } from './later.ts';

const mebibyte = 1024 * 1024;

/** What may be in flight at once (R12): requests, and bytes of their bodies that have arrived. Times in ms. */
export const capacityLimits = {
  requests: 512,
  bytes: 64 * mebibyte,
  /** The part of `bytes` left for what each connection brings in one read beyond the limit: 256 times 64 KiB. */
  spareBytes: 16 * mebibyte,
  /** A source has one such part of each limit. */
  shares: 4,
  patienceMs: 5000,
  /** A body younger than this is not given up for another one. */
  youngMs: 500,
};
export type CapacityLimits = Readonly<typeof capacityLimits>;

export type BodyEvents = {
  /** There is capacity again, after `arrived` had returned false. */
  readonly onDrain: () => void;
  /** The body is given up: there was no capacity in time, or it came so slowly that others got its capacity. */
  readonly onRefused: () => void;
};

/** The capacity that one request uses. */
export type Lease = {
  /** Counts bytes of the body. False: stop reading until one of the events comes. */
  readonly arrived: (bytes: number) => boolean;
  /** The body is complete: settles with true when the request may be processed, with false when there was no capacity in time. */
  readonly process: () => Promise<boolean>;
  /** Gives everything back. Idempotent. */
  readonly release: () => void;
};

type Use = { requests: number; bytes: number };

type Body = {
  readonly sourceId: string;
  readonly openedAt: number;
  readonly events: BodyEvents;
  bytes: number;
  /** Cancels the end of its patience; null while it is being read. */
  blocked: (() => void) | null;
};

type Waiting = { readonly sourceId: string; readonly settle: (granted: boolean) => void };

/**
 * Backpressure for everything that is received (R12). A small body is in one read and never waits for bytes; of large ones that
 * need capacity which incomplete bodies hold, the slowest is given up. `steady` is a monotonic clock in ms.
 */
export const createCapacity = (limits: CapacityLimits, later: Later, steady: () => number) => {
  const total: Use = { requests: 0, bytes: 0 };
  const bySource = new Map<string, Use>();
  /** Bodies that are incomplete. */
  const incomplete = new Set<Body>();
  /** Complete requests, in the order in which they wait to be processed. */
  const waiting = new Set<Waiting>();
  let isClosed = false;
  let isShedding = false;

  const shareOf = (limit: number): number => Math.max(1, Math.floor(limit / limits.shares));

  const countOf = (sourceId: string): Use => {
    const known = bySource.get(sourceId);
    if (known) return known;
    const use = { requests: 0, bytes: 0 };
    bySource.set(sourceId, use);
    return use;
  };

  const count = (sourceId: string, { requests, bytes }: Use): void => {
    const use = countOf(sourceId);
    for (const counted of [total, use]) {
      counted.requests += requests;
      counted.bytes += bytes;
    }
  };

  const isSourceFull = (sourceId: string): boolean =>
    countOf(sourceId).bytes > shareOf(limits.bytes);
  const isFull = (sourceId: string): boolean =>
    total.bytes > limits.bytes - limits.spareBytes || isSourceFull(sourceId);

  const canProcess = (sourceId: string): boolean =>
    total.requests < limits.requests && countOf(sourceId).requests < shareOf(limits.requests);

  /** Gives capacity that has become free to those who wait for it. */
  const grant = (): void => {
    for (const one of waiting) {
      if (!canProcess(one.sourceId)) continue;
      count(one.sourceId, { requests: 1, bytes: 0 });
      one.settle(true);
    }
    for (const body of incomplete) {
      if (!body.blocked || isFull(body.sourceId)) continue;
      unblock(body);
      body.events.onDrain();
    }
  };

  const unblock = (body: Body): void => {
    body.blocked?.();
    body.blocked = null;
  };

  const drop = (body: Body): void => {
    unblock(body);
    incomplete.delete(body);
    count(body.sourceId, { requests: 0, bytes: -body.bytes });
    body.bytes = 0;
  };

  const refuse = (body: Body): void => {
    drop(body);
    body.events.onRefused();
  };

  /** The body that came most slowly of those whose bytes this one lacks. */
  const slowestBeside = (needy: Body): Body | null => {
    const sameSource = isSourceFull(needy.sourceId);
    let slowest: Body | null = null;
    let lowest = Number.POSITIVE_INFINITY;
    for (const body of incomplete) {
      const age = steady() - body.openedAt;
      if (body === needy || age < limits.youngMs) continue;
      if (sameSource && body.sourceId !== needy.sourceId) continue;
      if (body.bytes / age >= lowest) continue;
      slowest = body;
      lowest = body.bytes / age;
    }
    return slowest;
  };

  /** Gives up slow bodies until there is capacity for this one; false when none is left to give up. */
  const makeCapacityFor = (needy: Body): boolean => {
    while (isFull(needy.sourceId)) {
      const slowest = slowestBeside(needy);
      if (!slowest) return false;
      refuse(slowest);
    }
    return true;
  };

  /** Bodies get old enough to be given up while others wait. */
  const shedLater = (): void => {
    if (isShedding) return;
    isShedding = true;
    later(limits.youngMs, () => {
      isShedding = false;
      const needy = [...incomplete].find(({ blocked }) => blocked !== null);
      if (!needy) return;
      makeCapacityFor(needy);
      grant();
      shedLater();
    });
  };

  const waitToProcess = (sourceId: string): Promise<boolean> =>
    new Promise((resolve) => {
      const cancel = later(limits.patienceMs, () => one.settle(false));
      const settle = (granted: boolean): void => {
        cancel();
        waiting.delete(one);
        resolve(granted);
      };
      const one = { sourceId, settle };
      waiting.add(one);
    });

  return {
    /** Capacity for a request of a source, whose body is still to come. */
    open: (sourceId: string, events: BodyEvents): Lease => {
      const body: Body = { sourceId, openedAt: steady(), events, bytes: 0, blocked: null };
      incomplete.add(body);
      let isProcessing = false;

      return {
        arrived: (bytes) => {
          if (!incomplete.has(body)) return false;
          body.bytes += bytes;
          count(sourceId, { requests: 0, bytes });
          if (!isFull(sourceId) || makeCapacityFor(body)) return true;
          body.blocked ??= later(limits.patienceMs, () => {
            refuse(body);
            grant();
          });
          shedLater();
          return false;
        },
        process: async () => {
          unblock(body);
          incomplete.delete(body);
          if (isClosed) return false;
          isProcessing = canProcess(sourceId);
          if (isProcessing) count(sourceId, { requests: 1, bytes: 0 });
          else isProcessing = await waitToProcess(sourceId);
          return isProcessing;
        },
        release: () => {
          if (isProcessing) count(sourceId, { requests: -1, bytes: 0 });
          isProcessing = false;
          drop(body);
          grant();
        },
      };
    },
    /** From now on nothing more is processed, and nothing waits for it. */
    close: (): void => {
      isClosed = true;
      for (const { settle } of waiting) settle(false);
    },
  };
};

export type Capacity = ReturnType<typeof createCapacity>;
