import type { Schedule } from '../schedule.ts';
import { type BodyEvents, createIncomingBodies } from './incoming-bodies.ts';
import { createUsage, type Usage } from './usage.ts';

const mebibyte = 1024 * 1024;

/** What may be in flight at once (R12): requests, and bytes of bodies that have arrived. Times in ms. */
export const capacityLimits = {
  requests: 512,
  bytes: 64 * mebibyte,
  /** 256 connections may each read 64 KiB beyond the limit. */
  spareBytes: 16 * mebibyte,
  shares: 4,
  patienceMs: 5000,
  youngMs: 500,
};
export type CapacityLimits = Readonly<typeof capacityLimits>;

/** The capacity that one request uses. */
export type Lease = {
  /** Counts bytes of the body. False: stop reading until one of the body's events comes. */
  readonly arrived: (bytes: number) => boolean;
  /** To be called when the body is complete. Settles with false when no capacity came in time. */
  readonly process: () => Promise<boolean>;
  /** Gives everything back. Idempotent. */
  readonly release: () => void;
};

export type Capacity = {
  readonly acquire: (sourceId: string, events: BodyEvents) => Lease;
  readonly close: () => void;
};

/**
 * Backpressure for everything received (R12). A small body arrives in one read and never waits for bytes. `steady` is a monotonic clock
 * in ms.
 */
export const createCapacity = (
  limits: CapacityLimits,
  schedule: Schedule,
  steady: () => number,
): Capacity => {
  const usage = createUsage(limits);
  const bodies = createIncomingBodies({ usage, schedule, steady, limits });
  const queue = createProcessQueue(usage, schedule, limits.patienceMs);
  let isClosed = false;

  return {
    acquire: (sourceId, events) => {
      const body = bodies.open(sourceId, events);
      let isProcessing = false;
      return {
        arrived: (bytes) => bodies.arrived(body, bytes),
        process: async () => {
          bodies.complete(body);
          if (isClosed) return false;
          isProcessing = queue.tryStart(sourceId) || (await queue.wait(sourceId));
          return isProcessing;
        },
        release: () => {
          if (isProcessing) usage.addRequests(sourceId, -1);
          isProcessing = false;
          bodies.release(body);
          queue.startNext();
          bodies.resume();
        },
      };
    },
    close: () => {
      isClosed = true;
      queue.refuseAll();
    },
  };
};

type Waiting = { readonly sourceId: string; readonly settle: (isGranted: boolean) => void };

const createProcessQueue = (usage: Usage, schedule: Schedule, patienceMs: number) => {
  const waiting = new Set<Waiting>();

  const tryStart = (sourceId: string): boolean => {
    const isGranted = usage.canProcess(sourceId);
    if (isGranted) usage.addRequests(sourceId, 1);
    return isGranted;
  };

  return {
    tryStart,
    /** Settles with false after `patienceMs`. */
    wait: (sourceId: string): Promise<boolean> =>
      new Promise((resolve) => {
        const cancel = schedule(patienceMs, () => one.settle(false));
        const settle = (isGranted: boolean): void => {
          cancel();
          waiting.delete(one);
          resolve(isGranted);
        };
        const one = { sourceId, settle };
        waiting.add(one);
      }),
    startNext: (): void => {
      for (const { sourceId, settle } of waiting) if (tryStart(sourceId)) settle(true);
    },
    refuseAll: (): void => {
      for (const { settle } of waiting) settle(false);
    },
  };
};
