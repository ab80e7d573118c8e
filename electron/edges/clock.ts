import type { Later } from '../later.ts';

/** Timers of the runtime. What is to come as soon as possible comes in this very turn of the event loop: a timer would wake it once more. */
export const later: Later = (ms, task) => {
  if (ms === 0) {
    const turn = setImmediate(task);
    return () => clearImmediate(turn);
  }
  const timer = setTimeout(task, ms);
  return () => clearTimeout(timer);
};
