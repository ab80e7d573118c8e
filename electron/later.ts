/** Runs a task once after at least `ms`; returns how to call it off. The edge of everything that waits. */
export type Later = (ms: number, task: () => void) => () => void;

/** Settles with `settled`, or after so many ms. */
export const within = (later: Later, ms: number, settled: Promise<void>): Promise<void> =>
  new Promise((resolve) => {
    const cancel = later(ms, resolve);
    void settled.then(cancel).then(resolve);
  });
