import type { Later } from '../later.ts';

const everyMs = 5000;
const sleptMs = 30_000;
const stoppedMs = 10_000;

export type ClockWatchEdges = {
  readonly later: Later;
  readonly now: () => number;
  readonly steady: () => number;
  readonly onJump: () => void;
};

/**
 * Notices a sleep that nobody told (T5): the calendar ran ahead of the steady clock, which sleeps too on some systems; or a
 * tick came far too late, because the process itself was stopped. Gives back how to stop watching.
 */
export const watchClock = ({ later, now, steady, onJump }: ClockWatchEdges): (() => void) => {
  let callOff = () => {};
  const tick = (): void => {
    const before = { now: now(), steady: steady() };
    callOff = later(everyMs, () => {
      const took = steady() - before.steady;
      const slept = now() - before.now - took;
      if (slept > sleptMs || took > everyMs + stoppedMs) onJump();
      tick();
    });
  };
  tick();
  return () => callOff();
};
