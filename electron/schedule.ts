/** Runs a task once, after at least `ms`; the returned function cancels it. All waiting goes through this edge. */
export type Schedule = (ms: number, task: () => void) => () => void;

/** Resolves with `settled`, or after `ms`. */
export const within = (schedule: Schedule, ms: number, settled: Promise<void>): Promise<void> =>
  new Promise((resolve) => {
    const cancel = schedule(ms, resolve);
    void settled.then(cancel).then(resolve);
  });
