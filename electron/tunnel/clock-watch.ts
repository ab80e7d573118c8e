import type { Schedule } from '../schedule.ts';

const everyMs = 5000;
const sleptMs = 30_000;
const stoppedMs = 10_000;

export type ClockWatchEdges = {
  readonly schedule: Schedule;
  readonly now: () => number;
  readonly steady: () => number;
  readonly onJump: () => void;
};

/**
 * Notices an unannounced sleep (T5): the calendar ran ahead of the steady clock, which may sleep too, or a tick came far too
 * late. Returns how to stop watching.
 */
export const watchClock = ({ schedule, now, steady, onJump }: ClockWatchEdges): (() => void) => {
  let cancel = () => {};
  const tick = (): void => {
    const before = { now: now(), steady: steady() };
    cancel = schedule(everyMs, () => {
      const took = steady() - before.steady;
      const slept = now() - before.now - took;
      if (slept > sleptMs || took > everyMs + stoppedMs) onJump();
      tick();
    });
  };
  tick();
  return () => cancel();
};
