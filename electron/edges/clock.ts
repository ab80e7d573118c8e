import type { Schedule } from '../schedule.ts';

/** The computer's clock, epoch ms. */
export const now = (): number => Date.now();

/** The runtime's timers. A task at 0 ms runs in this turn of the event loop, which saves one wake-up. */
export const schedule: Schedule = (ms, task) => {
  if (ms === 0) {
    const turn = setImmediate(task);
    return () => clearImmediate(turn);
  }
  const timer = setTimeout(task, ms);
  return () => clearTimeout(timer);
};
